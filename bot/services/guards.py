"""What a move needs beside being legal (statuses.yaml, ``requires`` and guards). Checked here, whatever the talk has asked."""

from collections.abc import Collection

from bot.services.office import Office
from bot.services.refusals import Refusal
from storage import Tx, media
from storage import reports as kept
from storage.tables import Evidence, Report

GIVEN, SCHEDULED, DONE = "didisposisikan", "dijadwalkan", "menunggu_konfirmasi"
REOPENED, REFERRED = "dibuka_kembali", "diteruskan"
PICTURES, PAPERS = frozenset({"photo", "video"}), frozenset({"photo", "video", "document"})
GENERAL = frozenset({"terverifikasi", "didisposisikan", "diproses", DONE})
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
