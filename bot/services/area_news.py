"""News for the area of a group: a weekly digest to post, thanks once a month, and a text when something was solved.

Thanks count what was told completely and what was confirmed as solved, never how much was sent.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.dialogue import kim_words
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, TextSent
from bot.dialogue.knowledge import AreaFacts, AreaLine
from bot.dialogue.replies import Reply
from bot.dialogue.texts import Speech, speech_for
from bot.dialogue.words import command_in, plain
from bot.services import groups as memberships
from bot.services.group_facts import kecamatan_named, kelurahan_named
from bot.services.neighbourhoods import told_there
from bot.services.office import Office
from bot.services.places import place_of
from cities.city import City
from storage import Tx, areas, cron, groups, outbox, people
from storage import reports as kept
from storage.areas import Area
from storage.tables import Group, KimMember, Report, StatusChange

WEEKLY, MONTHLY = "area_week", "area_month"
MORNING = time(8)
MOST_LINES = 5  # reports named in a digest
PAGE = 8  # reports on one page of /wilayah
LONGEST_NAME = 4  # words of a kelurahan and its kecamatan
LONGEST_PLACE = 60  # characters


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in an area between two days, both included."""

    first: date
    last: date
    received: int
    solved: tuple[Report, ...]
    open: tuple[Report, ...]  # the oldest first
    without_rw: int = 0  # open reports of the kelurahan that name no RW, where the group has some


# ---------------------------------------------------------------- by itself


def any_due(tx: Tx, office: Office, now: datetime) -> bool:
    """Whether a digest or thanks wait to be written."""
    waiting = any(not cron.claimed(tx, job, slot.isoformat()) for job, slot in _slots(office, now))
    return waiting and bool(groups.open_groups(tx))


def tell_due(tx: Tx, office: Office, now: datetime) -> int:
    """Write what is due to every group that was there when it became due; how many messages."""
    told = 0
    for job, slot in _slots(office, now):
        if not cron.claim_slot(tx, job, slot.isoformat(), now):
            continue
        since = datetime.combine(slot, MORNING, tzinfo=office.city.timezone)
        running = [
            group for group in groups.open_groups(tx) if group.created_at <= since and _in_term(office, group, now)
        ]
        tell = _weekly if job == WEEKLY else _monthly
        told += 1 + sum(tell(tx, office, group, slot, now) for group in running)
    return told


def _slots(office: Office, now: datetime) -> tuple[tuple[str, date], ...]:
    """The Monday, and the first of a month, whose morning came last."""
    local = now.astimezone(office.city.timezone)
    day = local.date() if local.time() >= MORNING else local.date() - timedelta(days=1)
    return (WEEKLY, day - timedelta(days=day.weekday())), (MONTHLY, day.replace(day=1))


def _in_term(office: Office, group: Group, now: datetime) -> bool:
    return group.term_from <= office.today(now) <= group.term_until


def _weekly(tx: Tx, office: Office, group: Group, monday: date, now: datetime) -> int:
    week = week_of(tx, office, group, monday)
    if not (week.received or week.solved or week.open or week.without_rw):
        return 0
    coordinators = [member for member in _active(tx, group) if member.role == groups.COORDINATOR]
    chats = {member.conversation_id: people.language_of(tx, member.contact_id) for member in coordinators}
    if (own := areas.chat_of_group(tx, group)) is not None:
        chats[own] = ""
    for conversation_id, language in chats.items():
        text = digest(speech_for(office.city, language), group, week)
        _owe(
            tx,
            conversation_id,
            Reply(text, enclosed=(f"week:{group.id}:{monday}",)),
            f"{WEEKLY}:{group.id}:{monday}",
            now,
        )
    return len(chats)


def _monthly(tx: Tx, office: Office, group: Group, first: date, now: datetime) -> int:
    zone = office.city.timezone
    before = (first - timedelta(days=1)).replace(day=1)
    since, until = (datetime.combine(day, time.min, tzinfo=zone) for day in (before, first))
    thanked = 0
    for member in _active(tx, group):
        complete, solved = areas.brought_by(tx, member.id or 0, since, until)
        if not (complete or solved):
            continue
        speech = speech_for(office.city, people.language_of(tx, member.contact_id))
        text = speech.say("area_thanks", bulan=speech.month(before), lengkap=complete, selesai=solved, kim=group.name)
        _owe(tx, member.conversation_id, Reply(text), f"{MONTHLY}:{member.id}:{first}", now)
        thanked += 1
    return thanked


def _active(tx: Tx, group: Group) -> list[KimMember]:
    return [member for member in groups.members_of(tx, group.id or 0) if member.asleep_at is None]


def _owe(tx: Tx, conversation_id: int, reply: Reply, key: str, now: datetime) -> None:
    outbox.owe(tx, conversation_id=conversation_id, body=reply.to_json(), key=f"{key}:{conversation_id}", now=now)


# ---------------------------------------------------------------- a digest


def week_of(tx: Tx, office: Office, group: Group, monday: date) -> Week:
    """The seven days before a Monday, in the group's area."""
    zone, area = office.city.timezone, area_of(office.city, group.kelurahan, group.kecamatan)
    since, until = (datetime.combine(day, time.min, tzinfo=zone) for day in (monday - timedelta(days=7), monday))
    still, without_rw = told_there(group.rws, areas.open_in(tx, area, office.open_statuses))
    return Week(
        first=monday - timedelta(days=7),
        last=monday - timedelta(days=1),
        received=len(told_there(group.rws, areas.received(tx, area, since, until))[0]),
        solved=told_there(group.rws, areas.confirmed(tx, area, since, until))[0],
        open=still,
        without_rw=without_rw,
    )


