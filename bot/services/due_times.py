"""Everything whose time has come: reminders, late first answers, closures for want of an answer."""

from datetime import datetime

from bot.services import clocks, closing, referrals, renewals
from bot.services.office import Office
from storage import Tx, deadlines

KINDS = (clocks.REMINDER, clocks.FIRST_RESPONSE, clocks.REPORTER_REPLY, referrals.CHASE)


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether there is anything to do."""
    return any(deadlines.due(tx, now, 1, kind=kind) for kind in KINDS) or renewals.any_due(tx, now)


def deal_with_due(tx: Tx, office: Office, now: datetime) -> int:
    """Do one batch of each kind; how many due times were dealt with. 0 while some are due: they go wrong, see the log."""
    return (
        clocks.remind_due(tx, office, now)
        + clocks.chase_due(tx, office, now)
        + closing.close_silent(tx, office, now)
        + referrals.chase_due(tx, office, now)
        + renewals.ask_due(tx, office, now)
    )
