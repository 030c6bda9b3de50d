"""Forgetting a person at their own wish: at once what nobody needs, the rest as soon as its report is closed."""

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from bot.services import reaching
from bot.services.office import Office
from storage import Tx, audit, erasing, erasing_kim, erasing_talks, handovers, people
from storage import reports as kept
from storage.tables import Conversation, Report

LEAVES_TIME = timedelta(days=1)
"""Between a report's closing, or the wish to be forgotten, and the last of the erasing: to answer, and to change one's mind."""
GONE = "…"
NAME_PART = 4  # letters from which a part of a name is taken out by itself
LEAST_TO_FIND = 6  # characters of a line by which a message is found
COUNTRY_DIGITS = 2  # of a phone number as platforms write it: "62"
NUMBERS = re.compile(r"\+?\d[\d .-]{7,}\d|\S+@\S+\.\w+|@\w{3,}")
"""Phone numbers, e-mail addresses, account names."""


def erase(tx: Tx, office: Office, conversation: Conversation, *, follow: bool, now: datetime) -> None:
    """Forget the person of this talk. ``follow``: they still hear about the reports that are open, until those are closed."""
    ids = people.same_person(tx, people.address_of(tx, conversation).contact_id)
    talks = reaching.talks_of(tx, ids[0])
    reports = erasing.of_contacts(tx, ids)
    running = [report for report in reports if _is_open(tx, office, report)]
    closed = [report for report in reports if report not in running]
    scrub = _scrubber(tx, ids, talks)
    tells = _teller(tx, closed, talks, scrub)
    nobody = erasing.nobody(tx, now)
    for report in closed:
        erasing.forget_words(tx, report, ids, scrub)
        erasing.give_away(tx, report, ids, nobody)
    for report in running:
        erasing.scrub_words(tx, report, lambda words: scrub(NUMBERS.sub(GONE, words)))
        if not follow:
            erasing.give_away(tx, report, ids, nobody)
    followed = [report.id for report in running] if follow else []
    _forget_talks(tx, talks, conversation, [report.id for report in running], followed, now)
    erasing_talks.forget_in_groups(tx, ids)
    erasing_talks.blank_where(tx, tells, min((report.created_at for report in reports), default=now))
    erasing_talks.forget_name(tx, ids, now)
    erasing_kim.forget(tx, ids, [talk.id or 0 for talk in talks], now)
    audit.note(tx, contact_id=None, act="erase_person", detail=f"{len(closed)} + {len(running)}", now=now)


def finish_due(tx: Tx, office: Office, now: datetime) -> int:
    """Erase what had to wait: reports that are closed by now, and the addresses of people without any; how many."""
    closed = [status.code for status in office.city.statuses.values() if not status.open]
    due = erasing.due_reports(tx, now - LEAVES_TIME, closed)
    for report in due:
        ids = people.same_person(tx, report.contact_id)
        erasing.forget_words(tx, report, ids, lambda words: words)
        erasing.give_away(tx, report, ids, erasing.nobody(tx, now))
    if due:  # all at once: the mail of staff is opened message by message
        numbers = frozenset(report.number for report in due)
        erasing_talks.blank_where(tx, partial(_names, numbers), min(report.created_at for report in due))
    silent = erasing_talks.contacts_to_forget(tx, now - LEAVES_TIME)
    for contact_id in silent:
        erasing_talks.forget_addresses(tx, contact_id, now)
    return len(due) + len(silent)


def any_due(tx: Tx, office: Office, now: datetime) -> bool:
    """Whether `finish_due` has something to do."""
    closed = [status.code for status in office.city.statuses.values() if not status.open]
    waits = erasing.due_reports(tx, now - LEAVES_TIME, closed, 1)
    return bool(waits or erasing_talks.contacts_to_forget(tx, now - LEAVES_TIME, 1))


def _is_open(tx: Tx, office: Office, report: Report) -> bool:
    """A report that supports another one is open as long as that one."""
    stands = kept.by_id(tx, report.parent_id) if report.status == "digabung" and report.parent_id else report
    return office.city.statuses[stands.status].open


def _forget_talks(
    tx: Tx,
    talks: Collection[Conversation],
    spared: Conversation,
    running: Collection[int],
    followed: Collection[int],
    now: datetime,
) -> None:
    for talk in talks:
        if open_one := handovers.of_citizen(tx, talk.id or 0):
            handovers.end(tx, open_one.id, "pelapor", now)
        erasing.forget_files(tx, *erasing_talks.files_of_talk(talk.id, running))
        erasing_talks.forget_talk(tx, talk, spared.id or 0, followed, now)


def _scrubber(tx: Tx, ids: Collection[int], talks: Collection[Conversation]) -> Callable[[str], str]:
    """What takes the person's names and numbers out of words."""
    names = [people.name_of(tx, people.contact_by_id(tx, id_)) for id_ in ids]
    parts = {name for name in names if name} | {p for name in names for p in name.split() if len(p) >= NAME_PART}
    patterns = [rf"(?<!\w){re.escape(part)}(?!\w)" for part in sorted(parts, key=len, reverse=True)]
    for talk in talks:
        external = people.external_id_of(tx, people.address_of(tx, talk))
        digits = external.lstrip("+")
        if digits.isdecimal() and len(digits) > COUNTRY_DIGITS + LEAST_TO_FIND:
            patterns.append(r"[ .-]*".join(["(?:\\+?62|0)?", *digits[COUNTRY_DIGITS:]]))
        elif len(external) >= LEAST_TO_FIND:
            patterns.append(re.escape(external))
    pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
    return (lambda words: pattern.sub(GONE, words)) if pattern else (lambda words: words)


def _names(numbers: Collection[str], body: str) -> bool:
    return any(number in body for number in numbers)


def _teller(
    tx: Tx, closed: Collection[Report], talks: Collection[Conversation], scrub: Callable[[str], str]
) -> Callable[[str], bool]:
    """Whether a message to or from staff tells of what is forgotten: a closed report, the name, a talk with a person."""
    needles = {report.number for report in closed}
    for talk in talks:
        for each in handovers.of_talk(tx, talk.id or 0):
            lines = [line.removeprefix("> ").rstrip("…") for line in handovers.lately(tx, each)]
            needles |= {line for line in lines if len(line) >= LEAST_TO_FIND}
    return lambda body: any(needle in body for needle in needles) or scrub(body) != body
