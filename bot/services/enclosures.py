"""What is made at the moment a message is sent: a map of the place, a letter, a sheet. Its facts are gathered with the message."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

import structlog

from bot.dialogue.kim_words import LINK, short_area
from bot.dialogue.steps.membership import start_link
from bot.dialogue.texts import speech_for
from bot.services import area_news, letters, own_records, public_photos, sp4n
from bot.services.letter_pdf import letter_pdf
from bot.services.map_picture import map_picture
from bot.services.office import Office
from bot.services.qr_picture import qr_picture
from bot.services.week_picture import Figures, week_picture
from storage import Tx, conversations, groups, media, people, reports

log = structlog.get_logger()

SHEET, WEEK = "sp4n", "week"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATA = frozenset({"data_txt", "data_json"})
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
PLAIN = "text/plain"  # also of the JSON: WhatsApp takes no other text


def is_picture(name: str) -> bool:
    """Whether what has this name is a picture; else it is a file to keep."""
    return name.startswith(("map:", "kim:", "photo:"))


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something to be made. ``make`` computes for a moment and belongs on a thread; it is given the media folder."""

    make: Callable[[Path], bytes]
    media_type: str
    name: str


def gather(tx: Tx, office: Office, names: Iterable[str], language: str, now: datetime) -> tuple[Enclosure, ...]:
    """The facts of what a message encloses; what cannot be had is left out and stands in the log."""
    found = []
    for name in names:
        try:
            enclosure = _one(tx, office, name, language, now)
        except (LookupError, ValueError) as error:
            log.warning("an enclosure cannot be made", kind=name.partition(":")[0], reason=repr(error))
            continue
        if enclosure:
            found.append(enclosure)
    return tuple(found)


def _one(tx: Tx, office: Office, name: str, language: str, now: datetime) -> Enclosure | None:
    if name == SHEET:
        return Enclosure(partial(_sheet, sp4n.export(tx, office)), XLSX, f"sp4n-{sp4n.moment_of(now)}.xlsx")
    kind, number, *more = name.split(":")
    if kind == "kim":
        link = start_link(office.citizen_channel, f"{LINK}{number}")
        return Enclosure(lambda _: qr_picture(link), PNG, "kim.png") if link else None
    if kind == WEEK:
        return _week(tx, office, int(number), date.fromisoformat(more[0]), language)
    if kind in DATA:
        return _own_data(tx, office, kind, int(number), language, now)
    report = reports.by_number(tx, number)
    if report is None:
        return None
    match kind:
        case "photo":
            photo, cells = int(more[0]), ":".join(more[1:])
            if photo not in {file.id for file in media.of_report(tx, report.id)}:
                return None
            make = public_photos.preview(tx, photo, cells)
            return Enclosure(make, JPEG, f"{number}-{cells[:4] or 'utuh'}.jpg") if make else None
        case "map" if report.lat is not None and report.lon is not None:
            north = speech_for(office.city, language).say("map_north")
            draw = partial(map_picture, office.city, report.lat, report.lon, north)
            return Enclosure(lambda _: draw(), PNG, f"{number}.png")
        case "letter":
            letter = letters.letter_about(tx, office, report, more[0] if more else "", now)
            return Enclosure(partial(letter_pdf, office.city, letter), PDF, f"{number}.pdf") if letter else None
    return None


def _week(tx: Tx, office: Office, group_id: int, monday: date, language: str) -> Enclosure | None:
    """The picture of an area's week."""
    group = groups.group_by_id(tx, group_id)
    if group is None:
        return None
    speech, week = speech_for(office.city, language), area_news.week_of(tx, office, group, monday)
    named = (("area_bar_in", week.received), ("area_bar_solved", len(week.solved)), ("area_bar_open", len(week.open)))
    figures = Figures(
        short_area(group.kelurahan, group.rws),
        f"{speech.short_day(week.first)} – {speech.short_day(week.last)}",
        tuple((speech.say(key), n) for key, n in named),
    )
    return Enclosure(lambda _: week_picture(figures), PNG, f"{monday}.png")


def _sheet(exported: sp4n.Exported, _: Path) -> bytes:
    return sp4n.as_file(exported, ".xlsx")


def _own_data(tx: Tx, office: Office, kind: str, conversation_id: int, language: str, now: datetime) -> Enclosure:
    """A copy of what is kept about the person of this talk, as it is when the message is sent."""
    conversation = conversations.load(tx, conversation_id).conversation
    facts = own_records.facts_about(tx, people.address_of(tx, conversation).contact_id, now)
    if kind == "data_json":
        return Enclosure(lambda _: own_records.as_json(facts), PLAIN, f"{own_records.FILE}.json")
    return Enclosure(lambda _: own_records.as_text(office, facts, language), PLAIN, f"{own_records.FILE}.txt")
