"""Who sees what and who may move it: every role against every kind of report."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.dialogue.events import CommandGiven
from bot.dialogue.session import Draft
from bot.services import rights
from bot.services.rights import NotAllowed, Officer
from storage import people
from storage.tables import AuditEntry
from tests.services.town import LAMP, Talk, Town

ROLES = {
    "administrator": ("administrator", ""),
    "narahubung of dishub": ("narahubung", "dishub"),
    "narahubung of dlh": ("narahubung", "dlh"),
    "narahubung of inspektorat": ("narahubung", "inspektorat"),
    "pimpinan": ("pimpinan", ""),
    "auditor": ("auditor", ""),
}
SUPERVISORY = replace(LAMP, category="perilaku_aparatur", privacy="rahasia", place=None)

SEES = {  # report -> who may open it
    "new": {"administrator", "pimpinan", "auditor"},
    "owned by dishub": {"administrator", "narahubung of dishub", "pimpinan", "auditor"},
    "supervisory, new": {"administrator"},
    "supervisory, owned by inspektorat": {"administrator", "narahubung of inspektorat"},
    "supervisory, owned by dishub by mistake": {"administrator"},
}
MOVES = {  # report -> who may make a move at all
    "new": {"administrator"},
    "owned by dishub": {"administrator", "narahubung of dishub"},
    "supervisory, new": {"administrator"},
    "supervisory, owned by inspektorat": {"administrator", "narahubung of inspektorat"},
    "supervisory, owned by dishub by mistake": {"administrator"},
}


def filed(town: Town, what: str) -> str:
    draft: Draft = SUPERVISORY if what.startswith("supervisory") else LAMP
    number = town.citizen().files(draft)
    if "owned by" in what:
        town.assigned(number, what.partition("owned by ")[2].partition(" ")[0])
    return number


def officer_of(town: Town, talk: Talk) -> Officer:
    found = town.db.read_sync(rights.officer, talk.contact_id, town.now)
    assert found is not None
    return found


@pytest.mark.parametrize("what", SEES)
@pytest.mark.parametrize("who", ROLES)
def test_each_role_sees_and_moves_exactly_what_is_theirs(town: Town, who: str, what: str) -> None:
    number = filed(town, what)
    officer = officer_of(town, town.officer(*ROLES[who], name=f"the one asked: {who}"))
    report = town.report(number)
    assert officer.may_see(town.office.city, report) == (who in SEES[what])
    may_move = bool(officer.may_see(town.office.city, report) and officer.acts_as(report))
    assert may_move == (who in MOVES[what])


@pytest.mark.parametrize("what", SEES)
def test_the_card_is_shown_only_to_those_who_may_see_it(town: Town, what: str) -> None:
    number = filed(town, what)
    for who, role in ROLES.items():
        talk = town.officer(*role, name=f"the one asked: {who}")
        (reply,) = talk.hears_about(CommandGiven("lihat", number))
        assert ("lampu jalan mati" in reply.text) == (who in SEES[what]), who


def test_the_queue_shows_everybody_only_what_is_theirs(town: Town) -> None:
    first, second = town.citizen("asep").files(), town.citizen("ucup").files()
    secret = town.citizen("neng").files(SUPERVISORY)
    town.assigned(first, "dishub")
    shown = {}
    for who, role in ROLES.items():
        (reply,) = town.officer(*role, name=f"the one asked: {who}").hears_about(CommandGiven("antrean"))
        shown[who] = {number for number in (first, second, secret) if number in reply.text}
    assert shown == {
        "administrator": {second, secret},
        "narahubung of dishub": {first},
        "narahubung of dlh": set(),
        "narahubung of inspektorat": set(),
        "pimpinan": {first, second},
        "auditor": {first, second},
    }


def test_what_may_not_be_seen_is_not_even_counted(town: Town) -> None:
    town.citizen("asep").files()
    town.citizen("neng").files(SUPERVISORY)
    counts = {}
    for role, agency in (("administrator", ""), ("pimpinan", ""), ("auditor", "")):
        (reply,) = town.officer(role, agency).hears_about(CommandGiven("antrean"))
        counts[role] = reply.text.split(maxsplit=1)[0]
    assert counts == {"administrator": "2", "pimpinan": "1", "auditor": "1"}


def test_the_queue_has_the_most_urgent_first_and_pages(town: Town) -> None:
    ordinary = [town.citizen(f"warga {n}").files() for n in range(6)]
    urgent = town.citizen("neng").files(replace(LAMP, priority="tinggi"))
    admin = town.administrator()
    (reply,) = admin.hears_about(CommandGiven("antrean"))
    assert [choice.value for choice in reply.choices] == [
        *(f"see:{number}" for number in (urgent, *ordinary[:4])), "queue:2",
    ]  # fmt: skip
    second = admin.taps("queue:2")
    assert [choice.value for choice in second.choices] == [f"see:{number}" for number in ordinary[4:]]


# ---------------------------------------------------------------- identity


@pytest.mark.parametrize(("privacy", "shown"), [("tampil", True), ("anonim", False), ("rahasia", False)])
def test_a_name_is_shown_only_where_its_owner_chose_so(town: Town, privacy: str, shown: bool) -> None:
    number = town.citizen(shown_name="Asep Sunandar").files(replace(LAMP, privacy=privacy))
    admin = town.administrator()
    (card,) = admin.hears_about(CommandGiven("lihat", number))
    assert ("Asep Sunandar" in card.text) == shown
    seen = [entry for entry in town.db.read_sync(entries) if entry.act == "view_identity"]
    report_id = town.report(number).id
    assert [(entry.contact_id, entry.report_id) for entry in seen] == ([(admin.contact_id, report_id)] if shown else [])


def test_a_name_is_shown_only_to_those_who_handle_the_report(town: Town) -> None:
    number = town.citizen(shown_name="Asep Sunandar").files(replace(LAMP, privacy="tampil"))
    owner = town.assigned(number, "dishub")
    knows = {}
    for talk in (owner, town.officer("pimpinan"), town.officer("auditor"), town.administrator()):
        (card,) = talk.hears_about(CommandGiven("lihat", number))
        knows[talk.name] = "Asep Sunandar" in card.text
    assert knows == {"narahubung dishub": True, "pimpinan": False, "auditor": False, "administrator": True}


def test_a_name_never_reaches_a_queue_or_the_news_of_staff(town: Town) -> None:
    admin = town.administrator()
    town.citizen(shown_name="Asep Sunandar").files(replace(LAMP, privacy="tampil"))
    admin.hears_about(CommandGiven("antrean"))
    assert not [news for news in admin.news() if "Asep" in news.reply.text]
    assert not [entry for entry in town.db.read_sync(entries) if entry.act == "view_identity"]


def test_who_lost_their_role_is_a_stranger_again(town: Town) -> None:
    number = town.citizen().files()
    admin = town.administrator()
    (role,) = town.db.read_sync(people.staff_roles, admin.contact_id, town.now)
    town.run(people.end_role, role.id, town.now)
    town.pass_time(seconds=1)
    (reply,) = admin.hears_about(CommandGiven("lihat", number))
    assert "lampu jalan mati" not in reply.text
    assert town.db.read_sync(rights.officer, admin.contact_id, town.now) is None
    with pytest.raises(NotAllowed):
        town.move(admin, number, "terverifikasi")


def test_a_stranger_gets_one_polite_refusal_whatever_they_try(town: Town) -> None:
    number = town.citizen().files()
    stranger = town.stranger_at_staff_bot()
    said = {
        stranger.hears_about(CommandGiven(name, number))[0].text
        for name in ("antrean", "lihat", "verifikasi", "disposisi", "proses", "selesai", "bantuan", "start")
        if name != "start"
    }
    assert len(said) == 1
    assert town.office.citizen_channel in said.pop()
    assert town.report(number).status == "diterima"


def test_a_citizen_sees_of_anothers_report_the_status_and_no_word_of_it(town: Town) -> None:
    number = town.citizen("asep").files()
    (reply,) = town.citizen("ucup").hears_about(CommandGiven("status", number))
    assert number in reply.text
    assert town.office.city.statuses["diterima"].label["id"] in reply.text
    assert "lampu" not in reply.text.lower().replace("lampu jalan (pju)", "")
    assert "Cisitu" not in reply.text


def entries(tx: object) -> list[AuditEntry]:
    return list(tx.session.exec(select(AuditEntry)))
