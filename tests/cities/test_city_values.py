"""What the tables of a city become."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cities.city import City
from cities.loading import CityError, load_city
from tests.cities.small_city import Tables, load, small_city, write


@pytest.fixture
def contoh(tmp_path: Path) -> City:
    return load(tmp_path)


def test_a_city_says_who_it_is(contoh: City, tmp_path: Path) -> None:
    assert (contoh.id, contoh.name, contoh.number_prefix) == ("contoh", "Kota Contoh", "CTH")
    assert contoh.timezone == ZoneInfo("Asia/Makassar")
    assert contoh.folder == tmp_path
    assert contoh.languages == ("id", "en")


def test_only_facts_that_are_decided_are_there(contoh: City) -> None:
    assert contoh.facts == {"pengendali": "Diskominfo Contoh"}


def test_texts_are_found_by_key_in_each_language(contoh: City) -> None:
    assert contoh.text("status.ditutup.diam_saja", "en") == "Closed {nomor}"
    assert contoh.text("notice.lewat", "id") == "Lewat {tenggat}"
    assert contoh.text("phrase.greeting", "en") == "Hello!"
    assert contoh.text("missing.photo", "id") == "fotonya"
    assert contoh.text("privacy.shown", "en") == "shown"
    assert contoh.text("choice.yes", "id") == "Ya"
    assert contoh.text("reason.diam", "en") == "missing"
    assert contoh.text("flag.perlu", "en") == "Needs"


def test_a_language_that_is_not_spoken_falls_back_to_the_first(contoh: City) -> None:
    assert contoh.text("phrase.greeting", "su") == "Halo!"


def test_a_text_that_nobody_wrote_is_none(contoh: City) -> None:
    assert contoh.text("phrase.farewell", "id") is None


def test_a_sub_category_decides_whether_a_report_is_supervisory(contoh: City) -> None:
    other = contoh.categories["lainnya"]
    assert other.supervisory
    assert other.is_supervisory(None)
    assert not other.is_supervisory("sikap")
    assert not contoh.categories["lampu"].is_supervisory("mati")


def test_a_confidential_sub_category_is_confidential_in_an_open_category(contoh: City) -> None:
    lamp = contoh.categories["lampu"]
    secret = replace(lamp.subs["mati"], confidential=True)
    assert not lamp.is_confidential("mati")
    assert not lamp.is_confidential("entah")
    assert replace(lamp, subs={"mati": secret}).is_confidential("mati")
    assert contoh.categories["lainnya"].is_confidential(None)


def test_a_sub_category_may_need_its_place_less(contoh: City) -> None:
    lamp = contoh.categories["lampu"]
    anywhere = replace(lamp, subs={"mati": replace(lamp.subs["mati"], location="optional")})
    assert [anywhere.place_rule(sub) for sub in ("mati", "entah", None)] == ["optional", "required", "required"]
    assert lamp.place_rule("mati") == "required"


def test_a_category_carries_its_rules(contoh: City) -> None:
    lamp = contoh.categories["lampu"]
    assert (lamp.owner, lamp.support, lamp.proof, lamp.location) == ("dishub", ("diskominfo",), "photo", "required")
    assert lamp.dedup is not None
    assert (lamp.dedup.radius_m, lamp.dedup.window_days) == (50, 7)
    assert (lamp.first_response_wh, lamp.resolve_wh) == (7.5, 22.5)
    assert contoh.categories["lainnya"].dedup is None
    assert lamp.external[0].road == "nasional"
    assert lamp.external[0].action == "diteruskan"
    assert not lamp.retired


def test_only_an_outside_owner_has_no_time_to_resolve(contoh: City) -> None:
    subs = contoh.categories["lampu"].subs
    assert subs["mati"].resolve_wh == 22.5
    assert subs["mati"].priority == "tinggi"
    assert subs["padam"].resolve_wh is None


def test_city_offices_and_companies_are_inside(contoh: City) -> None:
    assert contoh.agencies["dishub"].inside_city
    assert not contoh.agencies["pln"].inside_city
    assert contoh.agencies["pln"].tracked


def test_old_names_of_an_agency_are_kept(contoh: City) -> None:
    assert contoh.agencies["dishub"].aliases == ("Dinas Lama",)


def test_only_confirmed_numbers_may_be_said(contoh: City) -> None:
    assert [(number.agency, number.value) for number in contoh.emergency.confirmed_numbers] == [("dishub", "112")]


def test_emergency_words_are_grouped_by_kind(contoh: City) -> None:
    assert contoh.emergency.triggers == {"medis": ("kesetrum", "pingsan")}
    assert contoh.emergency.never_alone == ("tolong",)
    assert contoh.emergency.self_harm_rule.strong == ("bunuh diri",)


def test_a_line_with_several_origins_is_several_moves(contoh: City) -> None:
    moves = {(move.from_, move.to): move.by for move in contoh.transitions}
    assert moves["diterima", "ditutup"] == moves["menunggu", "ditutup"] == {"pelapor", "sistem"}
    assert (None, "diterima") in moves


def test_a_status_says_for_whom_it_is_open_and_what_silence_does(contoh: City) -> None:
    waiting = contoh.statuses["menunggu"]
    assert waiting.open
    assert not waiting.open_for_office
    assert contoh.statuses["diterima"].open_for_office
    assert waiting.timeout is not None
    assert (waiting.timeout.after_days, waiting.timeout.after_wd) == (10, None)
    assert waiting.timeout.remind_after_days == (3, 8)
    assert contoh.statuses["ditutup"].timeout is None


def test_office_hours_leave_the_break_out(contoh: City) -> None:
    assert contoh.hours.office[0] == ((time(7, 30), time(12)), (time(13), time(16)))
    assert sorted(contoh.hours.office) == [0, 1, 2, 3, 4]


def test_days_may_be_a_range_and_one_more(contoh: City) -> None:
    assert sorted(contoh.hours.ramadan) == [0, 1, 2, 3, 4, 5]


def test_holidays_closures_and_ramadan_are_dates(contoh: City) -> None:
    assert contoh.hours.ramadan_dates == ((date(2026, 2, 19), date(2026, 3, 20)),)
    assert (contoh.hours.closures[0].day, contoh.hours.closures[0].name) == (date(2026, 4, 1), "Hari jadi kota")
    assert (contoh.hours.holiday_country, contoh.hours.holiday_categories) == ("ID", ("public",))
    assert contoh.hours.always_open == {"diskominfo"}


def test_a_road_is_sourced_only_by_a_source(contoh: City) -> None:
    trans, toll = contoh.roads
    assert trans.sourced
    assert trans.aliases == ("By Pass",)
    assert not toll.sourced


def test_limits_and_reasons_are_read(contoh: City) -> None:
    limits = contoh.legal_max
    assert (limits.verification_wd, limits.first_follow_up_wd, limits.reporter_reply_days) == (3, 5, 10)
    assert contoh.classifications["pengaduan_pengawasan"].max_wd == 60
    assert [priority.id for priority in contoh.priorities] == ["darurat", "tinggi", "sedang", "rendah"]
    assert contoh.archive_reasons["diam"].use_instead is None


def test_the_same_city_is_read_once(tmp_path: Path) -> None:
    assert load(tmp_path) is load(tmp_path)


def _version(folder: Path, *changes: Callable[[Tables], Any]) -> str:
    folder.mkdir()
    return load(folder, *changes).version


def test_the_version_changes_with_what_decides_and_with_nothing_else(tmp_path: Path) -> None:
    plain = _version(tmp_path / "plain")
    assert len(plain) == 12
    assert _version(tmp_path / "wording", lambda tables: tables["phrases"].update(tone=["friendly"])) == plain
    assert _version(tmp_path / "source", lambda tables: tables["sources"].update(meta="more")) == plain
    assert _version(tmp_path / "rule", lambda tables: tables["road_authority"].update(candidates=[])) != plain


def test_a_comment_does_not_change_the_version(tmp_path: Path) -> None:
    plain = _version(tmp_path / "plain")
    folder = tmp_path / "comment"
    folder.mkdir()
    write(folder, small_city())
    table = folder / "categories.yaml"
    table.write_text("# a remark\n" + table.read_text(encoding="utf-8"), encoding="utf-8")
    assert load_city(str(folder)).version == plain


LETTER = {
    "head": ["KOTA CONTOH"], "place": "Contoh", "subject": "Laporan {nomor}", "opening": "Untuk {instansi}.",
    "request": "Sebelum {tenggat}.", "by_link": "Sampai {tanggal}.", "closing": "Terima kasih.", "signed": "Admin",
}  # fmt: skip


def test_a_city_words_its_letter_to_other_agencies(tmp_path: Path, contoh: City) -> None:
    assert contoh.letter is None
    (tmp_path / "with").mkdir()
    letter = load(tmp_path / "with", lambda tables: tables["phrases"].update(letter=LETTER)).letter
    assert letter is not None
    assert (letter.head, letter.subject, letter.signed) == (("KOTA CONTOH",), "Laporan {nomor}", "Admin")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"subject": "Untuk {nama}"}, r"letter\.subject: \{nama\} is no known placeholder"),
        ({"head": []}, r"letter\.head: is missing"),
        ({"closing": None}, r"letter\.closing: is missing"),
    ],
)
def test_a_letter_that_cannot_be_written_is_a_fault(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    with pytest.raises(CityError, match=fault):
        load(tmp_path, lambda tables: tables["phrases"].update(letter=LETTER | change))


def test_a_matter_of_another_body_is_named_by_whole_words_however_written(contoh: City) -> None:
    rule = replace(next(iter(contoh.categories.values())).external[0], words=("paspor", "sim c"))
    assert rule.named_in("PASPOR saya hilang")
    assert rule.named_in("bikin Sim-C di mana?")
    assert not rule.named_in("pasporan, sim card")
    assert not replace(rule, words=()).named_in("paspor")


@pytest.mark.parametrize(
    "text",
    ["motor saya hilang di parkiran pasar baru", "Helm ilang kang", "hp anak saya raib", "dompet abdi leungit",
     "tadi saya kehilangan motor di sini", "my bike is gone"],
)  # fmt: skip
def test_something_lost_of_ones_own_is_the_matter_of_the_police(text: str, city: City) -> None:
    found = city.categories["parkir_liar"].other_body(text)
    assert found is not None
    assert found.to == ("polrestabes",)


@pytest.mark.parametrize(
    "text", ["rambu hilang di tikungan", "tutup got hilang", "motor parkir di trotoar sampai jalan untuk orang hilang"]
)
def test_what_the_city_lost_is_the_citys(text: str, city: City) -> None:
    assert city.categories["parkir_liar"].other_body(text) is None
