"""What an administrator orders behind ``/kim``: a new group, the list, an invitation, a further term, the end. Pure parsing."""

import re
from dataclasses import dataclass
from datetime import date

NEW, LIST, SHOW, INVITE, EXTEND, END, REMOVE, COORDINATOR = (
    "new", "list", "show", "invite", "extend", "end", "remove", "coordinator",
)  # fmt: skip
VERBS = {
    "baru": NEW, "tambah": NEW, "new": NEW, "anyar": NEW,
    "daftar": LIST, "list": LIST, "": LIST,
    "lihat": SHOW, "show": SHOW, "tingali": SHOW,
    "undang": INVITE, "invite": INVITE, "kode": INVITE, "qr": INVITE,
    "perpanjang": EXTEND, "extend": EXTEND, "manjangan": EXTEND,
    "akhiri": END, "bubarkan": END, "end": END,
    "keluarkan": REMOVE, "remove": REMOVE, "kaluarkeun": REMOVE,
    "koordinator": COORDINATOR, "coordinator": COORDINATOR,
}  # fmt: skip
RW = re.compile(r"\brw\.?\s*(?P<list>\d{1,3}(?:\s*(?:(?:,|dan|sareng|&|rw\.?)\s*)+\d{1,3})*)", re.IGNORECASE)
YEARS = re.compile(r"(?P<from>20\d\d)\s*(?:-|–|sampai|s/d|dugi ka|to)\s*(?P<until>20\d\d)", re.IGNORECASE)
DAY = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """One order as it was typed; what was not said is empty, what cannot be is None."""

    what: str
    name: str = ""
    area: str = ""  # words that name a kelurahan
    rws: str = ""  # "3,5"
    term: tuple[date, date] | None = None
    group: int = 0  # as numbered in the list
    member: int = 0  # as numbered in the group


def order_in(argument: str) -> GroupOrder:
    """The order behind ``/kim``; a bare number shows that group, and what nobody knows shows the list."""
    first, _, rest = argument.strip().partition(" ")
    what = VERBS.get(first.lower())
    if what is None:
        return GroupOrder(SHOW, group=int(first)) if first.isdecimal() and len(first) < 6 else GroupOrder(LIST)
    if what == NEW:
        return _new(rest)
    numbers = [int(word) for word in rest.split() if word.isdecimal() and len(word) < 6]
    term = _days(rest)
    return GroupOrder(
        what, group=numbers[0] if numbers else 0, member=numbers[1] if len(numbers) > 1 else 0,
        term=(term[0], term[-1]) if term else _years(rest),
    )  # fmt: skip


def _new(rest: str) -> GroupOrder:
    """``Name; kelurahan, RW 3, 5; 2026-2029``: the parts behind the name may come in any order."""
    name, *parts = (part.strip() for part in re.split(r"[;|\n]", rest))
    area, rws, term = "", "", None
    for part in parts:
        if term is None and (found := _years(part) or _span(part)):
            term = found
            continue
        if match := RW.search(part):
            rws = ",".join(dict.fromkeys(str(int(number)) for number in re.findall(r"\d+", match["list"])))
        area = area or RW.sub(" ", part).strip(" ,.")
    return GroupOrder(NEW, name=" ".join(name.split()), area=area, rws=rws, term=term)


def _years(text: str) -> tuple[date, date] | None:
    """Whole years: from the first of January to the end of December."""
    match = YEARS.search(text)
    if match is None or int(match["from"]) > int(match["until"]):
        return None
    return date(int(match["from"]), 1, 1), date(int(match["until"]), 12, 31)


def _span(text: str) -> tuple[date, date] | None:
    days = _days(text)
    return (days[0], days[1]) if len(days) == 2 and days[0] <= days[1] else None


def _days(text: str) -> list[date]:
    found = []
    for match in DAY.finditer(text):
        try:
            iso = match["iso"]
            found.append(
                date.fromisoformat(iso) if iso else date(int(match["year"]), int(match["month"]), int(match["day"]))
            )
        except ValueError:
            continue
    return found
