"""Where the problem is."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, FindSimilar
from bot.dialogue.events import LocationShared
from bot.dialogue.session import Draft
from bot.dialogue.steps.read_back import where
from tests.makers import (
    DISTRICT,
    LONG_STREET,
    NUMBER,
    OUTSIDE,
    PASAR,
    STREET,
    asked_where,
    done,
    draft,
    heard,
    knowledge,
    play,
    session,
    shown,
    unclear,
    values,
)

PIN = LocationShared(-6.9078, 107.6213)


def answered(text: str, *, before: Draft | None = None, **what: object) -> Draft:
    """The draft after an answer to "where?"."""
    talk = session(step="location", draft=before or draft(place=None, place_words=""))
    after = play(talk, text, knowledge(heard=unclear(**what))).session.draft
    assert after is not None
    return after


def test_a_place_on_the_map_settles_it() -> None:
    after = answered("di jalan cikutra", place=STREET)
    assert (after.place, after.place_settled, after.place_words) == (STREET, True, "di jalan cikutra")


def test_a_district_is_asked_about_once_more_and_then_taken() -> None:
    turn = play(asked_where(), "di coblong", knowledge(heard=unclear(place=DISTRICT)))
    assert "Lebih tepatnya di mana di Coblong?" in shown(turn).text
    assert values(turn) == ("skip",)
    again = play(turn.session, "ya di coblong pokoknya", knowledge(heard=unclear(place=DISTRICT)))
    assert again.session.step == "confirm"


def test_a_long_street_is_asked_for_a_landmark_once() -> None:
    turn = play(
        asked_where(description="lampu jalan mati"), "di soekarno hatta", knowledge(heard=unclear(place=LONG_STREET))
    )
    assert "Jalan Soekarno-Hatta cukup panjang" in shown(turn).text
    after = play(turn.session, "warung nasi bu imas", knowledge(heard=unclear())).session
    assert after.step == "confirm"
    assert after.draft is not None
    assert (after.draft.place, after.draft.place_words, after.draft.needs_check) == (
        LONG_STREET,
        "di soekarno hatta, warung nasi bu imas",
        False,
    )


def test_who_names_the_landmark_at_once_is_not_asked() -> None:
    text = "jalan berlubang di soekarno hatta depan samsat"
    assert play(session(), text, knowledge(heard=heard("jalan_rusak", place=LONG_STREET))).session.step == "confirm"
    assert answered("soekarno hatta depan samsat", place=LONG_STREET).place_settled


def test_a_category_that_only_recommends_a_place_is_content_with_a_district() -> None:
    after = play(
        session(), "harga cabai naik di coblong", knowledge(heard=heard("pasar_harga", place=DISTRICT))
    ).session
    assert after.step == "confirm"


def test_a_street_and_a_district_are_joined() -> None:
    after = answered("daerah coblong", before=draft(place=LONG_STREET), place=DISTRICT)
    assert after.place is not None
    assert (after.place.name, after.place.kecamatan) == ("Jalan Soekarno-Hatta", "Coblong")


def test_words_that_no_map_knows_are_enough_where_the_area_is_known() -> None:
    after = answered("depan warung bu imas", before=draft(place=DISTRICT))
    assert (after.place, after.place_words, after.place_settled, after.needs_check) == (
        DISTRICT,
        "pasar cihapit, depan warung bu imas",
        True,
        False,
    )


def test_several_places_of_one_name_are_told_apart() -> None:
    there = STREET, PASAR
    turn = play(asked_where(), "di cihapit", knowledge(heard=unclear(place_options=there)))
    assert values(turn) == ("place:0", "place:1")
    for answer in ("2", "yang di Kelurahan Cihapit", "bandung wetan"):
        picked = play(turn.session, answer).session.draft
        assert picked is not None
        assert picked.place == PASAR


@pytest.mark.parametrize("text", ["ga tau", "lewati", "tidak tahu pak", "skip"])
def test_not_knowing_is_accepted_once_it_was_asked_twice(text: str) -> None:
    first = play(asked_where(), text)
    assert first.session.step == "location"
    assert first.session.draft is not None
    assert first.session.draft.place_words == ""
    second = play(first.session, text)
    assert second.session.step == "confirm"
    assert second.session.draft is not None
    assert second.session.draft.needs_check


def test_where_a_place_is_only_recommended_it_may_be_left_open_at_once() -> None:
    turn = play(session(), "angkot ngetem lama banget", knowledge(heard=heard("angkutan_umum")))
    assert values(turn) == ("skip",)
    assert play(turn.session, "lewati").session.step == "confirm"


def test_a_place_that_nobody_finds_is_taken_in_the_citizens_words() -> None:
    talk = asked_where()
    for _ in range(3):
        talk = play(talk, "warung nasi bu imas").session
    assert talk.step == "confirm"
    assert talk.draft is not None
    assert (talk.draft.place, talk.draft.place_words, talk.draft.needs_check) == (None, "warung nasi bu imas", True)


# ---------------------------------------------------------------- points on the map


def test_a_pin_answers_where() -> None:
    turn = play(asked_where(), PIN, knowledge(located=PASAR))
    assert isinstance(turn.effects[0], FindSimilar)
    assert turn.session.draft is not None
    assert turn.session.draft.place == PASAR


def test_a_pin_may_come_first() -> None:
    turn = play(session(), PIN, knowledge(located=PASAR))
    assert "Ada masalah apa di sana?" in shown(turn).text
    after = play(turn.session, "lampu mati", knowledge(heard=heard(place=STREET))).session
    assert after.draft is not None
    assert after.draft.place == PASAR


def test_a_pin_after_the_number_is_added_to_that_report() -> None:
    turn = play(session(about=NUMBER, wants_photo=True), PIN, knowledge(located=PASAR))
    (effect,) = done(turn)
    assert isinstance(effect, AddToReport)
    assert "-6.90780, 107.62130" in effect.words


# ---------------------------------------------------------------- how it is said


@pytest.mark.parametrize(
    ("place", "said", "shown_as"),
    [
        (None, "", ""),
        (None, "dekat warung", "dekat warung"),
        (PASAR, "di depan pasar cihapit", "Pasar Cihapit, Kel. Cihapit, Kec. Bandung Wetan, Kota Bandung"),
        (PASAR, "pasar cihapit, rt 3", "rt 3 (Pasar Cihapit, Kel. Cihapit, Kec. Bandung Wetan, Kota Bandung)"),
        (STREET, "eh di jl cikutra maksudnya", "Jalan Cikutra, Kel. Neglasari, Kec. Cibeunying Kaler, Kota Bandung"),
        (STREET, "di jl cikutra aja", "Jalan Cikutra, Kel. Neglasari, Kec. Cibeunying Kaler, Kota Bandung"),
        (LONG_STREET, "depan samsat", "depan samsat (Jalan Soekarno-Hatta, Kota Bandung)"),
        (DISTRICT, "", "Kec. Coblong, Kota Bandung"),
        (OUTSIDE, "pasar panorama", "pasar panorama (Kec. Lembang, Kabupaten Bandung Barat)"),
    ],
)
def test_the_citizens_words_stand_where_they_say_more_than_the_map(place: object, said: str, shown_as: str) -> None:
    assert where(place, said) == shown_as  # type: ignore[arg-type]


def test_a_sentence_without_a_place_tells_more_of_the_problem_and_is_no_place() -> None:
    asked = asked_where(description="sampah")
    after = play(asked, "sudah dua minggu tidak diangkut", knowledge(heard=unclear()))
    assert after.session.draft is not None
    assert after.session.draft.description == "sampah\nsudah dua minggu tidak diangkut"
    assert (after.session.draft.place_words, after.session.step) == ("", "location")


@pytest.mark.parametrize(
    "text", ["depan rumah pak haji dadang", "permata biru indah", "warung nasi bu imas", "di lapak bakso mas joko sana"]
)
def test_words_that_may_be_a_place_stay_one(text: str) -> None:
    after = play(asked_where(), text, knowledge(heard=unclear())).session.draft
    assert after is not None
    assert after.place_words == text


@pytest.mark.parametrize("text", ["tidak", "Ya", "henteu"])
def test_a_bare_yes_or_no_to_where_exactly_is_no_description(text: str) -> None:
    after = answered(text, before=draft(place=DISTRICT, place_words="coblong"))
    assert (after.place, after.place_words, after.place_settled) == (DISTRICT, "coblong", True)


CIJERAH = replace(DISTRICT, name="Cijerah", kind="kelurahan", kelurahan="Cijerah", kecamatan="Bandung Kulon")
NAMESAKE = replace(STREET, name="Jalan Suka Mulya", kelurahan="Sukagalih", kecamatan="Sukajadi")
IN_CIJERAH = draft(place=CIJERAH, place_words="cijerah")


def test_a_street_of_that_name_in_another_district_is_not_the_one_in_the_area_that_was_told() -> None:
    after = answered("gang sukamulya rt 3", before=IN_CIJERAH, place=NAMESAKE)
    assert after.place == CIJERAH
    assert "gang sukamulya rt 3" in after.place_words
    assert after.place_settled


@pytest.mark.parametrize("text", ["gang sukamulya sukagalih", "bukan di cijerah, jalan sukamulya"])
def test_who_names_the_other_area_or_denies_the_first_is_believed(text: str) -> None:
    assert answered(text, before=IN_CIJERAH, place=NAMESAKE).place == NAMESAKE


@pytest.mark.parametrize("text", ["engga ada yg bahaya", "ga ada orang di situ", "udah dari kemarin"])
def test_how_the_story_goes_on_is_no_place_within_an_area(text: str) -> None:
    turn = play(session(step="location", draft=IN_CIJERAH), text, knowledge(heard=unclear()))
    assert turn.session.step == "location"
    assert turn.session.draft is not None
    assert turn.session.draft.place_words == "cijerah"
    assert text in turn.session.draft.description


def test_who_is_not_found_twice_is_not_told_the_same_twice() -> None:
    first = play(session(step="location", draft=draft(place=None, place_words="")), "rumah saya")
    second = play(first.session, "ya rumah saya")
    assert shown(first).text != shown(second).text
    assert second.session.step == "location"


def test_what_has_no_word_before_it_begins_with_no_empty_lines() -> None:
    options = (STREET, replace(STREET, kelurahan="Cihaur Geulis"))
    turn = play(session(step="location", draft=draft(place=None)), "jalan cikutra", knowledge(
        heard=unclear(place_options=options)))  # fmt: skip
    assert "\n\n\n" not in shown(turn).text


def test_the_problem_told_again_where_the_place_was_asked_for_is_kept_with_it() -> None:
    before = session(step="location", draft=draft(place=None, place_words="", description="abdi kirang terang"))
    read = heard("pju", place=None, place_words="payuneun bumi")
    turn = play(before, "abdi bade lapor lampu di payuneun bumi pareum", knowledge(heard=read))
    assert turn.session.draft is not None
    assert turn.session.draft.description.endswith("lampu di payuneun bumi pareum")
    assert turn.session.draft.place_words == "payuneun bumi"
    assert turn.session.step == "location"
