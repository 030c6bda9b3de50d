"""A report that several agencies solve together: a part for each, with a number and due times of its own for the office.

Its reporter knows one number. The report follows its parts: taken on with the first, said to be done when all are.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.services import clocks, staff_news
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, deadlines, media, numbers
from storage import reports as kept
from storage.moves import UNDONE
from storage.tables import Report, StatusChange

RECEIVED, CHECKED, GIVEN, WORKING = "diterima", "terverifikasi", "didisposisikan", "diproses"
DONE, CLOSED, REOPENED, WITHDRAWN = "menunggu_konfirmasi", "ditutup", "dibuka_kembali", "dibatalkan"
SPLIT = "dibagi"
"""Why a report is with several agencies."""
COPIED = (
    "contact_id", "conversation_id", "kind", "category", "category_confidence", "sub_category", "priority", "privacy",
    "language", "place_words", "place_words_sealed", "place_name", "kelurahan", "kecamatan", "kota_kab", "lat", "lon",
    "road_authority", "road_authority_basis", "place_confidence", "city_version", "channel",
)  # fmt: skip
Step = Callable[..., StatusChange]
"""`reports.make_step`, which calls `follow`."""


def of(tx: Tx, report: Report) -> list[Report]:
    """The parts of a report, oldest first; none for a part, and for a report that one agency solves."""
    return [] if report.is_part else kept.parts_of(tx, report.id)


def whole(tx: Tx, report: Report) -> Report:
    """The report that its reporter knows."""
    return kept.by_id(tx, report.parent_id) if report.is_part and report.parent_id else report


def begin(
    tx: Tx, office: Office, report: Report, agencies: Sequence[str], by: int, why: str, now: datetime, step: Step
) -> list[Report]:
    """A part for each of these agencies, handed to it; each agency hears of its own."""
    made = []
    for agency in agencies:
        part = _open(tx, office, report, by, now)
        step(tx, office, part, CHECKED, actor="administrator", contact_id=by, now=now, quiet=True)
        kept.assign(tx, part, agency, by, why, now)
        step(tx, office, part, GIVEN, actor="administrator", contact_id=by, now=now, quiet=True, reason=SPLIT)
        staff_news.tell_owner(tx, office, part, "staff_news_assigned", f"assigned:{part.id}:{now.isoformat()}", now)
        made.append(part)
    return made


def take_back(tx: Tx, office: Office, report: Report, made_at: datetime, by: int, now: datetime) -> None:
    """The parts that were made at that moment are void; their agencies hear of it. Raises Refusal when one of them has gone on."""
    made = [part for part in of(tx, report) if part.created_at == made_at]
    for part in made:
        if part.status != GIVEN or part.status_since != made_at:
            raise Refusal("staff_part_went_on", nomor=part.number, opd=office.city.agencies[part.agency].short)
    for part in made:
        staff_news.tell_owner(tx, office, part, "staff_news_undone", f"undone:part:{part.id}", now)
    _make_void(tx, made, by, now)
    for part in made:
        audit.note(tx, contact_id=by, act="undo", report_id=part.id, detail=f"move:{GIVEN}", now=now)


def take_home(tx: Tx, office: Office, report: Report, by: int, key: str, now: datetime) -> None:
    """The whole is nobody's any longer: what agencies have of it is void, and each of them hears of it."""
    shared = of(tx, report)
    for part in shared:
        staff_news.tell_owner(tx, office, part, "staff_news_taken", f"{key}:{part.id}", now)
    _make_void(tx, shared, by, now)
    for part in shared:
        audit.note(tx, contact_id=by, act="return", report_id=part.id, detail=report.number, now=now)


def _make_void(tx: Tx, made: Sequence[Report], by: int, now: datetime) -> None:
    for part in made:
        kept.record_change(
            tx,
            part,
            WITHDRAWN,
            actor=ADMINISTRATOR,
            contact_id=by,
            agency=part.agency,
            reason=UNDONE,
            at=now,
            closed_at=now,
        )
        deadlines.end(tx, part.id, None, deadlines.VOID, now)
        kept.release(tx, part, now)


