"""The clock, the agencies that somebody means, and what was heard."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.events import ChoicePicked, CommandGiven, LocationShared, MediaShared, TextSent
from bot.services import hearing
from bot.services.agency_names import MOST, agencies_in
from bot.services.clock import Clock
from bot.services.places import columns_of, place_of
from cities.city import City
from nlp.understanding import Guess, Mention, Place, Understanding
from storage.tables import Report
from tests.readers import PlainReader
from tests.services.town import CISITU, NOW

# ---------------------------------------------------------------- the clock


def test_a_shift_is_added_and_read_anew_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "clock-offset"
    clock = Clock(file, now=lambda: NOW)
    assert clock.now() == NOW
    file.write_text("864000\n")
    assert clock.now() == NOW
    clock.look()
    assert clock.now() == NOW + timedelta(days=10)
    file.unlink()
    clock.look()
    assert clock.now() == NOW


@pytest.mark.parametrize("written", ["", "tomorrow", "1e400", "nan"])
def test_a_shift_that_is_no_number_shifts_nothing(tmp_path: Path, written: str) -> None:
    file = tmp_path / "clock-offset"
    file.write_text(written)
    assert Clock(file, now=lambda: NOW).now() == NOW


def test_without_a_file_nothing_shifts_the_clock(tmp_path: Path) -> None:
    (tmp_path / "clock-offset").write_text("864000")
    clock = Clock(now=lambda: NOW)
    clock.look()
    assert clock.now() == NOW


def test_the_machines_time_is_aware_utc() -> None:
    assert Clock().now().tzinfo == UTC
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(minutes=1)


# ---------------------------------------------------------------- agencies


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("dishub", "dishub"),
        ("Dinas Perhubungan", "dishub"),
        ("tolong ke DLH ya", "dlh"),
        ("perumda_tirtawening", "perumda_tirtawening"),
        ("perumda tirtawening", "perumda_tirtawening"),
        ("lingkungan", "dlh"),
    ],
)
def test_an_agency_is_known_by_id_short_name_full_name_or_a_part(city: City, said: str, first: str) -> None:
    assert agencies_in(said, city)[0] == first


def test_an_agency_is_known_by_the_names_it_had_before(city: City) -> None:
    renamed = [agency for agency in city.agencies.values() if agency.inside_city and agency.aliases]
    assert renamed
    for agency in renamed:
        for alias in agency.aliases:
            assert agency.id in agencies_in(alias, city)


def test_a_written_out_name_beats_a_part_of_others(city: City) -> None:
    assert agencies_in("dinas kesehatan", city) == ("dinkes",)
    assert len(agencies_in("dinas", city)) == MOST


def test_an_outside_body_is_never_an_agency_to_hand_to(city: City) -> None:
    assert "pln" not in agencies_in("pln", city)
    assert agencies_in("", city) == ()
    assert agencies_in("!?", city) == ()


# ---------------------------------------------------------------- places


def test_a_place_comes_back_from_its_columns_as_it_went_in() -> None:
    assert place_of(Report(**columns_of(CISITU))) == CISITU
    assert place_of(Report(**columns_of(None))) is None


# ---------------------------------------------------------------- hearing


class Options(PlainReader):
    """Knows two streets of one name, and a third that hardly fits."""

    def understand(self, text: str) -> Understanding:
        candidates = tuple(
            Place("Jl. Merdeka", "street", kelurahan, confidence=confidence)
            for kelurahan, confidence in (("Braga", 0.5), ("Citarum", 0.45), ("Sukasari", 0.1))
        )
        return Understanding(
            text, "id", Guess("pengaduan", 0.9), Guess("pju", 0.6), (Guess("pju", 0.6), Guess("sampah", 0.4)), "sedang",
            places=(Mention("jl merdeka", 0, 10, candidates),), told_where="jl merdeka",
        )  # fmt: skip


def test_only_events_with_words_are_heard() -> None:
    reader = PlainReader()
    assert hearing.hear(reader, TextSent("lampu mati")) is not None
    assert hearing.hear(reader, MediaShared("photo", "f", "lampu mati")) is not None
    assert hearing.hear(reader, CommandGiven("lapor", "lampu mati")) is not None
    for event in (MediaShared("photo", "f"), CommandGiven("status", "BDG"), ChoicePicked("send", 1)):
        assert hearing.hear(reader, event) is None


def test_words_are_sure_from_the_readers_own_threshold() -> None:
    assert hearing.heard(PlainReader(), "lampu").category_sure
    assert not hearing.heard(Options(), "lampu").category_sure


def test_places_of_one_name_become_options_when_they_are_about_as_likely() -> None:
    found = hearing.heard(Options(), "jl merdeka")
    assert [place.kelurahan for place in found.place_options] == ["Braga", "Citarum"]
    assert found.place is None
    assert found.place_words == "jl merdeka"


def named(*candidates: Place) -> Understanding:
    """A message that names one thing, which may be any of these; the likeliest is taken for the place."""
    return replace(
        PlainReader().understand("sampah"), places=(Mention("padasuka", 0, 8, candidates),), place=candidates[0]
    )


class OneName(PlainReader):
    """Knows an area of the city and its namesake beyond the border, which is as likely as it is told."""

    def __init__(self, beyond: float) -> None:
        self.beyond = beyond

    def understand(self, text: str) -> Understanding:
        return named(
            Place("Padasuka", "kelurahan", "Padasuka", "Cibeunying Kidul", "Kota Bandung", confidence=0.7),
            Place("Padasuka", "kelurahan", "Padasuka", "Cimenyan", "Kabupaten Bandung", confidence=self.beyond),
        )


class TwoParts(PlainReader):
    """Knows a street that runs through so many kelurahan."""

    def __init__(self, *kelurahan: str) -> None:
        self.kelurahan = kelurahan

    def understand(self, text: str) -> Understanding:
        return named(Place("Jalan Anu", "street", kota_kab="Kota Bandung", confidence=0.9))

    def parts(self, place: Place) -> tuple[Place, ...]:
        return tuple(replace(place, kelurahan=kelurahan) for kelurahan in self.kelurahan)


def test_an_area_with_a_namesake_outside_the_city_is_offered_with_it() -> None:
    found = hearing.heard(OneName(beyond=0.2), "sampah di padasuka")
    assert [place.kota_kab for place in found.place_options] == ["Kota Bandung", "Kabupaten Bandung"]
    assert found.place is None


def test_a_namesake_that_is_hardly_meant_is_not_asked_about() -> None:
    found = hearing.heard(OneName(beyond=0.08), "sampah di kel. padasuka")
    assert found.place_options == ()
    assert found.place is not None
    assert found.place.kota_kab == "Kota Bandung"


@pytest.mark.parametrize(("kelurahan", "offered"), [((), 0), (("A",), 0), (("A", "B"), 2), (("A", "B", "C", "D"), 0)])
def test_a_street_in_two_or_three_kelurahan_is_offered_by_part(kelurahan: tuple[str, ...], offered: int) -> None:
    found = hearing.heard(TwoParts(*kelurahan), "lampu mati di jalan anu")
    assert len(found.place_options) == offered
    assert found.place is not None
    assert found.place.name == "Jalan Anu"


def test_danger_is_heard() -> None:
    danger = hearing.heard(PlainReader(), "tolong kebakaran").danger
    assert danger is not None
    assert danger.kind == "kebakaran"
    assert hearing.heard(PlainReader(), "lampu").danger is None


def test_a_pin_keeps_its_own_point_and_the_name_of_a_venue() -> None:
    found = hearing.locate(PlainReader(), LocationShared(-6.9, 107.6, "Warung Bu Imas"))
    assert found is not None
    assert (found.lat, found.lon, found.name, found.kind) == (-6.9, 107.6, "Warung Bu Imas", "pin")
    assert found.kelurahan == "Dago"
    assert hearing.locate(PlainReader(), TextSent("lampu")) is None
