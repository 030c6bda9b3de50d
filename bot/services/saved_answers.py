"""Saved answers (templat): an agency's own, and everybody's, which administrators keep."""

from datetime import datetime

from bot.dialogue.saved_words import BLANKS, PLACEHOLDER
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR, WORKING
from storage import Tx, audit, saved_answers

MOST = 40  # for one agency: more than anybody finds again
LONGEST = 800  # characters


def for_officer(tx: Tx, officer: Officer) -> tuple[tuple[str, str], ...]:
    """Name and words of what this person may use; their agency's own where both have a name."""
    found = saved_answers.of_agencies(tx, ("", *officer.agencies))
    return tuple({each.name: each.text for each in sorted(found, key=lambda each: each.agency)}.items())


def keep(tx: Tx, officer: Officer | None, name: str, text: str, now: datetime) -> None:
    """Keep words under a name. Raises NotAllowed; Refusal without words, with an unknown blank, or when there are too many."""
    agency = _whose(officer)
    assert officer is not None
    unknown = sorted(set(PLACEHOLDER.findall(text)) - set(BLANKS))
    if not name or not text.strip() or len(text) > LONGEST:
        raise Refusal("staff_saved_incomplete")
    if unknown:
        known = ", ".join("{" + blank + "}" for blank in BLANKS)
        raise Refusal("staff_saved_blank", isian="{" + unknown[0] + "}", daftar=known)
    if len(saved_answers.of_agencies(tx, (agency,))) >= MOST:
        raise Refusal("staff_saved_too_many", jumlah=MOST)
    saved_answers.keep(tx, agency=agency, name=name, text=text.strip(), by=officer.contact_id, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="keep_answer", detail=f"{agency} {name}".strip(), now=now)


def drop(tx: Tx, officer: Officer | None, name: str, now: datetime) -> None:
    """Use it no longer. Raises NotAllowed; Refusal when they have none with this name."""
    agency = _whose(officer)
    assert officer is not None
    if not saved_answers.end(tx, agency, name, now):
        raise Refusal("staff_saved_unknown", nama=name)
    audit.note(tx, contact_id=officer.contact_id, act="drop_answer", detail=f"{agency} {name}".strip(), now=now)


def _whose(officer: Officer | None) -> str:
    """The agency for which this person keeps words; "" for an administrator, whose are everybody's."""
    if officer is None or not officer.roles & WORKING:
        raise NotAllowed("")
    return "" if ADMINISTRATOR in officer.roles else min(officer.agencies)