def digest(speech: Speech, group: Group, week: Week) -> str:
    """The text, ready to be posted as it is."""
    parts = [
        speech.say(
            "area_week", wilayah=kim_words.short_area(group.kelurahan, group.rws),
            awal=speech.short_day(week.first), akhir=speech.short_day(week.last),
            masuk=week.received, selesai=len(week.solved), terbuka=len(week.open),
        )
    ]  # fmt: skip
    for key, listed in (("area_week_solved", week.solved), ("area_week_open", week.open)):
        if listed:
            parts.append("\n".join([speech.say(key), *(_line(speech, report) for report in listed[:MOST_LINES])]))
    if week.without_rw:
        parts.append(speech.say("area_without_rw", jumlah=week.without_rw, kelurahan=group.kelurahan))
    return "\n\n".join([*parts, speech.say("area_week_end")])


def _line(speech: Speech, report: Report) -> str:
    return f"• {speech.category(report.category)} – {where(report)} ({report.number})"


def where(report: Report) -> str:
    """The place as neighbours may read it: its name, never what the reporter wrote."""
    place = place_of(report)
    return (place.name if place and place.name else f"Kel. {report.kelurahan}")[:LONGEST_PLACE]


def area_of(city: City, kelurahan: str, kecamatan: str) -> Area:
    """A kelurahan, without what is nobody's business there: the same rules as `secrecy.is_hidden`, for a list."""
    hidden = [
        each for each in city.categories.values() if each.confidential_default or each.supervisory or each.restrict_view
    ]
    subs = {sub for each in city.categories.values() for sub in each.subs if each.is_confidential(sub)}
    agencies = {each.id for each in city.agencies.values() if each.confidential}
    return Area(kelurahan, kecamatan, frozenset(each.id for each in hidden), frozenset(subs), frozenset(agencies))


# ---------------------------------------------------------------- /wilayah


def asked_for(tx: Tx, office: Office, contact_id: int, event: Event, now: datetime) -> AreaFacts | None:
    """What an event asks to see: the kelurahan it names, else that of the person's group; None when neither says which."""
    match event:
        case CommandGiven("wilayah", argument):
            page, named = 1, argument
        case TextSent(text) if command_in(text)[0] == "wilayah":
            page, named = 1, ""
        case TextSent(text) if _names_area(office.city, text):
            page, named = 1, plain(text).removeprefix("wilayah ")
        case ChoicePicked(value, _) if value.startswith("area:"):
            _, number, named = value.split(":", 2)
            page = int(number) if number.isdecimal() and len(number) < 4 else 1
        case _:
            return None
    if named.strip():
        found = kelurahan_named(office.city, named)
        if len(found) == 1 and not _says_kecamatan(named):
            return open_reports(tx, office, *found[0], page)
        kecamatan, inside = kecamatan_named(office.city, named)
        return AreaFacts("", kecamatan, (), 1, 1, 0, inside, "" if inside or found else named.strip())
    mine = memberships.membership(tx, contact_id, office.today(now))
    return open_reports(tx, office, mine[1].kelurahan, mine[1].kecamatan, page, mine[1].rws) if mine else None


def _names_area(city: City, text: str) -> bool:
    """Whether a message is no more than "wilayah" and a kelurahan or kecamatan."""
    said = plain(text)
    rest = said.removeprefix("wilayah ")
    if said == rest or len(rest.split()) > LONGEST_NAME:  # before any name is compared: every message comes this way
        return False
    return len(kelurahan_named(city, rest)) == 1 or bool(kecamatan_named(city, rest)[1])


def _says_kecamatan(named: str) -> bool:
    return plain(named).startswith(("kec ", "kecamatan "))


def open_reports(tx: Tx, office: Office, kelurahan: str, kecamatan: str, page: int, rws: str = "") -> AreaFacts:
    """One page of what is open in a kelurahan, or in these RW of it."""
    still = areas.open_in(tx, area_of(office.city, kelurahan, kecamatan), office.open_statuses)
    found, without_rw = told_there(rws, still)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    rows = found[(page - 1) * PAGE : page * PAGE]
    lines = tuple(AreaLine(row.number, row.category, where(row), row.status, row.created_at) for row in rows)
    return AreaFacts(kelurahan, kecamatan, lines, page, pages, len(found), rws=rws, without_rw=without_rw)


# ---------------------------------------------------------------- something was solved


def tell_solved(tx: Tx, office: Office, report: Report, change: StatusChange) -> None:
    """A report that came through a member was confirmed as solved: thanks, and a text that they can post."""
    if change.to_status != areas.CLOSED or change.actor != areas.REPORTER or report.kim_member_id is None:
        return
    member = groups.member_by_id(tx, report.kim_member_id)
    if member.until is not None:
        return
    speech = speech_for(office.city, people.language_of(tx, member.contact_id))
    _owe(tx, member.conversation_id, Reply(_solved(tx, speech, report, member)), f"area_solved:{change.id}", change.at)


def _solved(tx: Tx, speech: Speech, report: Report, member: KimMember) -> str:
    result = next(
        (
            kept.note_of(tx, step)
            for step in reversed(kept.history(tx, report.id or 0))
            if step.to_status == "menunggu_konfirmasi"
        ),
        "",
    )
    return speech.say(
        "area_solved", kategori=speech.category(report.category), lokasi=where(report), nomor=report.number,
        hasil=result.rstrip(". "), opd=speech.agency(report.agency),
    )  # fmt: skip
