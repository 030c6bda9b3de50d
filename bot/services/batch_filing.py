"""Filing what a batch holds: all of it in one transaction with the words that say so, each report once."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import effects
from bot.dialogue.effects import FiledLine
from bot.services import asking, consenting, filing, reports
from bot.services.office import Office
from storage import Tx, batches
from storage.tables import Conversation, Report


@dataclass(frozen=True, slots=True)
class Teller:
    """Who confirmed the batch, where and when."""

    office: Office
    conversation: Conversation
    contact_id: int
    now: datetime


def act(tx: Tx, teller: Teller, wanted: effects.FileBatch | effects.DropBatch) -> None:
    """File or drop. Raises UnknownReport for a line whose open report has closed meanwhile."""
    batch = batches.open_batch(tx, teller.conversation.id or 0)
    if isinstance(wanted, effects.FileBatch):
        for line in wanted.lines:
            report = _file(tx, teller, line, wanted.language)
            batches.became(tx, line.items, report.id or 0)
    if batch is None or (isinstance(wanted, effects.FileBatch) and not wanted.over):
        return
    state = batches.FILED if isinstance(wanted, effects.FileBatch) else batches.DROPPED
    assert batch.id is not None
    due_at = batch.due_at or teller.now
    batches.end(tx, batch.id, state, teller.now)
    batches.begin_with_rest(tx, batch.conversation_id, batch.id, wanted.known, due_at, teller.now)
    batches.forget(tx, batch.id)


def _file(tx: Tx, teller: Teller, line: FiledLine, language: str) -> Report:
    office, conversation, now = teller.office, teller.conversation, teller.now
    if line.added:
        asking.complete(
            tx, office, conversation, line.number, words=line.draft.description, evidence=line.draft.evidence,
            place=None, now=now,
        )  # fmt: skip
        return reports.own(tx, conversation, line.number)
    through = consenting.through(tx, teller.contact_id, office.today(now), neighbour=line.neighbour)
    if line.parent:
        report = filing.join(
            tx, office, conversation, line.draft, line.number, language, line.parent, now, through=through
        )
    else:
        report = filing.file(
            tx, office, conversation, line.draft, line.number, language,
            emergency=bool(line.draft.danger), now=now, through=through,
        )  # fmt: skip
    if line.neighbour:
        consenting.note(tx, report, teller.contact_id, line.contact, now)
    return report
