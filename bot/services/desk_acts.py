"""Doing what a turn of the staff talk wants done beside moving a report on."""

from datetime import datetime, timedelta

from bot.dialogue import effects
from bot.services import (
    asking,
    closing,
    correcting,
    desk_moves,
    referrals,
    remarks,
    saved_answers,
    scheduling,
    sharing,
    staffing,
    undoing,
)
from bot.services.office import Office
from bot.services.rights import Officer
from storage import Tx


def act(tx: Tx, office: Office, officer: Officer | None, effect: effects.DeskEffect, now: datetime) -> None:
    """Do one thing; the services raise what may not be done."""
    match effect:
        case effects.RemarkOnReport(number, words):
            remarks.remark(tx, office, officer, number, words, now)
        case effects.ReferReport(number, seen, agency, receiver, reason, way, reference, token):
            referrals.refer(
                tx, office, officer, number, seen=seen, agency=agency, receiver=receiver, reason=reason, way=way,
                reference=reference, token=token, now=now,
            )  # fmt: skip
        case effects.RecordAnswer(number, words, evidence):
            referrals.record_answer(tx, office, officer, number, words, evidence, now)
        case effects.RenewLink(number, ""):
            referrals.revoke_link(tx, office, officer, number, now)
        case effects.RenewLink(number, token):
            referrals.renew_link(tx, office, officer, number, token, now)
        case effects.CloseByStaff(number, seen, why):
            closing.close_by_staff(tx, office, officer, number, seen=seen, why=why, now=now)
        case _:
            _of_the_person(tx, office, officer, effect, now)


def _of_the_person(
    tx: Tx, office: Office, officer: Officer | None, effect: effects.OfThePerson | effects.DeskMove, now: datetime
) -> None:
    match effect:
        case effects.InviteStaff(code, role, agency, seconds):
            staffing.invite_by(tx, office.city, officer, code, role, agency, timedelta(seconds=seconds), now)
        case effects.LeaveStaff():
            staffing.leave(tx, officer, now)
        case effects.KeepAnswer(name, text):
            saved_answers.keep(tx, officer, name, text, now)
        case effects.DropAnswer(name):
            saved_answers.drop(tx, officer, name, now)
        case _:
            _move(tx, office, officer, effect, now)


def _move(tx: Tx, office: Office, officer: Officer | None, effect: effects.DeskMove, now: datetime) -> None:
    match effect:
        case effects.ArchiveReport(number, seen, reason):
            desk_moves.archive(tx, office, officer, number, seen=seen, reason=reason, now=now)
        case effects.ReturnReport(number, seen, agency, why):
            desk_moves.give_back(tx, office, officer, number, seen=seen, agency=agency, why=why, now=now)
        case effects.JoinReports(number, seen, parent):
            desk_moves.join(tx, office, officer, number, seen=seen, parent=parent, now=now)
        case effects.SplitReport(number, seen):
            desk_moves.split_off(tx, office, officer, number, seen=seen, now=now)
        case _:
            _hand_on(tx, office, officer, effect, now)


def _hand_on(tx: Tx, office: Office, officer: Officer | None, effect: effects.DeskMove, now: datetime) -> None:
    match effect:
        case effects.CorrectFacts(number, kind, privacy, place, words, theirs):
            correcting.correct(
                tx, office, officer, number, kind=kind, privacy=privacy, place=place, place_words=words, theirs=theirs,
                now=now,
            )  # fmt: skip
        case effects.ShareReport(number, seen, agencies, why):
            sharing.share(tx, office, officer, number, seen=seen, agencies=agencies, why=why, now=now)
        case effects.UndoStep(number, seen):
            undoing.undo(tx, office, officer, number, seen=seen, now=now)
        case effects.OpenAgain(number, seen, why):
            desk_moves.open_again(tx, office, officer, number, seen=seen, why=why, now=now)
        case effects.CallEmergency(number, seen, why):
            desk_moves.to_emergency(tx, office, officer, number, seen=seen, why=why, now=now)
        case effects.AskReporter(number, seen, part, words):
            asking.ask_reporter(tx, office, officer, number, seen=seen, part=part, words=words, now=now)
        case effects.ScheduleReport(number, seen, day, why):
            scheduling.schedule(tx, office, officer, number, seen=seen, day=day, why=why, now=now)
