"""What happens to a filed report: added to, answered, moved on. Each function also lets those concerned know."""

from collections.abc import Collection
from datetime import datetime

from bot.services import area_news, clocks, guards, notifications, parts, staff_news, witnessing
from bot.services.filing import JOINED, UnknownReport
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer, one_actor
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, audit, media, notes, people, referrals
from storage import reports as kept
from storage.lifecycle import IllegalMove
from storage.moves import StatusMoved
from storage.tables import Conversation, Report, StatusChange

REFERRED = "diteruskan"
OFFICERS = frozenset({ADMINISTRATOR, NARAHUBUNG})
WORKING, SITE_CHECK = "diproses", "periksa_lapangan"  # the second: statuses.yaml, a variant of dibuka_kembali
ASSIGNED, WAITING, CLOSED, REOPENED = "didisposisikan", "menunggu_konfirmasi", "ditutup", "dibuka_kembali"


# ---------------------------------------------------------------- by its reporter


def own(tx: Tx, conversation: Conversation, number: str) -> Report:
    """A report of the person of this conversation. Raises UnknownReport for anybody else's."""
    report = kept.by_number(tx, number)
    address = people.address_of(tx, conversation)
    if report is None or report.contact_id not in people.same_person(tx, address.contact_id):
        raise UnknownReport(number)
    return report


def answer_closing(
    tx: Tx, office: Office, conversation: Conversation, number: str, *, solved: bool, now: datetime
) -> None:
    """The reporter says whether it is solved. A supporter's "not yet" reopens the report that theirs was joined to."""
    report = own(tx, conversation, number)
    answered = kept.by_id(tx, report.parent_id) if report.status == JOINED and report.parent_id else report
    if solved and answered is not report:
        note_of_supporter(tx, answered, report, now)
    elif solved:
        make_step(tx, office, answered, CLOSED, actor="pelapor", contact_id=report.contact_id, now=now)
        staff_news.tell_owner(tx, office, answered, "staff_news_closed", f"closed:{answered.id}:{now.isoformat()}", now)
    else:
        reopen(tx, office, answered, contact_id=report.contact_id, now=now)


def note_of_supporter(tx: Tx, parent: Report, supporter: Report, now: datetime) -> None:
    """A supporter's "solved" stands beside the reporter's answer, never instead of it."""
    assert parent.id is not None
    notes.add_note(
        tx,
        parent.id,
        f"{supporter.number}: sudah",
        actor="pelapor",
        contact_id=supporter.contact_id,
        internal=True,
        now=now,
    )
    audit.note(tx, contact_id=supporter.contact_id, act="supporter_solved", report_id=parent.id, now=now)


def reopen(tx: Tx, office: Office, report: Report, *, contact_id: int, now: datetime) -> None:
    """Not solved: reopened at once with higher priority, and back to the agency that owned it.

    A closed report only as long as its news promised. From the third time an administrator has it looked at on site first.
    Raises IllegalMove.
    """
    if report.status == CLOSED and guards.too_late_to_reopen(report, now):
        raise IllegalMove(CLOSED, REOPENED, ())
    times = report.times_reopened + 1
    on_site = times >= guards.SITE_CHECK_FROM
    make_step(
        tx, office, report, REOPENED, actor="pelapor", contact_id=contact_id, now=now,
        reason=SITE_CHECK if on_site else "",
    )  # fmt: skip
    raised = _raised(office, report.priority)
    kept.correct(tx, report, now, priority=raised, times_reopened=times, needs_check=report.needs_check or on_site)
    witnessing.ask_disputed(tx, office, report, now)
    if on_site:
        key = f"site_check:{report.id}:{now.isoformat()}"
        staff_news.tell_deciders(tx, office, report, "staff_news_site_check", key, now)
        return
    assign_again(tx, office, report, now)


