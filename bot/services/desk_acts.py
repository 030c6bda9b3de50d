"""Doing what a turn of the staff talk wants done beside moving a report on."""

from datetime import datetime

from bot.dialogue import effects
from bot.services import closing, referrals, remarks
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
