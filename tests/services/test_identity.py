"""A reporter's name: who may see it, and that every view is written down and can be listed."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from bot.dialogue.events import CommandGiven, TextSent
from bot.services import referrals, rights
from bot.services.identity import PAGE, note_view
from bot.services.rights import Officer
from bot.staff.commands import ROLES
from storage import Tx
from storage.tables import AuditEntry, Report
from tests.services.town import LAMP, Talk, Town

NAME = "Asep Sunandar"
PRIVACIES = ("tampil", "anonim", "rahasia")


def views(town: Town) -> list[AuditEntry]:
    wanted = select(AuditEntry).where(AuditEntry.act == "view_identity").order_by(AuditEntry.id)  # type: ignore[arg-type]
    return town.db.read_sync(lambda tx: list(tx.session.exec(wanted)))


def _filed(town: Town, privacy: str = "tampil", shown_name: str = NAME) -> str:
    return town.citizen(shown_name, shown_name=shown_name).files(replace(LAMP, privacy=privacy))


@given(
    st.frozensets(st.sampled_from(ROLES)),
    st.frozensets(st.sampled_from(("dishub", "dlh"))),
    st.sampled_from(PRIVACIES),
    st.sampled_from(("", "dishub", "dlh", "pln")),
)
def test_identity_needs_the_reporters_choice_and_a_part_in_the_handling(
    roles: frozenset[str], agencies: frozenset[str], privacy: str, agency: str
) -> None:
    officer = Officer(1, roles, agencies if "narahubung" in roles else frozenset())
    may = officer.may_know_reporter(Report(privacy=privacy, agency=agency))  # type: ignore[call-arg]
    handles = "administrator" in roles or ("narahubung" in roles and agency in agencies)
    assert may == (privacy == "tampil" and handles)


def test_no_card_list_search_or_day_shows_a_name_against_the_choice(town: Town) -> None:
    numbers = {privacy: _filed(town, privacy, f"Nama {privacy.title()}") for privacy in PRIVACIES}
    owner = town.narahubung("dishub")
    admin = town.administrator()
    for number in (numbers["tampil"], numbers["anonim"]):
        town.move(admin, number, "terverifikasi")
        town.move(admin, number, "didisposisikan", agency="dishub")
    staff = {"administrator": admin, "dishub": owner, "dlh": town.narahubung("dlh")}
    staff |= {role: town.officer(role) for role in ("pimpinan", "auditor")}
    for (who, talk), (privacy, number) in product(staff.items(), numbers.items()):
        before = len(views(town))
        (card,) = talk.hears_about(CommandGiven("lihat", number))
        named = f"Nama {privacy.title()}" in card.text
        assert named == (privacy == "tampil" and who in ("administrator", "dishub")), (who, privacy)
        assert len(views(town)) - before == named
    for command in ("antrean", "tugas", "cari"):
        for talk in staff.values():
            said = talk.hears_about(CommandGiven(command, "lampu" if command == "cari" else ""))
            assert not [reply for reply in said if "Nama " in reply.text and "Nama Tampil" not in reply.text]


def test_a_view_names_the_report_its_reporter_and_who_looked(town: Town) -> None:
    number, admin = _filed(town), town.administrator()
    admin.hears_about(CommandGiven("lihat", number))
    admin.hears_about(TextSent(number))
    report = town.report(number)
    assert [(each.contact_id, each.report_id, each.about_contact_id) for each in views(town)] == [
        (admin.contact_id, report.id, report.contact_id)
    ] * 2


def test_auditor_and_administrator_list_who_looked_and_others_may_not(town: Town) -> None:
    number, admin, auditor = _filed(town), town.administrator(), town.officer("auditor")
    assert "Belum ada yang melihat" in _asked(auditor, number)
    admin.hears_about(CommandGiven("lihat", number))
    town.run(note_view, admin.contact_id, number, PAGE, town.now)
    listed = _asked(auditor, number)
    assert "dilihat 2 kali" in listed
    assert listed.index("halaman web") < listed.index("kartu laporan")
    assert NAME not in listed
    assert "dilihat 2 kali" in _asked(admin, number)
    for role, agency in (("narahubung", "dishub"), ("pimpinan", "")):
        assert "dilihat" not in _asked(town.officer(role, agency), number)


def _asked(talk: Talk, number: str) -> str:
    (reply,) = talk.hears_about(CommandGiven("akses", number))
    return reply.text


@pytest.mark.parametrize("privacy", PRIVACIES)
def test_a_letter_that_names_the_reporter_is_a_view(town: Town, privacy: str) -> None:
    number = _filed(town, privacy)
    admin = town.administrator()
    town.move(admin, number, "terverifikasi")
    given = {"seen": "terverifikasi", "agency": "", "receiver": "Balai Jalan", "reason": "jalan nasional"}

    def refer(tx: Tx) -> None:
        officer = rights.officer(tx, admin.contact_id, town.now)
        way = {"way": "letter", "reference": "", "token": "a-token-that-nobody-guesses"}
        referrals.refer(tx, town.office, officer, number, **given, **way, now=town.now)

    town.run(refer)
    (reply,) = admin.hears_about(CommandGiven("surat", number))
    assert [name.partition(":")[0] for name in reply.enclosed] == ["letter"]
    assert [each.detail for each in views(town)] == (["letter"] if privacy == "tampil" else [])


def test_a_view_of_nobodys_report_is_not_written_down(town: Town) -> None:
    admin = town.administrator()

    def look(tx: Tx) -> None:
        note_view(tx, admin.contact_id, "BDG-000000-0000-0", PAGE, town.now)

    town.run(look)
    assert views(town) == []
