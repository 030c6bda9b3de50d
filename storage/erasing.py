"""Forgetting what a person wrote. It is overwritten where it stands: rows, histories and counts stay.

What was forgotten belongs from then on to nobody: a contact without a name, at an address that leads nowhere.
"""

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, or_, select

from storage.addresses import find_or_create_address, find_or_create_conversation, mark_unreachable
from storage.ratings import rating_of
from storage.secrecy import description_of, note_of, place_words_of, seal
from storage.tables import AuditEntry, Consent, Evidence, Note, Rating, Referral, ReferralAnswer, Report, StatusChange
from storage.transaction import Tx

NOBODY = "nobody"
"""Channel and bot of the addresses that lead nowhere."""
Scrub = Callable[[str], str]
"""Takes out of words what names the person."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """To whom reports belong whose reporter was forgotten."""

    contact_id: int
    conversation_id: int


def nobody(tx: Tx, now: datetime) -> Nobody:
    """Somebody new whom nobody can be told from."""
    name = secrets.token_urlsafe(16)
    address = find_or_create_address(tx, NOBODY, NOBODY, name, now=now)
    mark_unreachable(tx, address.id, "the reporter was erased at their own wish", now)
    return Nobody(address.contact_id, find_or_create_conversation(tx, address, name, now).id or 0)


def forget_words(tx: Tx, report: Report, contact_ids: Collection[int], scrub: Scrub) -> None:
    """Erase what the reporter told about a report, and their name from what others wrote; the report has no name to show."""
    report.description = report.description_sealed = report.place_words = report.place_words_sealed = ""
    report.erase_when_closed = False
    for step in _steps(tx, report):
        own = step.actor == "pelapor" or step.contact_id in contact_ids
        _rewrite_step(tx, report, step, (lambda _: "") if own else scrub)
    for note in _notes(tx, report):
        own = note.actor == "pelapor" or note.contact_id in contact_ids
        note.text_sealed = "" if own else tx.vault.seal(scrub(tx.vault.open(note.text_sealed)))
    for hop in tx.session.exec(select(Referral).where(Referral.report_id == report.id)).all():
        hop.reason_sealed = tx.vault.seal(scrub(tx.vault.open(hop.reason_sealed)))
        for said in tx.session.exec(select(ReferralAnswer).where(ReferralAnswer.referral_id == hop.id)).all():
            said.text_sealed = tx.vault.seal(scrub(tx.vault.open(said.text_sealed)))
    tx.change(Consent, Consent.report_id == report.id, person_sealed="")
    for contact_id in contact_ids:
        if rating := rating_of(tx, report.id, contact_id):
            rating.word = rating.word_sealed = ""
    forget_files(tx, col(Evidence.report_id) == report.id, col(Evidence.purpose).in_(("problem", "masked")))
    _without_name(tx, report)


def scrub_words(tx: Tx, report: Report, scrub: Scrub) -> None:
    """Take what names the reporter out of a report that somebody still works with; it has no name to show."""
    report.description, words = "", scrub(description_of(tx, report))
    report.place_words, place = "", scrub(place_words_of(tx, report))
    report.description, report.place_words = words, place
    report.description_sealed = report.place_words_sealed = ""
    if report.privacy == "rahasia":
        seal(tx, report, "description", "place_words")
    for step in _steps(tx, report):
        _rewrite_step(tx, report, step, scrub)
    for note in _notes(tx, report):
        note.text_sealed = tx.vault.seal(scrub(tx.vault.open(note.text_sealed)))
    report.erase_when_closed = True
    _without_name(tx, report)


def give_away(tx: Tx, report: Report, contact_ids: Collection[int], to: Nobody) -> None:
    """Whose report it was is not known any more."""
    for contact_id in contact_ids:
        which = (col(Rating.report_id) == report.id, col(Rating.contact_id) == contact_id)
        tx.change(Rating, *which, contact_id=to.contact_id)
    seen = (col(AuditEntry.report_id) == report.id, col(AuditEntry.about_contact_id).is_not(None))
    tx.change(AuditEntry, *seen, about_contact_id=to.contact_id)
    for table in (StatusChange, Note):
        theirs = col(table.contact_id).in_(contact_ids)
        tx.change(table, table.report_id == report.id, theirs, contact_id=None)
    tx.change(Evidence, col(Evidence.report_id) == report.id, conversation_id=to.conversation_id)
    report.contact_id, report.conversation_id = to.contact_id, to.conversation_id
    tx.add(report)


def forget_files(tx: Tx, *which: object) -> None:
    """Files that nobody may see any more; they themselves go after the commit (`files_to_remove`)."""
    gone = (*which, col(Evidence.state).not_in(("erasing", "erased")))
    tx.change(Evidence, *gone, state="erasing", reason="", due_at=None, lat=None, lon=None)


def files_to_remove(tx: Tx, limit: int = 100) -> list[tuple[int, tuple[str, ...]]]:
    """Evidence whose file must go, with its paths below the media folder; those that other evidence shares are left out."""
    rows = tx.session.exec(select(Evidence).where(Evidence.state == "erasing").order_by(col(Evidence.id)).limit(limit))
    return [(row.id, tuple(path for path in _paths(tx, row) if not _shared(tx, row.id, path))) for row in rows]


def file_removed(tx: Tx, evidence_id: int) -> None:
    """The file is gone, and how the platform called it."""
    blank = {"path": "", "media_type": "", "size_bytes": 0, "sha256": "", "platform_ref_sealed": ""}
    tx.change(Evidence, col(Evidence.id) == evidence_id, state="erased", **blank)


def of_contacts(tx: Tx, contact_ids: Collection[int]) -> list[Report]:
    """Every report of a person, oldest first."""
    wanted = select(Report).where(col(Report.contact_id).in_(contact_ids)).order_by(col(Report.id))
    return list(tx.session.exec(wanted))


def due_reports(tx: Tx, closed_before: datetime, statuses: Collection[str], limit: int = 50) -> list[Report]:
    """Reports to be erased now that they, or those they were joined to, have been in one of these (closed) statuses for long enough."""
    parent = aliased(Report)
    ended = and_(col(Report.status).in_(statuses), Report.status_since <= closed_before)
    with_parent = and_(col(parent.status).in_(statuses), parent.status_since <= closed_before)
    wish = select(Report).join(parent, col(parent.id) == Report.parent_id, isouter=True)
    wish = wish.where(col(Report.erase_when_closed).is_(True), or_(ended, with_parent))
    return list(tx.session.exec(wish.order_by(col(Report.id)).limit(limit)))


def _steps(tx: Tx, report: Report) -> Iterable[StatusChange]:
    return tx.session.exec(select(StatusChange).where(StatusChange.report_id == report.id)).all()


def _notes(tx: Tx, report: Report) -> Iterable[Note]:
    return tx.session.exec(select(Note).where(Note.report_id == report.id)).all()


def _rewrite_step(tx: Tx, report: Report, step: StatusChange, scrub: Scrub) -> None:
    words = scrub(note_of(tx, step))
    step.note, step.note_sealed = words, ""
    if report.privacy == "rahasia":
        seal(tx, step, "note")


def _without_name(tx: Tx, report: Report) -> None:
    if report.privacy == "tampil":
        report.privacy = "anonim"
    tx.add(report)


def _paths(tx: Tx, row: Evidence) -> tuple[str, ...]:
    """Our copy, and what the web chat kept of the upload."""
    uploaded = tx.vault.open(row.platform_ref_sealed) if row.source.startswith("webchat:") else ""
    return tuple(path for path in (row.path, uploaded) if path)


def _shared(tx: Tx, evidence_id: int, path: str) -> bool:
    others = select(Evidence.id).where(
        Evidence.path == path, Evidence.id != evidence_id, col(Evidence.state).not_in(("erasing", "erased"))
    )
    return tx.session.exec(others).first() is not None
