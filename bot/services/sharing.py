"""Handing one report to several agencies at once."""

from collections.abc import Sequence
from datetime import datetime

from bot.services import guards, parts
from bot.services.desk_moves import seen_by
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import ASSIGNED, hand_out
from bot.services.rights import Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx

LEAST = 2  # agencies; with one it is handed on as usual


def share(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    number: str,
    *,
    seen: str,
    agencies: Sequence[str],
    why: str,
    now: datetime,
) -> None:
    """A part for each agency; the reporter is told once who works on it. Raises Refusal for an agency that cannot have it.

    One that had a part before gets a new one only where that part is over.
    """
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, ASSIGNED, now)
    assert officer is not None
    if report.is_part:
        raise Refusal("staff_part_of_whole", nomor=number, induk=parts.whole(tx, report).number)
    busy = {part.agency for part in parts.of(tx, report) if office.city.statuses[part.status].open_for_office}
    wanted = [agency for agency in dict.fromkeys(agencies) if agency not in busy]
    if len(agencies) < LEAST or not wanted:
        raise Refusal("staff_share_needs_two", nomor=number)
    for agency in wanted:
        guards.check_owner(tx, office, report, agency, why, now)
    hand_out(tx, office, report, wanted, officer.contact_id, why, now)
