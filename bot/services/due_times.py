"""Everything whose time has come: reminders, broken promises, closures for want of an answer."""

from datetime import datetime

from bot.services import (
    area_news,
    campaigns,
    closing,
    digests,
    erasing,
    handovers,
    promised_days,
    referrals,
    renewals,
    reporter_waits,
    silent_staff,
    slipping,
    witnessing,
)
from bot.services.each_due import BATCH
from bot.services.office import Office
from bot.services.promises import CHASE, OF_OFFICES, PROMISED_DAY
from bot.services.reporter_waits import OF_REPORTERS
from storage import Tx, deadlines

KINDS = (*OF_REPORTERS, CHASE, PROMISED_DAY, witnessing.WITNESS)


def any_due(tx: Tx, office: Office, now: datetime) -> bool:
    """Whether there is anything to do."""
    return (
        bool(deadlines.to_look_at(tx, now, 1, kinds=OF_OFFICES))
        or any(deadlines.due(tx, now, 1, kind=kind) for kind in KINDS)
        or digests.any_due(tx, now)
        or silent_staff.any_due(tx, office, now)
        or renewals.any_due(tx, now)
        or campaigns.any_due(tx, now)
        or area_news.any_due(tx, office, now)
        or erasing.any_due(tx, office, now)
        or handovers.any_late(tx, office, now)
    )


def deal_with_due(tx: Tx, office: Office, now: datetime) -> int:
    """Do one batch of each kind; how many due times were dealt with. 0 while some are due: they go wrong, see the log."""
    looked_at = slipping.look(tx, office, now)
    # a full batch may be followed by more, which belong into the same message
    told = digests.tell_due(tx, office, now) if looked_at < BATCH else 0
    return (
        looked_at
        + silent_staff.flag(tx, office, now)
        + told
        + reporter_waits.remind_due(tx, office, now)
        + closing.close_silent(tx, office, now)
        + closing.set_aside_incomplete(tx, office, now)
        + promised_days.begin_due(tx, office, now)
        + referrals.chase_due(tx, office, now)
        + renewals.ask_due(tx, office, now)
        + witnessing.ask_due(tx, office, now)
        + campaigns.deal_with_due(tx, office, now)
        + area_news.tell_due(tx, office, now)
        + erasing.finish_due(tx, office, now)
        + handovers.remind_due(tx, office, now)
    )
