"""Dates as staff type them: "3/12", "3 desember", "senin depan", "besok", "dua minggu lagi"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {
    **dict.fromkeys(("senin", "senen", "monday", "mon"), 0),
    **dict.fromkeys(("selasa", "salasa", "tuesday", "tue"), 1),
    **dict.fromkeys(("rabu", "rebo", "wednesday", "wed"), 2),
    **dict.fromkeys(("kamis", "kemis", "thursday", "thu"), 3),
    **dict.fromkeys(("jumat", "jum'at", "jumaah", "friday", "fri"), 4),
    **dict.fromkeys(("sabtu", "saptu", "saturday", "sat"), 5),
    **dict.fromkeys(("minggu", "ahad", "sunday", "sun"), 6),
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari pebruari february feb peb", "maret march mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agt agu aug ags", "september sept sep",
            "oktober october okt oct", "november nopember nov nop", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
NEAR = {
    **dict.fromkeys(("hari ini", "dinten ieu", "today"), 0),
    **dict.fromkeys(("besok lusa", "besuk lusa", "lusa", "pageto", "day after tomorrow"), 2),
    **dict.fromkeys(("besok", "besuk", "isukan", "enjing", "tomorrow"), 1),
    **dict.fromkeys(("minggu depan", "minggu payun", "minggu hareup", "next week"), 7),
}
COUNTS = {"satu": 1, "se": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "sepuluh": 10}
COUNTS |= {"hiji": 1, "tilu": 3, "opat": 4, "one": 1, "two": 2, "three": 3}
SPANS = {
    **dict.fromkeys(("hari", "dinten", "days", "day"), 1),
    **dict.fromkeys(("minggu", "pekan", "weeks", "week"), 7),
}
LONGEST_BACK = 180  # days that a day and month without a year may lie back and still mean this year


def _any(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


UNMISTAKABLE = {name: day for name, day in WEEKDAYS.items() if name != "minggu"}
"""Without the one that is also a week: "minggu depan" is in a week."""
BEFORE = r"(?:\b(?:pada|dina|hari|dinten|tanggal|tgl|ping|on|the)\.?\s+)*"
YEAR = r"(?P<year>\d{4}|\d{2})"
FORMS = (
    re.compile(rf"{BEFORE}\b(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})\b"),
    re.compile(rf"{BEFORE}\b(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-]{YEAR}\b"),
    re.compile(rf"{BEFORE}\b(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})\b(?!/)"),
    re.compile(rf"{BEFORE}\b(?P<day>\d{{1,2}})[\s-]+(?P<named>{_any(MONTHS)})\b\.?(?:\s+(?P<year>\d{{4}})\b)?"),
    re.compile(rf"(?:\bdalam\s+|\bin\s+)?\b(?P<count>\d{{1,3}}|{_any(COUNTS)})\s*(?P<span>{_any(SPANS)})\s+"
               r"(?:lagi|deui|ke depan|kedepan|mendatang|from now)\b"),
    re.compile(rf"{BEFORE}(?:next\s+)(?P<next>{_any(WEEKDAYS)})\b"),
    re.compile(rf"(?:\bhari\s+)?\b(?P<weekday>{_any(UNMISTAKABLE)})\s+"
               r"(?P<week>minggu depan|pekan depan|minggu ini|depan|payun|hareup|ini)\b"),
    re.compile(rf"\b(?P<near>{_any(NEAR)})\b"),
    re.compile(rf"{BEFORE}\b(?P<weekday>{_any(WEEKDAYS)})\b"),
    re.compile(r"\b(?:tanggal|tgl|ping)\.?\s+(?P<day>\d{1,2})\b"),
)  # fmt: skip
"""The surest first: "3 desember" before a bare weekday."""
JOINING = " ,.;:-–—"


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in somebody's words, and what they say beside it. ``day`` None: it looks like a date and is none ("31/2")."""

    day: date | None
    rest: str


def date_in(text: str, today: date) -> DateFound | None:
    """The date that the words name, seen from ``today``; None when they name none.

    A day and month without a year is the next one, unless it lies less than half a year back: then it is the past one, for the
    caller to refuse. "Depan" behind a weekday is that day of the next calendar week; a weekday alone is the next one after today.
    """
    said = text.lower()
    for form in FORMS:
        found = form.search(said)
        if found is None or ("weekday" in found.groupdict() and _is_a_count(found, said)):
            continue
        before, after = text[: found.start()].strip(JOINING), text[found.end() :].strip(JOINING)
        return DateFound(_day({name: part for name, part in found.groupdict().items() if part}, today),
                         " ".join(part for part in (before, after) if part))  # fmt: skip
    return None


def _is_a_count(found: re.Match[str], said: str) -> bool:
    """Whether "minggu" counts weeks ("2 minggu", "seminggu") and names no Sunday."""
    counted = re.search(rf"(?:\d|\b(?:{_any(COUNTS)}))\s*$", said[: found.start("weekday")])
    return found["weekday"] == "minggu" and counted is not None


def _day(parts: dict[str, str], today: date) -> date | None:
    if "near" in parts:
        return today + timedelta(days=NEAR[parts["near"]])
    if "count" in parts:
        count = int(parts["count"]) if parts["count"].isdecimal() else COUNTS[parts["count"]]
        return today + timedelta(days=count * SPANS[parts["span"]])
    if "next" in parts:
        return _weekday(WEEKDAYS[parts["next"]], "depan", today)
    if "weekday" in parts:
        return _weekday(WEEKDAYS[parts["weekday"]], parts.get("week", ""), today)
    month = MONTHS[parts["named"]] if "named" in parts else int(parts.get("month", 0))
    return (
        _of_month(int(parts["day"]), month, today) if "year" not in parts else _made(parts["year"], month, parts["day"])
    )


def _weekday(weekday: int, week: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if week in ("minggu ini", "ini"):
        return monday + timedelta(days=weekday)
    if week:
        return monday + timedelta(days=7 + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _of_month(day: int, month: int, today: date) -> date | None:
    """Without a year; without a month (0) the next such day."""
    if not month:
        coming = [
            _made(str(today.year + (today.month + n - 1) // 12), (today.month + n - 1) % 12 + 1, str(day))
            for n in range(3)
        ]
        return next((each for each in coming if each and each >= today), None)
    this = _made(str(today.year), month, str(day))
    if this is None or this >= today or (today - this).days < LONGEST_BACK:
        return this
    return _made(str(today.year + 1), month, str(day))


def _made(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, int(day))
    except ValueError:
        return None
