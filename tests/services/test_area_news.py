"""News for the area of a group: what happened, without names; thanks for what was complete and confirmed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.dialogue.events import CommandGiven, TextSent
from bot.dialogue.replies import Reply
from bot.services import area_news, enclosures
from cities.places import load_gazetteer
from storage import Tx, groups
from storage import reports as kept
from storage.tables import Report
from tests.services.town import LAMP, NOW, Talk, Town, heard

MONDAY = datetime(2026, 11, 30, 1, 0, tzinfo=NOW.tzinfo)
"""Eight in the morning in Bandung."""


def kim(
    town: Town, *, kelurahan: str = "Dago", role: str = groups.COORDINATOR, name: str = "bu RW", rws: str = ""
) -> tuple[Talk, int]:
    """Somebody active in a group of this kelurahan; the id of their membership."""
    talk = town.citizen(name)

    def act(tx: Tx) -> int:
        found = groups.open_groups(tx)
        group = next((each for each in found if each.kelurahan == kelurahan), None) or groups.found(
            tx, f"KIM {kelurahan}", kelurahan=kelurahan, kecamatan="Coblong", rws=rws, term_from=date(2026, 1, 1),
            term_until=date(2028, 12, 31), now=town.now,
        )  # fmt: skip
        member = groups.join(
            tx, group.id or 0, talk.contact_id, talk.conversation_id, role, town.now, town.now + timedelta(days=365)
        )
        return member.id or 0

    return talk, town.run(act)


def through(town: Town, number: str, member: int) -> None:
    def act(tx: Tx) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        report.kim_member_id = member
        tx.add(report)

    town.run(act)


def on(town: Town, moment: datetime) -> None:
    town.now = moment
    while town.run(area_news.any_due, town.office, town.now):
        town.run(area_news.tell_due, town.office, town.now)


def changed(town: Town, number: str, **values: Any) -> None:
    town.run(lambda tx: tx.change(Report, Report.number == number, **values))


# ---------------------------------------------------------------- the week


def test_on_monday_the_coordinator_gets_the_week_of_the_area_ready_to_be_posted(either_town: Town) -> None:
    town = either_town
    coordinator, _ = kim(town)
    asep = town.citizen("asep", shown_name="Asep Sunandar")
    solved, still = asep.files(), asep.files()
    town.resolved(solved)
    asep.answers(solved, solved=True)
    on(town, MONDAY)
    (week,) = coordinator.said("area_week")
    assert "Kel. Dago, 23 Nov – 29 Nov" in week.reply.text
    assert "Masuk: 2 · Selesai dan dibenarkan warga: 1 · Masih ditangani: 1" in week.reply.text
    assert solved in week.reply.text
    assert still in week.reply.text
    assert "Asep" not in week.reply.text
    (picture,) = town.run(enclosures.gather, town.office, week.reply.enclosed, "id", town.now)
    assert picture.make(town.office.city.folder).startswith(b"\x89PNG")


def _area(who: Talk, named: str = "") -> Reply:
    (reply,) = who.hears_about(CommandGiven("wilayah", named))
    return reply


def in_rws(town: Town) -> tuple[str, str, str]:
    """Three open reports of Dago: in RW 7, in RW 12, and one that names no RW."""
    seven, twelve, nowhere = (town.citizen(name).files() for name in ("asep", "budi", "cucu"))
    changed(town, seven, place_words="gang haji, RW 07")
    changed(town, twelve, place_words="RW 12 dekat pos")
    return seven, twelve, nowhere


@pytest.mark.parametrize("rws", ["7", "5,7"])
def test_the_week_of_a_group_of_some_rw_is_about_these_and_tells_how_many_name_none(town: Town, rws: str) -> None:
    coordinator, _ = kim(town, rws=rws)
    seven, twelve, nowhere = in_rws(town)
    on(town, MONDAY)
    (week,) = coordinator.said("area_week")
    assert f"Kabar RW {rws.replace(',', ', ')}, Kel. Dago" in week.reply.text
    assert "Masuk: 1 · Selesai dan dibenarkan warga: 0 · Masih ditangani: 1" in week.reply.text
    assert seven in week.reply.text
    assert twelve not in week.reply.text
    assert nowhere not in week.reply.text
    assert "Di Kel. Dago ada 1 laporan lain yang tidak menyebut RW" in week.reply.text


def test_my_area_is_that_of_my_rw_and_by_its_name_the_whole_kelurahan(town: Town) -> None:
    member, _ = kim(town, rws="12")
    seven, twelve, nowhere = in_rws(town)
    own = _area(member).text
    assert "RW 12, Kel. Dago: 1 (halaman 1 dari 1)" in own
    assert twelve in own
    assert seven not in own
    assert "ada 1 laporan lain yang tidak menyebut RW" in own
    whole = _area(member, "dago").text
    assert all(number in whole for number in (seven, twelve, nowhere))
    assert "Kel. Dago: 3" in whole


def test_pages_of_my_rw_stay_in_my_rw(town: Town) -> None:
    member, _ = kim(town, rws="12")
    numbers = [town.citizen(f"warga {n}").files() for n in range(area_news.PAGE + 2)]
    for number in numbers[1:]:
        changed(town, number, place_words="RW 12")
    reply = _area(member)
    (more,) = reply.choices
    following = member.taps(more.value).text
    assert "RW 12, Kel. Dago: 9 (halaman 2 dari 2)" in following
    assert numbers[-1] in following
    assert numbers[0] not in following


def test_where_nothing_names_the_rw_the_others_are_counted_all_the_same(town: Town) -> None:
    member, _ = kim(town, rws="3")
    in_rws(town)
    text = _area(member).text
    assert "Tidak ada laporan yang masih ditangani di RW 3, Kel. Dago." in text
    assert "ada 1 laporan lain" in text


def test_it_comes_once_also_when_the_program_was_away_on_monday(town: Town) -> None:
    coordinator, _ = kim(town)
    town.citizen().files()
    on(town, MONDAY + timedelta(days=2))
    on(town, MONDAY + timedelta(days=3))
    assert len(coordinator.said("area_week")) == 1
    on(town, MONDAY + timedelta(days=7))
    assert len(coordinator.said("area_week")) == 2


def test_a_quiet_week_says_nothing_and_another_area_hears_nothing_of_it(town: Town) -> None:
    coordinator, _ = kim(town, kelurahan="Cigadung")
    town.citizen().files()
    on(town, MONDAY)
    assert not coordinator.said("area_week")


def test_members_who_do_not_coordinate_and_groups_that_came_later_get_none(town: Town) -> None:
    coordinator, _ = kim(town)
    member, _ = kim(town, role=groups.MEMBER, name="pak RT")
    town.citizen().files()
    town.now = MONDAY + timedelta(hours=1)
    late, _ = kim(town, kelurahan="Lebakgede", name="late")
    on(town, town.now)
    assert [len(each.said("area_week")) for each in (coordinator, member, late)] == [1, 0, 0]


@pytest.mark.parametrize(
    "hide",
    [{"privacy": "rahasia"}, {"category": "{hidden}"}],
    ids=["secret", "confidential category"],
)
def test_what_is_secret_or_confidential_is_neither_listed_nor_counted(town: Town, hide: dict[str, str]) -> None:
    hidden = next(each.id for each in town.office.city.categories.values() if each.confidential_default)
    coordinator, _ = kim(town)
    number = town.citizen().files()
    changed(town, number, **{name: value.format(hidden=hidden) for name, value in hide.items()})
    on(town, MONDAY)
    assert not coordinator.said("area_week")
    (reply,) = coordinator.hears_about(CommandGiven("wilayah"))
    assert number not in reply.text


# ---------------------------------------------------------------- thanks


def test_once_a_month_a_member_is_thanked_for_what_was_complete_and_what_was_confirmed(town: Town) -> None:
    _, member = kim(town)
    talk, _ = kim(town)
    asep = town.citizen("asep")
    numbers = [asep.files() for _ in range(3)]
    for number in numbers:
        through(town, number, member)
    changed(town, numbers[2], needs_check=True)
    town.resolved(numbers[0])
    asep.answers(numbers[0], solved=True)
    on(town, datetime(2026, 12, 1, 1, 0, tzinfo=NOW.tzinfo))
    (thanks,) = talk.said("area_month")
    assert "2 laporan langsung lengkap, 1 sudah dibenarkan selesai" in thanks.reply.text
    assert "November 2026" in thanks.reply.text


def test_who_brought_nothing_complete_is_left_in_peace(town: Town) -> None:
    talk, member = kim(town)
    number = town.citizen("asep").files()
    through(town, number, member)
    changed(town, number, needs_check=True)
    on(town, datetime(2026, 12, 1, 1, 0, tzinfo=NOW.tzinfo))
    assert not talk.said("area_month")


# ---------------------------------------------------------------- solved


def test_when_a_report_that_came_through_a_member_is_confirmed_they_get_a_text_to_post(town: Town) -> None:
    talk, member = kim(town)
    asep = town.citizen("asep", shown_name="Asep Sunandar")
    number = asep.files()
    through(town, number, member)
    town.resolved(number)
    assert not talk.said("area_solved")
    asep.answers(number, solved=True)
    (ready,) = talk.said("area_solved")
    assert "lampu diganti" in ready.reply.text
    assert "Jl. Cisitu Lama" in ready.reply.text
    assert "Asep" not in ready.reply.text


# ---------------------------------------------------------------- /wilayah


def test_wilayah_lists_what_is_open_in_ones_area_page_by_page(town: Town) -> None:
    coordinator, _ = kim(town)
    numbers = [town.citizen(f"warga {n}").files() for n in range(10)]
    (first,) = coordinator.hears_about(TextSent("wilayah"))
    assert "Kel. Dago: 10 (halaman 1 dari 2)" in first.text
    assert numbers[0] in first.text
    assert LAMP.description not in first.text
    (more,) = [choice.value for choice in first.choices if choice.value.startswith("area:")]
    second = coordinator.taps(more)
    assert numbers[9] in second.text
    assert "halaman 2 dari 2" in second.text


def test_anybody_may_name_a_kelurahan_and_who_names_none_is_asked(town: Town) -> None:
    asep = town.citizen("asep")
    number = asep.files()
    assert number in asep.hears_about(CommandGiven("wilayah", "dago"))[0].text
    assert number in asep.hears_about(TextSent("Wilayah Dago"), heard=heard())[0].text
    assert "halaman" not in asep.hears_about(TextSent("wilayah dago gelap lampunya mati"), heard=heard())[0].text
    assert "Wilayah mana" in asep.hears_about(CommandGiven("wilayah"))[0].text
    assert "tidak dikenal" in asep.hears_about(CommandGiven("wilayah", "atlantis"))[0].text


def test_every_kelurahan_fits_behind_a_button(town: Town) -> None:
    named = [(row.name, row.kecamatan) for row in load_gazetteer(town.office.city).places if row.kind == "kelurahan"]
    assert len(named) > 100
    assert max(len(f"area:99:{kelurahan} {kecamatan}") for kelurahan, kecamatan in named) <= 48


# ---------------------------------------------------------------- what it costs


def never(*_: object) -> None:
    raise AssertionError("not needed")


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati di coblong",
        "wilayah",
        "di wilayah coblong",
        "wilayah dago coblong lampu jalan mati dari kemarin",
    ],
)
def test_no_name_is_compared_with_a_message_that_cannot_ask_for_an_area(
    town: Town, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    asep = town.citizen()
    monkeypatch.setattr(area_news, "kelurahan_named", never)
    monkeypatch.setattr(area_news, "kecamatan_named", never)
    event = TextSent(text)
    assert town.db.read_sync(area_news.asked_for, town.office, asep.contact_id, event, town.now) is None


def test_groups_are_looked_for_only_while_something_is_to_be_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    kim(town)
    assert town.db.read_sync(area_news.any_due, town.office, town.now)
    on(town, MONDAY)
    monkeypatch.setattr(groups, "open_groups", never)
    assert not town.db.read_sync(area_news.any_due, town.office, town.now)