def assign_again(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """What was opened again goes to the agency that had it, which hears of it."""
    if kept.supporters(tx, report.id) and report.agency:
        key = f"disputed:{report.id}:{now.isoformat()}"
        staff_news.tell_administrators(tx, office, report, "staff_news_disputed", key, now)
    if parts.reopen(tx, office, report, now, make_step):
        make_step(
            tx, office, report, ASSIGNED, actor="sistem", contact_id=None, now=now, quiet=True, reason=parts.SPLIT
        )
        return
    if report.agency:
        make_step(tx, office, report, ASSIGNED, actor="sistem", contact_id=None, now=now, quiet=True)
    staff_news.tell_owner(tx, office, report, "staff_news_reopened", f"reopened:{report.id}:{now.isoformat()}", now)


def _raised(office: Office, priority: str) -> str:
    """One level up, but never an emergency: that is for danger now."""
    levels = [level.id for level in office.city.priorities]
    return levels[max(1, levels.index(priority) - 1)]


# ---------------------------------------------------------------- by staff


def for_staff(tx: Tx, office: Office, officer: Officer | None, number: str) -> Report:
    """A report that this member of staff may see. Raises UnknownReport and NotAllowed."""
    report = kept.by_number(tx, number)
    if report is None:
        raise UnknownReport(number)
    if officer is None or not officer.may_see(office.city, report):
        raise NotAllowed(number)
    return report


def correct_category(
    tx: Tx, office: Office, officer: Officer | None, number: str, category: str, now: datetime
) -> None:
    """An administrator sets the category right, and with it what the words tell within it; the time for checking stays."""
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if "administrator" not in officer.acts_as(report):
        raise NotAllowed(number)
    detail = f"{report.category} -> {category}"
    sub = office.sub_category_of(kept.description_of(tx, report), category)
    kept.correct(tx, report, now, category=category, category_confidence=1.0, sub_category=sub)
    audit.note(tx, contact_id=officer.contact_id, act="correct_category", report_id=report.id, detail=detail, now=now)


def move(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    number: str,
    to: str,
    *,
    seen: str,
    note: str = "",
    agency: str = "",
    evidence: Collection[int] = (),
    now: datetime,
) -> None:
    """Move a report on and let everybody concerned know.

    Raises UnknownReport, NotAllowed, StatusMoved when it is no longer where they saw it, IllegalMove with the legal moves.
    """
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    assert report.id is not None
    actors = officer.acts_as(report)
    if report.status != seen:
        raise StatusMoved(number, report.status)
    if not actors:
        raise NotAllowed(number)
    office.lifecycle.check(report.status, to, actors)
    guards.check(tx, office, officer, report, to, now)
    guards.check_general(to, number)
    if to == WORKING and not note.strip():
        raise Refusal("staff_note_needed", nomor=number)
    if to == WAITING:
        guards.check_result(tx, office, report, note, evidence)
    if to == ASSIGNED:
        guards.check_owner(tx, office, report, agency, note, now)
        if parts.of(tx, report):
            hand_out(tx, office, report, (agency,), officer.contact_id, note, now)
            return
        kept.assign(tx, report, agency, officer.contact_id, note, now)
    results = tuple(evidence)
    media.attach(tx, results, report.id)
    actor = one_actor(actors & may_make(office, report.status, to))
    told = "" if to == ASSIGNED else note  # why it goes to that agency is for the office
    make_step(tx, office, report, to, actor=actor, contact_id=officer.contact_id, note=told, now=now)
    audit.note(tx, contact_id=officer.contact_id, act=f"move:{to}", report_id=report.id, detail=note, now=now)
    if to == ASSIGNED:
        staff_news.tell_owner(tx, office, report, "staff_news_assigned", f"assigned:{report.id}:{now.isoformat()}", now)


def hand_out(
    tx: Tx, office: Office, report: Report, agencies: Collection[str], by: int, why: str, now: datetime
) -> None:
    """A part for each agency; the reporter is told once who works on the whole."""
    kept.release(tx, report, now)
    parts.begin(tx, office, report, tuple(agencies), by, why, now, make_step)
    make_step(tx, office, report, ASSIGNED, actor=ADMINISTRATOR, contact_id=by, now=now, reason=parts.SPLIT)
    audit.note(tx, contact_id=by, act="share", report_id=report.id, detail=", ".join(agencies), now=now)


def add_proof(tx: Tx, office: Office, officer: Officer | None, number: str, evidence: int, now: datetime) -> None:
    """One more picture of the result, by those who said that it is done. Raises UnknownReport and NotAllowed."""
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if not officer.acts_as(report):
        raise NotAllowed(number)
    media.attach(tx, (evidence,), report.id)
    audit.note(tx, contact_id=officer.contact_id, act="proof", report_id=report.id, detail=str(evidence), now=now)


def may_make(office: Office, from_status: str, to: str) -> frozenset[str]:
    """Who may make this move, by the city's table."""
    return frozenset().union(
        *(move.by for move in office.city.transitions if move.from_ == from_status and move.to == to)
    )


def make_step(
    tx: Tx,
    office: Office,
    report: Report,
    to: str,
    *,
    actor: str,
    contact_id: int | None,
    now: datetime,
    note: str = "",
    reason: str = "",
    quiet: bool = False,
    scheduled: datetime | None = None,
) -> StatusChange:
    """One step: legal, written into the history, its clocks set, its news owed (``quiet``: the step before it said enough).

    ``scheduled`` is the promised date of a report that is put on a schedule.
    """
    office.lifecycle.check(report.status, to, {actor})
    earlier = kept.history(tx, _id(report))
    closed_at = None if office.city.statuses[to].open else now
    change = kept.record_change(
        tx,
        report,
        to,
        actor=actor,
        contact_id=contact_id,
        agency=report.agency,
        reason=reason,
        note=note,
        at=now,
        closed_at=closed_at,
        scheduled_for=scheduled,
    )
    if actor not in OFFICERS:  # what staff do is written down where they do it, with what they meant
        audit.note(tx, contact_id=contact_id, act=f"{actor}:{to}", report_id=report.id, detail=reason, now=now)
    if change.from_status == REFERRED != to:
        referrals.end_open(tx, report, to, now)
    clocks.follow(tx, office, report, now, scheduled=scheduled)
    notifications.drop_moved_promises(tx, report, now)
    notifications.drop_waiting_news(tx, office, report, earlier, now)
    notifications.let_out(tx, office, report, earlier, now)
    if not report.is_part:
        area_news.tell_solved(tx, office, report, change)
    if not quiet:
        notifications.tell_reporters(tx, office, report, change, but_not=contact_id if actor == "pelapor" else None)
    parts.follow(tx, office, report, change, now, make_step)
    return change


def _id(report: Report) -> int:
    assert report.id is not None
    return report.id


__all__ = [
    "IllegalMove",
    "NotAllowed",
    "StatusMoved",
    "UnknownReport",
    "add_proof",
    "answer_closing",
    "assign_again",
    "correct_category",
    "for_staff",
    "make_step",
    "may_make",
    "move",
    "own",
    "reopen",
]
