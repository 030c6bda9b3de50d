"""What every command does first, the settings and the log, and how it says what a person must mend."""

import logging
import sys
from typing import Any

import structlog

from bot.settings import Settings, load_settings

LOG_PROCESSORS: list[Any] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper("iso"),
    structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
]
"""A plain traceback: the usual one prints what variables hold, which are people's words and our tokens."""


class CannotGoOn(Exception):
    """What a person must mend first; said without a traceback."""


def read_settings(*, demo_if_no_token: bool = False) -> Settings:
    """The settings, with a folder for what we keep. Raises SettingsError and CannotGoOn."""
    settings = load_settings()
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotGoOn(
            f"KENTONGAN_DATA_DIR: the folder {settings.data_dir} cannot be made: {error.strerror}. Name one that can."
        ) from error
    return settings.demo_if_no_token() if demo_if_no_token else settings


def log_at(level: str) -> None:
    """One line an event, on standard error; secrets are kept out by those who log."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for name in ("httpx", "httpcore", "apscheduler", "aiogram", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
    structlog.configure(
        processors=LOG_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
