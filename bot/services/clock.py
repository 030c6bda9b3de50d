"""The time. It is passed in everywhere; nothing else asks the machine for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

log = structlog.get_logger()

OFFSET_FILE = "clock-offset"  # in DATA_DIR: seconds to add, so that a demonstration can try a week in a minute


def machine_time() -> datetime:
    """What the machine says; the one place that asks it."""
    return datetime.now(UTC)  # noqa: TID251


class Clock:
    """The machine's time in UTC, shifted in a demonstration. ``look`` reads the shift anew."""

    def __init__(self, offset_file: Path | None = None, now: Callable[[], datetime] = machine_time) -> None:
        self._offset_file = offset_file
        self._now = now
        self._offset = timedelta()
        self.look()

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self._now() + self._offset

    def look(self) -> None:
        """Read the shift; a file that is missing or holds no number shifts nothing."""
        if self._offset_file is None:
            return
        try:
            self._offset = timedelta(seconds=float(self._offset_file.read_text()))
        except FileNotFoundError:
            self._offset = timedelta()
        except (ValueError, OverflowError, OSError) as error:
            log.warning("the clock's shift cannot be read", file=str(self._offset_file), reason=str(error))