def _open(tx: Tx, office: Office, report: Report, by: int, now: datetime) -> Report:
    number = numbers.draw_number(tx, office.city.number_prefix, office.today(now))
    part = kept.open_report(
        tx, actor="administrator", number=number, status=RECEIVED, created_at=now, parent_id=report.id, is_part=True,
        description=kept.description_of(tx, report), **{name: getattr(report, name) for name in COPIED},
    )  # fmt: skip
    clocks.begin(tx, office, part, now)
    return part


def follow(tx: Tx, office: Office, moved: Report, change: StatusChange, now: datetime, step: Step) -> None:
    """A part moved, or a report that has parts: the others go along."""
    if moved.is_part:
        _whole_follows(tx, office, moved, change, now, step)
    elif moved.status == CLOSED:
        for part in of(tx, moved):
            if part.status == DONE:
                step(
                    tx, office, part, CLOSED, actor=change.actor, contact_id=change.contact_id, now=now,
                    reason=change.reason, quiet=True,
                )  # fmt: skip
    elif moved.status == GIVEN and of(tx, moved):
        deadlines.end(tx, moved.id, None, deadlines.VOID, now)  # each part has its own


def _whole_follows(tx: Tx, office: Office, part: Report, change: StatusChange, now: datetime, step: Step) -> None:
    report, statuses = whole(tx, part), office.city.statuses
    parts = of(tx, report)
    if report.status == DONE and part.status == WORKING:  # the proof of one does not show the result
        step(
            tx,
            office,
            report,
            WORKING,
            actor=ADMINISTRATOR,
            contact_id=change.contact_id,
            now=now,
            quiet=True,
            reason=SPLIT,
        )
        deadlines.end(tx, report.id, None, deadlines.VOID, now)
        return
    if part.status == DONE:
        deadlines.end(tx, part.id, None, deadlines.VOID, now)  # the reporter is asked about the whole
    if report.status not in (GIVEN, WORKING):
        return
    by = {"actor": "narahubung", "contact_id": change.contact_id, "now": now}
    over = [each for each in parts if not statuses[each.status].open_for_office]
    if len(over) == len(parts) and any(each.status == DONE for each in parts):
        step(tx, office, report, DONE, note=_results(tx, office, parts), reason=SPLIT, **by)
    elif report.status == GIVEN and part.status in (WORKING, "dijadwalkan", DONE):
        step(tx, office, report, WORKING, quiet=True, reason=SPLIT, **by)
        deadlines.end(tx, report.id, None, deadlines.VOID, now)


def _results(tx: Tx, office: Office, parts: Sequence[Report]) -> str:
    """What each agency says that it did."""
    told = []
    for part in parts:
        said = [kept.note_of(tx, step) for step in kept.history(tx, part.id) if step.to_status == DONE]
        if said:
            told.append(f"{office.city.agencies[part.agency].short}: {said[-1].rstrip('. ')}")
    return "; ".join(told)


def reopen(tx: Tx, office: Office, report: Report, now: datetime, step: Step) -> bool:
    """The whole was not solved: every part that said so goes on; False for a report without parts."""
    again = [part for part in of(tx, report) if part.status in (DONE, CLOSED)]
    for part in again:
        step(tx, office, part, REOPENED, actor="pelapor", contact_id=report.contact_id, now=now, quiet=True)
        kept.correct(tx, part, now, priority=report.priority, times_reopened=part.times_reopened + 1)
        step(tx, office, part, GIVEN, actor="sistem", contact_id=None, now=now, quiet=True)
        key = f"reopened:{part.id}:{now.isoformat()}"
        staff_news.tell_owner(tx, office, part, "staff_news_reopened", key, now)
    return bool(again)


def owners(tx: Tx, report: Report) -> list[str]:
    """The agencies of the parts of a report."""
    return [part.agency for part in of(tx, report) if part.agency]


def pictures(tx: Tx, report: Report) -> list[int]:
    """Files of the result of every part, the newest last."""
    rows = [row for part in of(tx, report) for row in media.of_report(tx, part.id)]
    return [row.id for row in rows if row.purpose == "result" and row.kind == "photo"]
