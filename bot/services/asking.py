"""One question to the reporter of a report, and the answer that moves it back to where it was."""

from datetime import datetime

from bot.dialogue.knowledge import PlaceFound
from bot.services import parts, staff_news
from bot.services.desk_moves import seen_by
from bot.services.office import Office
from bot.services.places import columns_of
from bot.services.refusals import Refusal
from bot.services.reports import make_step, may_make, own
from bot.services.rights import Officer, one_actor
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, audit, media, notes
from storage import reports as kept
from storage.tables import Conversation, Report, StatusChange

ASKED, ARCHIVED, RECEIVED = "perlu_dilengkapi", "diarsipkan", "diterima"
QUESTION = "pertanyaan"  # statuses.yaml, the variant of perlu_dilengkapi
REPORTER = "pelapor"


def ask_reporter(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, part: str, words: str, now: datetime
) -> None:
    """Ask for one thing: a part that the city has words for (phrases.yaml, missing_parts), or in words of their own.

    An agency may ask once, since the clock stands still meanwhile; after that the administrator asks. Raises Refusal without a question.
    """
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR, NARAHUBUNG}, ASKED, now)
    assert officer is not None
    known = f"missing.{part}" in office.city.texts
    if not known and not words.strip():
        raise Refusal("staff_question_needed", nomor=number)
    actor = one_actor(officer.acts_as(report) & may_make(office, report.status, ASKED))
    make_step(
        tx, office, report, ASKED, actor=actor, contact_id=officer.contact_id, reason=part if known else QUESTION,
        note="" if known else words.strip(), now=now,
    )  # fmt: skip
    audit.note(tx, contact_id=officer.contact_id, act="ask", report_id=report.id, detail=part or words, now=now)


def complete(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    number: str,
    *,
    words: str = "",
    evidence: tuple[int, ...] = (),
    place: PlaceFound | None = None,
    now: datetime,
) -> None:
    """What a reporter adds to a report. One that waited for it goes back to where it was asked, one set aside is looked at again.

    Those who handle it hear of it once. Raises UnknownReport for anybody else's report.
    """
    report = own(tx, conversation, number)
    report = next((part for part in parts.of(tx, report) if part.status == ASKED), report)
    if evidence:
        media.attach(tx, evidence, report.id)
    if place is not None:
        found = {name: value for name, value in columns_of(place).items() if value not in ("", None)}
        kept.correct(tx, report, now, **found)  # a point without a name leaves the name that is known
    note = (
        notes.add_note(tx, report.id, words, actor=REPORTER, contact_id=report.contact_id, now=now) if words else None
    )
    before = report.status
    if goes_back_to := _back(tx, report):
        make_step(
            tx, office, report, goes_back_to, actor=REPORTER, contact_id=report.contact_id, now=now, quiet=True
        )  # fmt: skip
    added = [name for name, given in (("words", words), ("files", evidence), ("place", place)) if given]
    audit.note(
        tx, contact_id=report.contact_id, act="reporter_added", report_id=report.id, detail=", ".join(added), now=now
    )
    key = f"photo:{evidence[-1]}" if evidence else f"note:{note.id}" if note else f"place:{report.id}:{now.isoformat()}"
    text = "staff_news_completed" if before != report.status else _text_of(evidence, note is not None)
    told = words or (place.name if place else "")
    staff_news.tell_owner(tx, office, report, text, key, now, words=told)


def _text_of(evidence: tuple[int, ...], words: bool) -> str:
    return "staff_news_photo" if evidence and not words else "staff_news_note"


def _back(tx: Tx, report: Report) -> str:
    """Where the report goes on; "" for one that waits for nothing."""
    if report.status == ASKED:
        return asked_in(tx, report).from_status
    return RECEIVED if report.status == ARCHIVED else ""


def asked_in(tx: Tx, report: Report) -> StatusChange:
    """The step with which its reporter was asked last; the report must be waiting for an answer."""
    return next(step for step in reversed(kept.history(tx, report.id)) if step.to_status == ASKED)
