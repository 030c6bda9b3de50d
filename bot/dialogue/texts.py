"""One lookup for every sentence a person reads.

Our own sentences are gettext catalogues in ``texts/`` (one a language, by message id); what a city may word itself (statuses, notices,
phrases, choices) comes from its folder. A key with a dot whose first part is the city's (``status.diterima``) is the city's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.dialogue.replies import Choice
from cities.city import City

CATALOGUES = Path(__file__).with_name("texts")
LANGUAGES = ("id", "su", "en")
MOMENT = {  # the wording of cities/<name>/statuses.yaml, {tenggat}
    "id": ("EEEE, d MMMM y 'pukul' HH.mm", "{} {}"),
    "su": ("EEEE, d MMMM y 'tabuh' HH.mm", "{} {}"),
    "en": ("EEEE, d MMMM y, HH:mm", "{} ({})"),
}
SHORT_MOMENT = "d MMM HH.mm"


class UnknownText(KeyError):
    """Nobody has worded this key."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """Our own sentences in one language, by message id."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file, locale=language) if entry.id}


@dataclass(frozen=True, slots=True)
class Speech:
    """A language spoken in a city."""

    city: City
    language: str

    def say(self, key: str, **values: object) -> str:
        """The sentence under ``key`` with its blanks filled. Raises UnknownText, and KeyError for a blank left empty."""
        return self._worded(key).format_map({name: str(value) for name, value in values.items()})

    def _worded(self, key: str) -> str:
        if (text := self.city.text(key, self.language)) is not None:
            return text
        own = catalogue(self.language if self.language in LANGUAGES else LANGUAGES[0])
        try:
            return own[key]
        except KeyError:
            raise UnknownText(key) from None

    def choice(self, value: str, label_key: str = "", **values: object) -> Choice:
        """A choice with its label; the city's label for that value unless ``label_key`` names another text."""
        return Choice(value, self.say(label_key or f"choice.{value}", **values))

    def category(self, id_: str) -> str:
        """What a category is called."""
        return self.city.categories[id_].label[self.language]

    def category_button(self, id_: str) -> str:
        """The same in at most 20 characters."""
        return self.city.categories[id_].button[self.language]

    def status(self, code: str) -> str:
        """What a status is called."""
        return self.city.statuses[code].label[self.language]

    def agency(self, id_: str) -> str:
        """The short name of an agency; the administrator's where none owns it yet."""
        return self.city.agencies[id_ or administrator_of(self.city)].short

    def address(self) -> str:
        """How we address a person whose name we do not use."""
        return self.city.facts["sapaan"]

    def moment(self, when: datetime) -> str:
        """A date and time in the city's zone, written out."""
        local = when.astimezone(self.city.timezone)
        pattern, with_zone = MOMENT[self.language]
        return with_zone.format(self._written(local, pattern), local.tzname())

    def day(self, when: datetime) -> str:
        """A date in the city's zone, written out."""
        return self._written(when.astimezone(self.city.timezone), "d MMMM y")

    def calendar_day(self, day: date) -> str:
        """A day of the city's calendar, written out."""
        return format_date(day, "d MMMM y", locale=self.language).replace("é", "e")

    def weekday(self, day: date) -> str:
        """The same with its weekday."""
        return format_date(day, "EEEE, d MMMM y", locale=self.language).replace("é", "e")

    def short_day(self, day: date) -> str:
        """A day for buttons: day and month."""
        return format_date(day, "d MMM", locale=self.language).replace("é", "e")

    def number(self, value: float) -> str:
        """A number with at most one decimal, as the language writes it."""
        return format_decimal(round(value, 1), format="0.#", locale=self.language)

    def month(self, day: date) -> str:
        """The month that a day lies in."""
        return format_date(day, "MMMM y", locale=self.language).replace("é", "e")

    def short_moment(self, when: datetime) -> str:
        """A date and time for lists: day, month, hour, minute."""
        return self._written(when.astimezone(self.city.timezone), SHORT_MOMENT)

    def _written(self, local: datetime, pattern: str) -> str:
        """Without accents: nobody types them in Sundanese (phrases.yaml, tone)."""
        return format_datetime(local, pattern, locale=self.language).replace("é", "e")


def administrator_of(city: City) -> str:
    """The agency that reads new reports first."""
    return next(agency.id for agency in city.agencies.values() if agency.role == "administrator")


def speech_for(city: City, language: str) -> Speech:
    """The way to speak to somebody: their language, or the city's first where we do not speak it."""
    return Speech(city, language if language in LANGUAGES else city.languages[0])


def number_removed(city: City) -> str:
    """What stands where somebody's NIK stood, in the language that the office reads."""
    return speech_for(city, city.languages[0]).say("number_removed")
