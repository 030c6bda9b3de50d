"""Messages that a platform lets us send to somebody who has not written for long: worded here, approved by the platform."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from cities.page import Page, unique
from cities.wording import PLACEHOLDER, PLACEHOLDERS

CATEGORIES: Final = frozenset({"utility", "marketing"})
ANY: Final = "*"
BODY: Final = 1024  # characters; Cloud API, "template components"
LABEL: Final = 25  # characters of a quick-reply button
MOST_BUTTONS: Final = 3  # more are folded away behind "see all options"
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,511}")
LOCALES: Final = frozenset(
    "af sq ar az bn bg ca zh_CN zh_HK zh_TW hr cs da nl en en_GB en_US et fil fi fr ka de el gu ha he hi hu id ga it ja kn kk"
    " rw_RW ko ky_KG lo lv lt mk ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr sk sl es es_AR es_ES es_MX sw sv ta te th tr uk"
    " ur uz vi zu".split()
)
"""Languages in which WhatsApp approves templates ("supported languages"); Sundanese is none of them."""


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """A quick reply. `value` is what a tap means, with placeholders."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """One template. Mappings go by the platform's name of a language."""

    name: str
    category: str  # utility or marketing
    news: tuple[str, ...]
    """Kinds of news that it may announce: a text's key, the beginning of one, or "*" for any."""
    tells_all: bool
    """It says all that the news says; else it only asks the person to write, and the news follows."""
    text: Mapping[str, str]
    examples: Mapping[str, str]
    buttons: tuple[TemplateButton, ...]

    def placeholders(self, locale: str) -> tuple[str, ...]:
        """The blanks of its text, in order, each once."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text[locale])))

    def announces(self, news: str) -> int:
        """How closely it fits a kind of news: 0 for not at all, more for closer."""
        fits = [len(kind) + 1 for kind in self.news if news == kind or news.startswith(f"{kind}.")]
        return max(fits, default=1 if ANY in self.news else 0)


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its blanks filled, ready to be sent."""

    name: str
    locale: str
    values: tuple[tuple[str, str], ...]  # by placeholder, in the order of the text
    buttons: tuple[str, ...]  # what each quick reply means
    tells_all: bool


def read_templates(table: Page, locales: Mapping[str, str]) -> tuple[Template, ...]:
    """All templates of a city; none where it has no such table."""
    pages = table.pages("templates", "name")
    unique(pages, "name")
    return tuple(_template(page, sorted(set(locales.values()))) for page in pages)


def read_locales(table: Page, languages: Sequence[str]) -> Mapping[str, str]:
    """For each language of the city the platform's language in which a template reaches its speakers."""
    if "templates" not in table:
        return MappingProxyType({})
    page = table.page("locales")
    return MappingProxyType({language: page.one_of(language, LOCALES) for language in languages})


def _template(page: Page, locales: Sequence[str]) -> Template:
    name = page.text("name")
    if not NAME.fullmatch(name):
        page.fault("name", f"{name!r} is no name", "Use a-z, 0-9 and _, beginning with a letter")
    text = page.page("text")
    worded = {locale: text.text(locale) for locale in locales}
    for locale, words in worded.items():
        _check_text(text, locale, words)
    examples = page.optional_page("examples")
    found = Template(
        name=name,
        category=page.one_of("category", CATEGORIES),
        news=page.words("for"),
        tells_all=page.flag("tells_all"),
        text=MappingProxyType(worded),
        examples=MappingProxyType({each: examples.text(each) for each in examples} if examples else {}),
        buttons=tuple(_button(each, locales) for each in page.pages("buttons", "value")),
    )
    _check(page, found)
    return found


def _button(page: Page, locales: Sequence[str]) -> TemplateButton:
    label = page.in_languages("label", locales)
    for locale, words in label.items():
        if len(words) > LABEL:
            page.fault(f"label.{locale}", f"{words!r} has {len(words)} characters", f"Shorten it to {LABEL}")
    return TemplateButton(page.text("value"), MappingProxyType(label))


def _check_text(page: Page, locale: str, words: str) -> None:
    """What the platform refuses at once (error codes 2388040, 2388299 and the rules of named parameters)."""
    if len(words) > BODY:
        page.fault(locale, f"has {len(words)} characters", f"Shorten it to {BODY}")
    if re.match(r"\{", words) or re.search(r"\}[\s.!?]*$", words):
        page.fault(locale, "begins or ends with a placeholder", "Put words before and behind it")
    if re.search(r"\}\s*\{", words):
        page.fault(locale, "has two placeholders side by side", "Put words between them")
    for unknown in sorted(set(PLACEHOLDER.findall(words)) - PLACEHOLDERS):
        page.fault(locale, f"{{{unknown}}} is no known placeholder", "See PLACEHOLDERS in cities/wording.py")


def _check(page: Page, template: Template) -> None:
    if not template.news:
        page.fault("for", "is missing", f"Name the kinds of news that it announces, or {ANY!r}")
    used = {name for locale in template.text for name in template.placeholders(locale)}
    for missing in sorted(used - set(template.examples)):
        page.fault(f"examples.{missing}", "is missing", "The platform wants an example of every placeholder")
    if len(template.buttons) > MOST_BUTTONS:
        page.fault("buttons", f"has {len(template.buttons)} entries", f"At most {MOST_BUTTONS}")
    for button in template.buttons:
        for blank in sorted(set(PLACEHOLDER.findall(button.value)) - used):
            page.fault("buttons", f"{{{blank}}} does not stand in the text", "Use placeholders of the text")
