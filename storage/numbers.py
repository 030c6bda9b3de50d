"""Report numbers such as BDG-261124-0042-4: day, running number, and a digit that catches a slip of the finger."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlmodel import col, select

from storage.tables import NumberCounter
from storage.transaction import Tx

DIGITS = 4  # of the running number, at least; it grows from the 10,000th report of a day

_GAP = r"[\s\-‐-―_./]*"


@lru_cache
def _shape(prefix: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9A-Za-z])(?P<prefix>{re.escape(prefix)}{_GAP})?"
        rf"(?P<day>\d{{6}})(?P<dash>{_GAP})(?P<running>\d{{1,9}}){_GAP}(?P<check>\d)(?!\d)",
        re.ASCII | re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A report number that somebody wrote; `number` is its canonical form, whether or not the check digit holds."""

    number: str
    valid: bool
    written: str  # as it stands in the text


def luhn_digit(digits: str) -> int:
    """The check digit (Luhn, ISO/IEC 7812-1) that belongs behind `digits`.

    It catches every wrong digit and every swap of neighbours but 09 and 90.
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def format_number(prefix: str, day: date, n: int) -> str:
    """The number of the `n`-th report of a day of the city's calendar."""
    return _canonical(prefix, f"{day:%y%m%d}", n, luhn_digit(f"{day:%y%m%d}{n:0{DIGITS}}"))


def parse_number(text: str, prefix: str) -> NumberMention | None:
    """Find a report number in a sentence; None when there is none.

    Lower case, other dashes, spaces, left-out dashes, zeros or prefix are understood. Without prefix and dashes only a
    number whose check digit holds is taken for one: it may as well be a phone number.
    """
    mentions = [mention for match in _shape(prefix).finditer(text) if (mention := _mention(match, prefix))]
    return next((mention for mention in mentions if mention.valid), mentions[0] if mentions else None)


def next_number(tx: Tx, prefix: str, day: date) -> str:
    """What `draw_number` would give in this transaction, without drawing it; nobody else can draw meanwhile.

    In a read-only transaction nothing is held, and it is only a guess.
    """
    return format_number(prefix, day, _last(tx, day) + 1)


def next_numbers(tx: Tx, prefix: str, day: date, count: int) -> tuple[str, ...]:
    """What as many calls of `draw_number` would give in this transaction; as of `next_number`."""
    last = _last(tx, day) if count else 0
    return tuple(format_number(prefix, day, last + n) for n in range(1, count + 1))


def draw_number(tx: Tx, prefix: str, day: date) -> str:
    """The next number of the day, used up with the commit."""
    drawn = _last(tx, day) + 1
    tx.change(NumberCounter, col(NumberCounter.day) == day, last=drawn)
    return format_number(prefix, day, drawn)


def _last(tx: Tx, day: date) -> int:
    counter = select(NumberCounter.last).where(NumberCounter.day == day)
    if tx.reading:
        return tx.session.exec(counter).first() or 0
    tx.add_once(NumberCounter, day=day, last=0)
    return tx.session.exec(counter.with_for_update()).one()


def _canonical(prefix: str, day: str, n: int, check: int) -> str:
    return f"{prefix}-{day}-{n:0{DIGITS}}-{check}"


def _mention(match: re.Match[str], prefix: str) -> NumberMention | None:
    day, n, check = match["day"], int(match["running"]), int(match["check"])
    padded = len(match["running"]) > DIGITS and match["running"].startswith("0")  # we never write it so: a slip
    valid = n > 0 and not padded and _is_day(day) and luhn_digit(f"{day}{n:0{DIGITS}}") == check
    mention = NumberMention(_canonical(prefix, day, n, check), valid, match[0].strip())
    if match["prefix"]:
        return mention
    if not _is_day(day) or day.startswith("0") or len(match["running"]) < DIGITS:
        return None  # an Indonesian phone number begins with 0
    return mention if valid or match["dash"] else None


def _is_day(digits: str) -> bool:
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True
