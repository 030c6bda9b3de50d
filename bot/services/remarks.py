"""Words of staff about a report, for staff only."""

from datetime import datetime

from bot.services.office import Office
from bot.services.reports import for_staff
from bot.services.rights import NotAllowed, Officer, one_actor
from storage import Tx, audit, notes


def remark(tx: Tx, office: Office, officer: Officer | None, number: str, words: str, now: datetime) -> None:
    """Keep a note that no citizen ever sees. Raises UnknownReport, and NotAllowed for those who do not handle the report."""
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    assert report.id is not None
    actors = officer.acts_as(report)
    if not actors:
        raise NotAllowed(number)
    notes.add_note(tx, report.id, words, actor=one_actor(actors), contact_id=officer.contact_id, now=now, internal=True)
    audit.note(tx, contact_id=officer.contact_id, act="remark", report_id=report.id, now=now)
