"""A place that the words say it is not is not the place."""

import pytest

from bot.services.hearing import heard
from bot.services.places_put_right import put_right
from nlp import Reader


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("di gerbang ITB, bukan kebun binatang", "di gerbang ITB"),
        ("bukan di pasar kosambi tapi jalan naripan", "tapi jalan naripan"),
        ("it is near the gate, not the zoo", "it is near the gate"),
        ("sanes di braga, di asia afrika", "di asia afrika"),
        ("bukan cuma di braga", ""),  # there as well
        ("lampu mati di braga", ""),
        ("bukan di braga", ""),  # nothing else is told
        ("pindahin ke jalan cikutra", "di jalan cikutra"),
        ("dipindahkeun tempatna ka alun-alun", "di alun-alun"),
    ],
)
def test_what_is_denied_is_left_out(text: str, rest: str) -> None:
    assert put_right(text) == rest


def test_a_story_is_heard_whole() -> None:
    assert (
        put_right("kemarin saya lapor soal lampu yang bukan punya kota kata petugasnya di jalan riau, tapi tidak benar")
        == ""
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tempatnya di pasar cihapit, bukan alun-alun", "Pasar Cihapit"),
        ("bukan di pasar cihapit tapi di jalan cikutra", "Jalan Cikutra"),
        ("pindahin ke jalan cikutra", "Jalan Cikutra"),
        ("bukan di pasar cihapit", "Pasar Cihapit"),  # the only place that is named
    ],
)
def test_the_other_place_is_heard(text: str, name: str, reader: Reader) -> None:
    place = heard(reader, text).place
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("bukan sampah tapi drainase", "drainase_sungai"),
        ("eh bukan pohon deng, tiang listrik", "utilitas_kabel"),
        ("bukan lampu jalan tapi jalan berlubang", "jalan_rusak"),
    ],
)
def test_what_it_is_said_not_to_be_is_not_what_it_is_about(text: str, category: str, reader: Reader) -> None:
    told = heard(reader, text)
    assert told.categories[0][0] == category
    assert told.category_sure
