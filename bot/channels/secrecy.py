"""Tokens stay out of logs and reasons."""

import logging


def quiet_http_logs() -> None:
    """Silence the loggers that write every address at INFO: a Telegram address contains the token."""
    for name in ("httpx", "httpcore", "aiohttp.client"):
        logging.getLogger(name).setLevel(logging.WARNING)


def hide(secret: str, text: str) -> str:
    """The text with the secret blotted out, for words that come from a library or a platform."""
    return text.replace(secret, "***") if secret else text
