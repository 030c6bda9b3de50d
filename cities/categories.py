"""What people report, who owns it, how fast it should go, and by which words it is known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cities.page import Page, unique

SUPERVISORY = "pengaduan_pengawasan"
ACTIONS = frozenset({"diteruskan", "didisposisikan"})
PLACE_RULES = ("required", "recommended", "optional")
ROADS = frozenset({"nasional", "provinsi", "tol"})

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Dedup:
    """Two reports of the category nearer than this in metres and days may be one problem."""

    radius_m: float
    window_days: float


@dataclass(frozen=True, slots=True)
class External:
    """When a report of the category is another body's: `when` is for people, `road`, `outside` and `words` are for rules. `words` are
    phrases that name the matter by themselves, such as "paspor"."""

    when: str
    to: tuple[str, ...]
    action: str
    road: str | None
    outside: bool
    note: str | None
    words: tuple[str, ...] = ()
    subs: tuple[str, ...] = ()
    """Only for these sub-categories; for all when empty."""
    areas: tuple[str, ...] = ()
    """Only in these kelurahan or kecamatan; everywhere when empty."""

    @property
    def conditions(self) -> int:
        """How many things must hold: the more, the more specific the rule. 0: only a person can tell."""
        return sum(map(bool, (self.outside, self.road, self.words, self.subs, self.areas)))

    def named_in(self, message: str) -> bool:
        """Whether one of `words` stands in the message as whole words, however written.

        In a phrase, "motor|sepeda" is one word or the other, and "..." up to two words that do not matter.
        """
        said = " " + " ".join(_WORD.findall(message.casefold())) + " "
        return any(_pattern(phrase).search(said) for phrase in self.words)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    each = ("|".join(map(re.escape, part.split("|"))) for part in phrase.casefold().split())
    parts = (r"(?:\w+ ){0,2}" if words == re.escape("...") else f"(?:{words}) " for words in each)
    return re.compile(f" {''.join(parts)}")


@dataclass(frozen=True, slots=True)
class SubCategory:
    """A kind of problem within a category, with its own owner and time to resolve (None: an outside body's time)."""

    id: str
    label: str
    owner: str
    support: tuple[str, ...]
    priority: str | None
    resolve_wh: float | None
    classification: str | None
    may_schedule: bool
    confidential: bool
    location: str | None = None
    """How much it needs a place, where it is another rule than the category's."""


@dataclass(frozen=True, slots=True)
class Category:
    """One of the things that people report. Times are working hours, counted from disposition."""

    id: str
    label: Mapping[str, str]
    button: Mapping[str, str]
    description: str
    owner: str
    support: tuple[str, ...]
    priority: str
    location: str
    photo: str
    proof: str
    """What shows that it is done: photo, document or text."""
    classification: str | None
    confidential_default: bool
    restrict_view: tuple[str, ...]
    dedup: Dedup | None
    first_response_wh: float
    resolve_wh: float
    subs: Mapping[str, SubCategory]
    external: tuple[External, ...]
    emergency_triggers: tuple[str, ...]
    lexicon: Mapping[str, tuple[str, ...]]
    retired: bool

    def other_body(self, message: str) -> External | None:
        """The first rule whose words stand in the message: whose matter it says it is. None where it says nothing."""
        return next((rule for rule in self.external if rule.named_in(message)), None)

    @property
    def supervisory(self) -> bool:
        return self.classification == SUPERVISORY

    def is_supervisory(self, sub: str | None) -> bool:
        """Whether the report is about the conduct of officials: the sub-category decides where it says so."""
        chosen = self.subs.get(sub) if sub else None
        return (chosen.classification if chosen and chosen.classification else self.classification) == SUPERVISORY

    def is_confidential(self, sub: str | None) -> bool:
        """Whether nobody but those who handle it may hear of the report, by its category or its sub-category."""
        chosen = self.subs.get(sub) if sub else None
        return self.confidential_default or self.is_supervisory(sub) or (chosen is not None and chosen.confidential)

    def place_rule(self, sub: str | None) -> str:
        """How much a place is needed: "required", "recommended" or "optional"; the sub-category decides where it says so."""
        chosen = self.subs.get(sub) if sub else None
        return (chosen.location if chosen else None) or self.location


def read_categories(table: Page, languages: Sequence[str]) -> Mapping[str, Category]:
    """All categories by id, in the order of the file."""
    pages = table.pages("categories")
    unique(pages, "id")
    if not pages:
        table.fault("categories", "is empty", "List what people may report")
    categories = [_category(page, languages) for page in pages]
    return MappingProxyType({category.id: category for category in categories})


def _category(page: Page, languages: Sequence[str]) -> Category:
    sla, subs = page.page("sla"), page.pages("sub")
    unique(subs, "id")
    lexicon = page.page("lexicon")
    return Category(
        id=page.id(),
        label=MappingProxyType(page.in_languages("label", languages)),
        button=MappingProxyType(page.in_languages("button", languages)),
        description=page.text("description"),
        owner=page.text("owner"),
        support=page.words("support"),
        priority=page.text("priority"),
        location=page.one_of("location", PLACE_RULES),
        photo=page.one_of("photo", ("required", "recommended", "optional", "discouraged")),
        proof=page.one_of("proof", ("photo", "document", "text")),
        classification=_classification(page),
        confidential_default=page.flag("confidential_default"),
        restrict_view=page.words("restrict_view"),
        dedup=_dedup(page.optional_page("dedup")),
        first_response_wh=sla.number("first_response_wh"),
        resolve_wh=sla.number("resolve_wh"),
        subs=MappingProxyType({sub.id: sub for sub in map(_sub, subs)}),
        external=tuple(_external(entry) for entry in page.pages("external", "if")),
        emergency_triggers=page.words("emergency_triggers"),
        lexicon=MappingProxyType({language: lexicon.words(language) for language in lexicon}),
        retired=page.flag("retired"),
    )


def _sub(page: Page) -> SubCategory:
    return SubCategory(
        id=page.id(),
        label=page.text("label"),
        owner=page.text("owner"),
        support=page.words("support"),
        priority=page.text("priority") if "priority" in page else None,
        resolve_wh=page.optional_number("sla_resolve_wh"),
        classification=_classification(page),
        may_schedule=page.flag("may_schedule"),
        confidential=page.flag("confidential"),
        location=page.one_of("location", PLACE_RULES) if "location" in page else None,
    )


def _classification(page: Page) -> str | None:
    return page.text("classification") if "classification" in page else None


def _dedup(page: Page | None) -> Dedup | None:
    return Dedup(page.number("radius_m"), page.number("window_days")) if page else None


def _external(page: Page) -> External:
    return External(
        when=page.text("if"),
        to=page.words("to"),
        action=page.one_of("action", ACTIONS, "diteruskan"),
        road=page.one_of("road", ROADS) if "road" in page else None,
        outside=page.flag("outside"),
        note=page.text("note") if "note" in page else None,
        words=page.words("words"),
        subs=page.words("sub"),
        areas=page.words("areas"),
    )
