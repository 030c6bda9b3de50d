"""Doing what a turn of the staff talk wants done beside moving a report on."""

from datetime import datetime

from bot.dialogue import effects
from bot.services import remarks
from bot.services.office import Office
from bot.services.rights import Officer
from storage import Tx


def act(tx: Tx, office: Office, officer: Officer | None, effect: effects.DeskEffect, now: datetime) -> None:
    """Do one thing; the services raise what may not be done."""
    match effect:
        case effects.RemarkOnReport(number, words):
            remarks.remark(tx, office, officer, number, words, now)
