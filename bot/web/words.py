"""The pages' own sentences: one gettext catalogue a language in `texts/`, by message id."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po
from starlette.requests import Request

CATALOGUES = Path(__file__).with_name("texts")
LANGUAGES = ("id", "su", "en")
NAMES = {"id": "Bahasa Indonesia", "su": "Basa Sunda", "en": "English"}
ASKED = "bahasa"
"""The query parameter that asks for a language."""


@cache
def words_in(language: str) -> Mapping[str, str]:
    """Every sentence of the pages in one of LANGUAGES, by its message id."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return MappingProxyType(
            {str(entry.id): str(entry.string) for entry in read_po(file, locale=language) if entry.id}
        )


def language_of(request: Request) -> str:
    """The language asked for in the address, else Indonesian: many phones here are set to English without their owner reading it."""
    asked = request.query_params.get(ASKED, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
