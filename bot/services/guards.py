"""What a move needs beside being legal (statuses.yaml, ``requires`` and guards). Checked here, whatever the talk has asked."""

from collections.abc import Collection
from datetime import datetime

from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.staff.commands import DEPUTY, NARAHUBUNG
from storage import Tx, media, people
from storage import reports as kept
from storage.tables import Evidence, Report

GIVEN, SCHEDULED, DONE = "didisposisikan", "dijadwalkan", "menunggu_konfirmasi"
REOPENED, REFERRED = "dibuka_kembali", "diteruskan"
PICTURES, PAPERS = frozenset({"photo", "video"}), frozenset({"photo", "video", "document"})
MOST_RETURNS = 2  # statuses.yaml, guard of didisposisikan -> terverifikasi
SITE_CHECK_FROM = 3  # statuses.yaml, effect of dibuka_kembali
GENERAL = frozenset({"terverifikasi", "didisposisikan", "diproses", DONE})
"""Moves that need no more than a note, an agency or proof; the others have a command of their own."""


def check_general(to: str, number: str) -> None:
    """Raises Refusal for a move that needs more than this: a date (where it may be put off at all), a receiver, a parent."""
    if to == SCHEDULED:
        raise Refusal("staff_may_not_schedule", nomor=number)
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
    if report.times_returned >= MOST_RETURNS and not note.strip():
        raise Refusal("staff_setda_decides", nomor=report.number, opd=owner.id)
    if report.times_reopened >= SITE_CHECK_FROM and report.status == REOPENED and not note.strip():
        raise Refusal("staff_site_check_needed", nomor=report.number, opd=owner.id)


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


def possible(office: Office, report: Report, moves: Collection[str]) -> tuple[str, ...]:
    """Of the legal moves those that the city's guards do not forbid for this report."""
    put_off = report.status != GIVEN or may_schedule(office, report)
    return tuple(move for move in moves if move != SCHEDULED or put_off)
