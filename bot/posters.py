"""``kentongan qr``: deep links for posters, and QR codes for every RW of a city, as PNG and as sheets to print."""

import csv
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bot import poster_sheet
from bot.dialogue import deep_links
from bot.dialogue.deep_links import DeepLink, WrongPayload
from bot.dialogue.steps.read_back import summary
from bot.dialogue.texts import Speech, speech_for
from bot.services.posters import Coded, place_behind, places_by_code
from cities.city import City

COLUMNS: Final = ("place", "rw", "rt", "category", "campaign", "number", "title")
WAYS: Final = ("telegram", "whatsapp", "web")


class WrongPosters(Exception):
    """No code was made; the sentence says what to change, a line for each fault."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One code as it was asked for, in words; "" for what it does not name."""

    place: str = ""
    rw: str = ""
    rt: str = ""
    category: str = ""
    campaign: str = ""
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the codes lead."""

    way: str  # telegram, whatsapp, web
    address: str  # name of the bot, the number with its country code, or the address of our pages


def rows_of(file: Path) -> list[Wanted]:
    """The codes that a CSV asks for. Raises WrongPosters for columns that nobody knows, OSError."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        strange = [name for name in reader.fieldnames or () if name not in COLUMNS]
        if strange or not reader.fieldnames:
            raise WrongPosters(f"{file}: columns are {', '.join(COLUMNS)}, not {', '.join(strange) or 'none'}.")
        return [Wanted(**{name: (row.get(name) or "").strip() for name in reader.fieldnames}) for row in reader]


def every(city: City, kind: str) -> list[Wanted]:
    """One code for each place of a kind. Raises WrongPosters when there is none."""
    found = [Wanted(place=each.code) for each in _places(city) if each.row.kind == kind]
    if not found:
        kinds = sorted({each.row.kind for each in _places(city)})
        raise WrongPosters(f"There is no place of the kind {kind!r}; the kinds are {', '.join(kinds)}.")
    return found


def links_for(city: City, wanted: Iterable[Wanted]) -> list[tuple[str, Wanted]]:
    """The payload of each. Raises WrongPosters with every fault and its line, so that nothing is printed by halves."""
    made: list[tuple[str, Wanted]] = []
    faults: list[str] = []
    for line, each in enumerate(wanted, 1):
        try:
            made.append((deep_links.written(_link(city, each)), each))
        except WrongPayload as fault:
            faults.append(f"{line}: {fault}")
    if faults or not made:
        raise WrongPosters("\n".join(faults) or "Nothing was asked for.")
    return made


def address_for(payload: str, target: Target, speech: Speech) -> str:
    """The link that a code bears."""
    match target.way:
        case "telegram":
            return f"https://t.me/{target.address.removeprefix('@')}?start={payload}"
        case "whatsapp":
            number = "".join(character for character in target.address if character.isdigit())
            return f"https://wa.me/{number}?text={quote(speech.say('code_prefilled', kode=payload))}"
    return f"{target.address.rstrip('/')}/chat?start={payload}"


def write(
    city: City, made: Iterable[tuple[str, Wanted]], target: Target, folder: Path, paper: str, language: str = ""
) -> Iterator[tuple[str, Path]]:
    """Write a PNG for each code, and with ``paper`` a sheet for each and one PDF of all; each link with its file. Raises OSError."""
    speech = speech_for(city, language or city.languages[0])
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for payload, each in made:
        link = address_for(payload, target, speech)
        file = folder / f"{payload}.png"
        poster_sheet.save_png(poster_sheet.code_picture(link), file)
        if paper:
            page = poster_sheet.sheet(_poster(city, payload, each, link, speech), paper)
            poster_sheet.save_png(page, folder / f"{payload}.{paper}.png")
            pages.append(page)
        yield link, file
    if pages:
        poster_sheet.save_pdf(pages, folder / f"{paper}.pdf")


def _poster(city: City, payload: str, wanted: Wanted, link: str, speech: Speech) -> poster_sheet.Poster:
    place = place_behind(city, deep_links.read(payload))
    about = wanted.number or (summary(place) if place else city.name)
    title = wanted.title or speech.say("sheet_title", tempat=about)
    return poster_sheet.Poster(link, title, speech.say("sheet_how"), about)


# ---------------------------------------------------------------- from words to codes


def _link(city: City, wanted: Wanted) -> DeepLink:
    if wanted.category and (wanted.category not in city.categories or city.categories[wanted.category].retired):
        used = [id_ for id_, category in city.categories.items() if not category.retired]
        raise WrongPayload(f"there is no category {wanted.category!r}; {_near(wanted.category, used)}")
    rw, rt = (number.zfill(2) if number.isdecimal() else number for number in (wanted.rw, wanted.rt))
    link = DeepLink(rw=rw, rt=rt, category=wanted.category, campaign=wanted.campaign, number=wanted.number.upper())
    return replace(link, place=_code(city, wanted.place)) if wanted.place else link


def _code(city: City, said: str) -> str:
    """The code of a place told by its code, id or name; of one name, the area comes before what lies in it."""
    found = _places(city)
    for each in found:
        if said in (each.code, each.row.id):
            return each.code
    named = [
        each for each in found if said.casefold() in (each.row.name.casefold(), *map(str.casefold, each.row.aliases))
    ]
    for kind in ("kelurahan", "landmark", ""):
        meant = [each for each in named if kind in ("", each.row.kind)]
        if len(meant) == 1:
            return meant[0].code
        if meant:
            several = ", ".join(f"{each.code} ({each.row.kind})" for each in meant[:6])
            raise WrongPayload(f"{said!r} may be several places; name one by its code: {several}")
    raise WrongPayload(f"there is no place {said!r} in {city.name}; {_near(said, [each.row.name for each in found])}")


def _near(said: str, known: list[str]) -> str:
    near = difflib.get_close_matches(said, known, n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else f"for example {', '.join(known[:3])}"


def _places(city: City) -> list[Coded]:
    return list(places_by_code(str(city.folder)).values())
