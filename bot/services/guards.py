"""What a move needs beside being legal (statuses.yaml, ``requires`` and guards). Checked here, whatever the talk has asked."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import Officer
from bot.staff.commands import ADMINISTRATOR, DEPUTY, NARAHUBUNG
from storage import Tx, media, people, referrals
from storage import reports as kept
from storage.tables import Evidence, Report

GIVEN, DONE = "didisposisikan", "menunggu_konfirmasi"
REOPENED, REFERRED, CLOSED = "dibuka_kembali", "diteruskan", "ditutup"
CHECKED, WORKING = "terverifikasi", "diproses"
CHASES_TO_ESCALATE = 3  # statuses.yaml, diteruskan
DAYS_TO_REOPEN = 30  # statuses.yaml, {hari} of ditutup
PICTURES, PAPERS = frozenset({"photo", "video"}), frozenset({"photo", "video", "document"})
MOST_RETURNS = 2  # statuses.yaml, guard of didisposisikan -> terverifikasi
SITE_CHECK_FROM = 3  # statuses.yaml, effect of dibuka_kembali
GENERAL = frozenset({CHECKED, GIVEN, WORKING, DONE})
"""Moves that need no more than a note, an agency or proof; the others have a command of their own."""


def check_general(to: str, number: str) -> None:
    """Raises Refusal for a move that needs more than this: a date, a receiver, a parent."""
    if to not in GENERAL:
        raise Refusal("staff_move_needs_command", nomor=number)


def check_result(tx: Tx, office: Office, report: Report, note: str, evidence: Collection[int]) -> None:
    """Raises Refusal unless the result is told, and shown as the category asks: in words, by a photo, by a document.

    What an outside agency answered is a result without a picture: it cannot be made to send one.
    """
    if not note.strip():
        raise Refusal("staff_result_needed", nomor=report.number)
    proof = office.city.categories[report.category].proof
    if proof == "text" or report.status == REFERRED:
        return
    wanted = PICTURES if proof == "photo" else PAPERS
    given = {row.id for row in proofs_of(tx, report)} | set(evidence)
    kinds = {media.by_id(tx, row).kind for row in given if media.by_id(tx, row).state != "failed"}
    if not kinds & wanted:
        raise Refusal(f"staff_proof_needed_{proof}", nomor=report.number)


def check_owner(tx: Tx, office: Office, report: Report, agency: str, note: str, now: datetime) -> None:
    """Raises Refusal unless the report can be handed to this agency: one of the city's, with somebody who reads it.

    After two returns it is the secretariat's decision that is written down, and after a third reopening what was seen on site.
    """
    owner = office.city.agencies.get(agency)
    if owner is None or not owner.inside_city:
        raise Refusal("staff_refer_instead", nomor=report.number)
    if not has_contact_person(tx, office, agency, now):
        raise Refusal("staff_no_contact_person", nomor=report.number, opd=owner.short, id=owner.id)
    if report.is_part and (sibling := _has_part(tx, office, report, agency)):
        raise Refusal("staff_part_has_owner", nomor=report.number, opd=owner.short, bagian=sibling.number)
    if report.times_returned >= MOST_RETURNS and not note.strip():
        raise Refusal("staff_setda_decides", nomor=report.number, opd=owner.id)
    if report.times_reopened >= SITE_CHECK_FROM and report.status == REOPENED and not note.strip():
        raise Refusal("staff_site_check_needed", nomor=report.number, opd=owner.id)


def _has_part(tx: Tx, office: Office, part: Report, agency: str) -> Report | None:
    """Another part of the same whole that this agency works on."""
    theirs = [each for each in kept.parts_of(tx, part.parent_id or 0) if each.agency == agency and each.id != part.id]
    return next((each for each in theirs if office.city.statuses[each.status].open_for_office), None)


def has_contact_person(tx: Tx, office: Office, agency: str, now: datetime) -> bool:
    """Whether a narahubung of the agency, or their deputy, is active."""
    return office.played or bool(
        people.staff_for(tx, NARAHUBUNG, agency, now) or people.staff_for(tx, DEPUTY, agency, now)
    )


def proofs_of(tx: Tx, report: Report) -> list[Evidence]:
    """Files that show the result of the present claim: those that came after the last one was refused."""
    refused = [step.at for step in kept.history(tx, report.id) if step.to_status == REOPENED]
    rows = [row for row in media.of_report(tx, report.id) if row.purpose == "result"]
    return [row for row in rows if not refused or row.created_at > refused[-1]]


def may_schedule(office: Office, report: Report) -> bool:
    """Whether the city lets this be put off: by its sub-category, or, while that is open, by any of its category's."""
    subs = office.city.categories[report.category].subs
    known = subs.get(report.sub_category)
    return known.may_schedule if known else any(sub.may_schedule for sub in subs.values())


