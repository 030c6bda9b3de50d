"""`/pesan`: every message about a report with what became of it, in words of people."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import CommandGiven
from bot.dialogue.texts import catalogue
from bot.services.message_facts import REASONS, reason_of
from storage import Tx, outbox
from tests.services.town import Talk, Town


def _asks(officer: Talk, number: str) -> str:
    (reply,) = officer.hears_about(CommandGiven("pesan", number))
    return reply.text


def _settle(town: Town, talk: Talk, how: str, reason: str = "") -> None:
    def act(tx: Tx) -> None:
        row = outbox.under(tx, talk.said("news:")[-1].key)
        assert row is not None
        settled = {"refused": outbox.settle_refused, "unreachable": outbox.settle_unreachable}
        if how in settled:
            settled[how](tx, row.id, reason, town.now)
        elif how == "held":
            outbox.hold(tx, row.id, reason)
        elif how == "retried":
            outbox.claim(tx, row.id, town.now)
            outbox.retry_later(tx, row.id, town.now + timedelta(minutes=1), reason)
        else:
            outbox.settle_sent(tx, row.id, "", town.now)

    town.run(act)


@pytest.mark.parametrize(
    ("how", "reason", "shown"),
    [
        ("sent", "", "terkirim"),
        ("unreachable", "Forbidden: bot was blocked by the user", "memblokir bot"),
        ("unreachable", "Forbidden: bot was blocked by the user; sent on whatsapp instead", "lewat WhatsApp"),
        ("held", "the person wrote too long ago; it goes out as soon as they write again", "24 jam"),
        ("retried", "the channel telegram:citizen is off", "telegram:citizen sedang mati"),
        ("refused", "something nobody foresaw (999)", "something nobody foresaw (999)"),
    ],
)
def test_each_state_is_told_with_its_reason(town: Town, how: str, reason: str, shown: str) -> None:
    asep = town.citizen()
    number = asep.tells()
    admin = town.administrator()
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, "didisposisikan", agency="dishub")
    _settle(town, asep, how, reason)
    assert shown in _asks(admin, number)


def test_what_is_only_planned_says_so_and_staff_are_only_counted(town: Town) -> None:
    asep = town.citizen()
    number = asep.tells()
    town.assigned(number)
    told = _asks(town.administrator(), number)
    assert "dijadwalkan" in told
    assert "kepada petugas" in told
    assert "Telegram, pelapor" in told


def test_a_report_of_another_agency_is_not_told(town: Town) -> None:
    number = town.citizen().tells()
    town.assigned(number, "dishub")
    assert "dijadwalkan" not in _asks(town.narahubung("dlh"), number)


def test_before_any_news_it_says_that_there_is_none(town: Town) -> None:
    number = town.citizen().files()
    assert "Belum ada kabar" in _asks(town.administrator(), number)


def test_the_bubble_with_the_number_is_a_message_about_the_report(town: Town) -> None:
    number = town.citizen().tells()
    told = _asks(town.administrator(), number)
    assert "1 pesan kepada warga" in told
    assert "Terima kasih" in told


@given(st.text(max_size=80))
def test_any_reason_has_words(text: str) -> None:
    meaning, detail = reason_of(text)
    assert meaning or detail == text


def test_every_known_reason_and_state_is_worded() -> None:
    states = (
        "planned",
        "retried",
        "sending",
        "held",
        "sent",
        "delivered",
        "read",
        "refused",
        "unreachable",
        "withdrawn",
    )
    wanted = [f"message_because_{name}" for name, _ in REASONS] + [f"message_{state}" for state in states]
    assert [key for key in wanted if key not in catalogue("su")] == []


def test_every_reason_for_which_our_own_services_take_news_about_a_report_back_is_worded() -> None:
    """Nobody reads English words of the program under "the platform said"."""
    services = Path(__file__).parents[2] / "bot" / "services"
    taken_back = re.compile(
        r'outbox\.withdraw(?:_waiting)?\([^"]*(?:f?"[^"]*:[^"]*",\s*)?[^"]*"([a-z ]+)", (?:stage\.)?now\)'
    )
    reasons = {said for file in services.glob("*.py") for said in taken_back.findall(file.read_text())}
    assert len(reasons) >= 4
    assert {said for said in reasons if reason_of(said)[0] != "superseded"} <= {"opted out", "the campaign was stopped"}
