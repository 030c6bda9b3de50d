"""What stands in the letter that hands a report to an outside agency: never who reported it, unless they want to be shown."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.steps.read_back import where
from bot.dialogue.texts import Speech, speech_for
from bot.services import nameless
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.secrecy import is_hidden
from cities.letters import LetterWords
from storage import Tx, deadlines, media, people, referrals, reports
from storage.tables import Referral, Report

CHASE = "referral_chase"
SHOWN = "tampil"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, worded."""

    head: tuple[str, ...]
    dated: str
    rows_above: tuple[tuple[str, str], ...]  # (what, value): number, subject
    receiver: str
    opening: str
    rows: tuple[tuple[str, str], ...]  # the report
    request: str
    by_link: str
    link: str  # "" without one
    closing: str
    signed: str
    photo: str = ""  # below the media folder; "" for none
    point: tuple[float, float] | None = None
    north: str = ""


def letter_about(tx: Tx, office: Office, report: Report, token: str, now: datetime) -> Letter | None:
    """The letter for where the report lies outside now; None when it lies nowhere, or when the city writes no letters."""
    hop, words = referrals.open_of(tx, report), office.city.letter
    if hop is None or words is None:
        return None
    speech = speech_for(office.city, office.city.languages[0])
    receiver = hop.receiver or office.city.agencies[hop.agency].name
    due = [each.due_at for each in deadlines.open_deadlines(tx, report.id) if each.kind == CHASE]
    blanks = {
        "nomor": report.number,
        "instansi": receiver,
        "tenggat": speech.day(due[0] if due else now),
        "tanggal": speech.day(hop.token_expires_at or now),
    }
    link = f"{office.pages}/rujukan/{token}" if token and office.pages else ""
    hidden = is_hidden(report, office.city)
    return Letter(
        head=words.head,
        dated=f"{words.place}, {speech.day(now)}",
        rows_above=_above(speech, words, blanks),
        receiver=receiver,
        opening=words.opening.format_map(blanks),
        rows=_rows(tx, speech, report, hop, hidden=hidden),
        request=words.request.format_map(blanks),
        by_link=words.by_link.format_map(blanks) if link else "",
        link=link,
        closing=words.closing.format_map(blanks),
        signed=words.signed,
        photo="" if hidden else _photo(tx, report),
        point=None if hidden or report.lat is None or report.lon is None else (report.lat, report.lon),
        north=speech.say("map_north"),
    )


def _above(speech: Speech, words: LetterWords, blanks: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        (speech.say("letter_own_number"), "................................"),
        (speech.say("letter_subject"), words.subject.format_map(blanks)),
    )


def _rows(tx: Tx, speech: Speech, report: Report, hop: Referral, *, hidden: bool) -> tuple[tuple[str, str], ...]:
    place = place_of(report)
    point = f"{report.lat:.5f}, {report.lon:.5f}" if report.lat is not None and report.lon is not None else ""
    told = {
        "letter_number": report.number,
        "letter_date": speech.day(report.created_at),
        "letter_category": speech.category(report.category),
        "letter_place": "" if hidden else where(place, reports.place_words_of(tx, report)),
        "letter_point": "" if hidden else point,
        "letter_words": speech.say("letter_hidden") if hidden else _words(tx, report),
        "letter_reporter": _reporter(tx, report),
        "letter_supporters": str(reports.supporters(tx, report.id) or ""),
        "letter_reason": referrals.reason_of(tx, hop),
        "letter_reference": hop.reference,
    }
    return tuple((speech.say(what), value) for what, value in told.items() if value)


def _words(tx: Tx, report: Report) -> str:
    return reports.description_of(tx, report) if report.privacy == SHOWN else nameless.description_of(tx, report)


def _reporter(tx: Tx, report: Report) -> str:
    if report.privacy != SHOWN:
        return ""
    return people.name_of(tx, people.contact_by_id(tx, report.contact_id))


def _photo(tx: Tx, report: Report) -> str:
    """Our own copy of the first picture of the problem."""
    kept = [
        row
        for row in media.of_report(tx, report.id)
        if (row.kind, row.purpose, row.state) == ("photo", "problem", "stored")
    ]
    return kept[0].path if kept else ""
