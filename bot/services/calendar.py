"""The working hours that hold at this moment: the city's, and what its administrators closed."""

from bot.services.office import Office
from bot.services.working_time import WorkingTime
from storage import Tx, closures


def calendar_of(tx: Tx, office: Office) -> WorkingTime:
    """Read anew in each transaction: whatever another process closed counts at once."""
    return office.working_time.closed_on(closures.closed_days(tx))
