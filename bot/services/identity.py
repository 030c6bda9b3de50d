"""Who looked at the identity of a reporter: every view is written down, and can be listed."""

from collections.abc import Iterable
from datetime import datetime

from bot.dialogue import effects
from bot.dialogue.events import CommandGiven, Event
from bot.dialogue.knowledge import IdentitySeen, Knowledge, ReportFacts
from bot.dialogue.turn import Turn
from bot.services.rights import SHOWN
from storage import Tx, audit, identity_views, people, reports

CARD, PAGE, LETTER = "card", "page", "letter"
"""Where a name can be seen; the last is also the kind of enclosure that a letter is."""
ASKS = "akses"
"""The command that lists the views."""


def note_view(tx: Tx, contact_id: int, number: str, where: str, now: datetime) -> None:
    """This member of staff is shown the name of who reported ``number``; to be called in the transaction that shows it."""
    report = reports.by_number(tx, number)
    if report is not None:
        audit.note(
            tx, contact_id=contact_id, act=identity_views.ACT, report_id=report.id, about=report.contact_id,
            detail=where, now=now,
        )  # fmt: skip


def note_shown(tx: Tx, contact_id: int, know: Knowledge, turn: Turn, now: datetime) -> None:
    """Write down every name that a turn of staff shows, on cards, in lists and in letters that go with it."""
    said = [effect.reply for effect in turn.effects if isinstance(effect, effects.Say)]
    for report in _known(know):
        if report.reporter_name and any(report.reporter_name in reply.text for reply in said):
            note_view(tx, contact_id, report.number, CARD, now)
    for enclosed in (name for reply in said for name in reply.enclosed):
        kind, _, number = enclosed.partition(":")
        if kind == LETTER and _is_named(tx, number.partition(":")[0]):
            note_view(tx, contact_id, number.partition(":")[0], LETTER, now)


def views_asked(tx: Tx, event: Event, named: ReportFacts | None) -> tuple[IdentitySeen, ...]:
    """Who saw the reporter of the report that ``/akses`` is about, the newest first."""
    asked = isinstance(event, CommandGiven) and event.name == ASKS
    report = reports.by_number(tx, named.number) if asked and named else None
    if report is None:
        return ()
    views = identity_views.of_report(tx, report.id)
    return tuple(IdentitySeen(view.at, view.name, view.roles, view.where) for view in reversed(views))


def _known(know: Knowledge) -> Iterable[ReportFacts]:
    """Every report that the turn could show, once."""
    pages = [page for page in (know.queue, *know.day.values()) if page]
    found = [*([know.named] if know.named else []), *(report for page in pages for report in page.reports)]
    return {report.number: report for report in found}.values()


def _is_named(tx: Tx, number: str) -> bool:
    report = reports.by_number(tx, number)
    shown = report is not None and report.privacy == SHOWN
    return shown and report is not None and bool(people.name_of(tx, people.contact_by_id(tx, report.contact_id)))