def possible(tx: Tx, office: Office, officer: Officer, report: Report, now: datetime) -> tuple[str, ...]:
    """Where this person can move the report now: what the table allows them, and no guard of the city forbids."""
    moves = office.lifecycle.moves(report.status, officer.acts_as(report))
    return tuple(move for move in moves if bar(tx, office, officer, report, move, now) is None)


def check(tx: Tx, office: Office, officer: Officer, report: Report, to: str, now: datetime) -> None:
    """Raises the Refusal that says what stands against a legal move."""
    if refusal := bar(tx, office, officer, report, to, now):
        raise refusal


def bar(tx: Tx, office: Office, officer: Officer, report: Report, to: str, now: datetime) -> Refusal | None:
    """What stands against a legal move of this person for now, whatever they add to it; None for nothing."""
    if shared := _bar_of_parts(tx, office, report, to):
        return shared
    of_agency, number = ADMINISTRATOR not in officer.roles, report.number
    match to:
        case "dijadwalkan" if report.status == GIVEN and not may_schedule(office, report):
            return Refusal("staff_may_not_schedule", nomor=number)
        case "dijadwalkan" if of_agency and _was(tx, report, to):
            return Refusal("staff_second_date", nomor=number)
        case "perlu_dilengkapi" if of_agency and _was(tx, report, to, by=NARAHUBUNG):
            return Refusal("staff_asked_before", nomor=number)
        case "terverifikasi" if _returned_enough(officer, report):
            return Refusal("staff_returned_twice", nomor=number)
        case "ditutup" if report.status == REFERRED:
            return _bar_of_silence(tx, report)
        case "dibuka_kembali" if report.status == CLOSED and too_late_to_reopen(report, now):
            return Refusal("staff_reopen_too_late", nomor=number, hari=DAYS_TO_REOPEN)
    return None


def _bar_of_parts(tx: Tx, office: Office, report: Report, to: str) -> Refusal | None:
    """What several agencies solve is moved by its parts: as a whole it is only handed out, or taken back before a part is done."""
    if report.is_part or to in (GIVEN, REOPENED):
        return None
    parts, statuses = kept.parts_of(tx, report.id), office.city.statuses
    live = [part for part in parts if statuses[part.status].open_for_office]
    if to == CHECKED and len(live) == len(parts):
        return None
    if not parts or (not live and to != WORKING):
        return None
    named = ", ".join(f"{part.number} ({_short(office, part.agency)})" for part in parts)
    return Refusal("staff_has_parts", nomor=report.number, bagian=named)


def _short(office: Office, agency: str) -> str:
    return office.city.agencies[agency].short if agency else "-"


def _bar_of_silence(tx: Tx, report: Report) -> Refusal | None:
    """A referral ends unanswered only when its receiver was asked three times in vain."""
    hop = referrals.open_of(tx, report)
    if hop is None:
        return Refusal("staff_no_referral", nomor=report.number)
    few = hop.chases < CHASES_TO_ESCALATE
    wanted = {"nomor": report.number, "kali": hop.chases, "perlu": CHASES_TO_ESCALATE}
    return Refusal("staff_close_too_early", **wanted) if few else None


def _returned_enough(officer: Officer, report: Report) -> bool:
    """After the second return by its agency the city's secretariat decides whose it is, and whom it names keeps it."""
    return report.status == GIVEN and NARAHUBUNG in officer.acts_as(report) and report.times_returned >= MOST_RETURNS


def too_late_to_reopen(report: Report, now: datetime) -> bool:
    """Whether a closed report was closed longer ago than its news promised."""
    return now > report.status_since + timedelta(days=DAYS_TO_REOPEN)


def _was(tx: Tx, report: Report, status: str, *, by: str = "") -> bool:
    return any(step.to_status == status and by in ("", step.actor) for step in kept.history(tx, report.id))
