"""Taking answers from an SP4N-LAPOR! file into the reports: all of them, or none and every bad line with its reason.

The same file a second time changes nothing: an answer that a report has, and a number that it bears, are known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue.knowledge import SheetAnswer, SheetFacts, SheetFault
from bot.services import referrals as service
from bot.services.office import Office
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, referrals, reports
from storage.numbers import parse_number
from storage.tables import Referral, Report

TOGETHER = " / "  # between two numbers of one hand-over, such as a letter's and LAPOR!'s
SP4N = "sp4n"  # way of a referral


class SheetRefused(Exception):
    """An answers file has bad lines; nothing of it was kept."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        super().__init__(f"{len(faults)} lines cannot be taken")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Change:
    """What one line changes."""

    report: Report
    hop: Referral
    reference: str = ""  # new one; "" where it is known already
    words: str = ""  # new answer; "" where it is known already
    solved: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change, and why it may not."""

    changes: tuple[Change, ...]
    unchanged: int
    faults: tuple[SheetFault, ...]

    @property
    def answers(self) -> int:
        return sum(bool(change.words) for change in self.changes)

    @property
    def references(self) -> int:
        return sum(bool(change.reference) for change in self.changes)


@dataclass(slots=True)
class Seen:
    """What earlier lines of the same file told already."""

    owners: dict[str, str] = field(default_factory=dict)  # tracking number -> report
    words: set[tuple[int, str]] = field(default_factory=set)
    solved: set[int] = field(default_factory=set)
    numbers: dict[int, set[str]] = field(default_factory=dict)  # new ones of each report

    def note(self, report_id: int, words: str, numbers: Iterable[str], *, solved: bool) -> None:
        """Remember what a line told."""
        if words:
            self.words.add((report_id, words))
        if new := set(numbers):
            self.numbers[report_id] = new
        if solved:
            self.solved.add(report_id)


def plan(tx: Tx, office: Office, told: Sequence[SheetAnswer]) -> Plan:
    """Look at every line without changing anything."""
    changes, faults, unchanged = list[Change](), list[SheetFault](), 0
    seen = Seen()
    for each in told:
        found = _line(tx, office, each, seen)
        if isinstance(found, SheetFault):
            faults.append(found)
        elif found is None:
            unchanged += 1
        else:
            changes.append(found)
    return Plan(tuple(changes), unchanged, tuple(faults))


def facts_of(tx: Tx, office: Office, told: tuple[SheetAnswer, ...], faults: tuple[SheetFault, ...]) -> SheetFacts:
    """What a sheet would change, for a turn that decides about it."""
    if faults:
        return SheetFacts(told, faults=faults)
    wanted = plan(tx, office, told)
    return SheetFacts(told, wanted.answers, wanted.references, wanted.unchanged, wanted.faults)


def take_sheet(tx: Tx, office: Office, officer: Officer | None, told: Sequence[SheetAnswer], now: datetime) -> None:
    """An administrator brings answers of outside agencies. Raises NotAllowed and SheetRefused."""
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed("sp4n")
    take_answers(tx, office, told, officer.contact_id, now)


def take_answers(tx: Tx, office: Office, told: Sequence[SheetAnswer], by: int | None, now: datetime) -> Plan:
    """Keep every answer and number that is new; the reporters read them. Raises SheetRefused, and then nothing was kept."""
    wanted = plan(tx, office, told)
    if wanted.faults:
        raise SheetRefused(wanted.faults)
    for change in wanted.changes:
        if change.reference:
            referrals.set_reference(tx, change.hop, change.reference)
            tx.session.refresh(change.hop)
        if change.words:
            service.take_answer(tx, office, change.report, change.hop, change.words, by, done=change.solved, now=now)
        audit.note(tx, contact_id=by, act="sp4n_import", report_id=change.report.id, detail=change.reference, now=now)
    return wanted


def _line(tx: Tx, office: Office, told: SheetAnswer, seen: Seen) -> Change | SheetFault | None:
    report = _report(tx, office, told)
    if isinstance(report, SheetFault):
        return report
    for number in _numbers(told.tracking):
        if seen.owners.setdefault(number, report.number) != report.number:
            return _fault(told, "staff_sheet_tracking_twice", nomor=seen.owners[number], lacak=number)
    hops = referrals.of_report(tx, report)
    if not hops:
        return _fault(told, "staff_sheet_not_referred", nomor=report.number)
    words = told.words.strip()[: service.LONGEST_TEXT]
    if (report.id, words) in seen.words or words in _known_words(tx, hops):
        words = ""
    known = {number for hop in hops for number in _numbers(hop.reference)} | seen.numbers.get(report.id, set())
    tracking = TOGETHER.join(number for number in _numbers(told.tracking) if number not in known)
    if not words and not tracking:
        return None
    if report.id in seen.solved:
        return _fault(told, "staff_sheet_ended", nomor=report.number)
    if tracking and seen.numbers.get(report.id):
        return _fault(told, "staff_sheet_other_tracking", nomor=report.number, lacak=", ".join(seen.numbers[report.id]))
    found = _change(tx, told, report, words, tracking)
    if isinstance(found, Change):
        seen.note(report.id, words, _numbers(tracking), solved=found.solved)
    return found


def _numbers(tracking: str) -> tuple[str, ...]:
    """The numbers that one hand-over bears, such as a letter's and LAPOR!'s."""
    return tuple(number for part in tracking.split(TOGETHER) if (number := part.strip()))


def _known_words(tx: Tx, hops: Sequence[Referral]) -> set[str]:
    return {"", *(referrals.text_of(tx, said) for hop in hops for said in referrals.answers_of(tx, hop))}


def _change(tx: Tx, told: SheetAnswer, report: Report, words: str, tracking: str) -> Change | SheetFault:
    hop = referrals.open_of(tx, report)
    if hop is None:
        return _fault(told, "staff_sheet_ended", nomor=report.number)
    if tracking:
        if (other := _owner(tx, tracking)) and other.id != report.id:
            return _fault(told, "staff_sheet_tracking_twice", nomor=other.number, lacak=tracking)
        if hop.reference and hop.way == SP4N:
            return _fault(told, "staff_sheet_other_tracking", nomor=report.number, lacak=hop.reference)
        tracking = f"{hop.reference}{TOGETHER}{tracking}" if hop.reference else tracking
    return Change(report, hop, tracking, words, told.solved and bool(words))


def _report(tx: Tx, office: Office, told: SheetAnswer) -> Report | SheetFault:
    """The report of a line: by our number, else by the tracking number that one of its hand-overs bears."""
    if not told.number:
        found = _owner(tx, told.tracking) if told.tracking else None
        return found or _fault(told, "staff_sheet_no_number" if not told.tracking else "staff_sheet_unknown_tracking",
                               lacak=told.tracking)  # fmt: skip
    mention = parse_number(told.number, office.city.number_prefix)
    if mention is None or not mention.valid:
        return _fault(told, "staff_sheet_bad_number", nomor=told.number[:40])
    report = reports.by_number(tx, mention.number)
    return report or _fault(told, "staff_sheet_unknown_number", nomor=mention.number)


def _owner(tx: Tx, tracking: str) -> Report | None:
    """The report of which a hand-over bears one of these numbers; the newest where there are several."""
    for number in _numbers(tracking):
        hops = [hop for hop in referrals.bearing(tx, number) if number in _numbers(hop.reference)]
        if hops:
            return reports.by_id(tx, hops[-1].report_id)
    return None


def _fault(told: SheetAnswer, code: str, **values: str) -> SheetFault:
    return SheetFault(told.line, code, tuple(values.items()))
