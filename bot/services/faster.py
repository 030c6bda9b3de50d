"""What somebody else did to a report first, for the one who came second."""

from bot.dialogue.events import LastStep
from storage import Tx, people
from storage import reports as kept


def last_step(tx: Tx, number: str) -> LastStep | None:
    """The newest step of a report, with who made it; the name of a reporter is never told."""
    report = kept.by_number(tx, number)
    if report is None:
        return None
    step = kept.history(tx, report.id)[-1]
    by_staff = step.actor in ("administrator", "narahubung") and step.contact_id is not None
    contact = people.contact_by_id(tx, step.contact_id) if by_staff and step.contact_id else None
    return LastStep(
        step.to_status, step.at, step.actor, people.name_of(tx, contact) if contact else "",
        step.agency if step.actor == "narahubung" else "", kept.note_of(tx, step),
    )  # fmt: skip
