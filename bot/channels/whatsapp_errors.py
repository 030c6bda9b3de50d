"""What an error of the Cloud API means for a message: a table of Meta's codes, and for unknown ones the HTTP status. Pure."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bot.channels.base import (
    Delivery,
    NeedsOperator,
    OtherForm,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)

TABLE: Final = Path(__file__).with_suffix(".tsv")
DECISIONS: Final = frozenset({"later", "window", "form", "template", "stop", "unreachable", "page"})
NETWORK_PAUSE: Final = 2.0  # seconds; the outbox lengthens it at each failure
THROTTLE_PAUSE: Final = 30.0  # seconds
OPERATOR_PAUSE: Final = 300.0  # seconds; nothing changes until a person acts
TEMPLATE_STATUS: Final = {132001: "MISSING", 132015: "PAUSED", 132016: "DISABLED", 131063: "DISABLED"}
TOKEN_REFUSED: Final = 0  # the code of a token that is not accepted
NO_SUCH_OBJECT: Final = 100  # at look-ups: "Unsupported get request. Object with ID … does not exist"


class CloudApiError(Exception):
    """An error answer of the Cloud API; ``status`` is None when no answer came, ``code`` when it gave none."""

    def __init__(self, status: int | None, code: int | None, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.code = code
        self.description = description


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """A line of the table."""

    code: int
    do: str  # one of DECISIONS
    after: float  # seconds until it is tried again
    counts: bool  # whether trying again uses up the message's patience
    sentences: Mapping[str, str]  # what it means, by language

    @property
    def reason(self) -> str:
        return f"{self.sentences['en']} ({self.code})"


@cache
def rules() -> Mapping[int, ErrorRule]:
    """All documented codes."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {rule.code: rule for rule in _read(csv.DictReader(lines, dialect="excel-tab"))}


def _read(rows: "csv.DictReader[str]") -> Iterator[ErrorRule]:
    for row in rows:
        sentences = {"id": row["id"], "en": row["en"]}
        yield ErrorRule(int(row["code"]), row["do"], float(row["after"]), row["counts"] == "yes", sentences)


def needs_operator(error: CloudApiError) -> ErrorRule | None:
    """The rule of an error that only a person at the city can mend; None for any other."""
    rule = rules().get(error.code) if error.code is not None else None
    if error.status == 401:
        return rule if rule and rule.do == "page" else rules()[TOKEN_REFUSED]
    return rule if rule and rule.do == "page" else None


def failure(error: CloudApiError) -> Delivery:
    """What becomes of a message that could not be sent, or that failed after it was taken."""
    if rule := needs_operator(error):
        return NeedsOperator(str(rule.code), rule.sentences, rule.after)
    rule = rules().get(error.code) if error.code is not None else None
    return _by_rule(rule, error) if rule else _by_status(error)


def _by_rule(rule: ErrorRule, error: CloudApiError) -> Delivery:
    match rule.do:
        case "later":
            return TryLater(rule.after, rule.reason, counts=rule.counts)
        case "window":
            return WindowShut(rule.reason)
        case "form":
            return OtherForm(f"{rule.reason}: {error.description}")
        case "template":
            return TemplateUnusable(str(rule.code), rule.sentences, TEMPLATE_STATUS.get(rule.code, ""))
        case "unreachable":
            return Unreachable(rule.reason)
        case _:
            return Refused(rule.reason)


def _by_status(error: CloudApiError) -> Delivery:
    """A code that nobody told us of."""
    words = f"{error.description} ({error.code})" if error.code is not None else error.description
    match error.status:
        case None:
            return TryLater(NETWORK_PAUSE, words)
        case 403 | 404:
            return NeedsOperator(str(error.code or error.status), {"id": words, "en": words}, OPERATOR_PAUSE)
        case 429:
            return TryLater(THROTTLE_PAUSE, words, counts=False)
        case status if status == 408 or status >= 500:
            return TryLater(NETWORK_PAUSE, words)
    return Refused(words)
