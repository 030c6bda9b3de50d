"""By which words danger is known, and which numbers may be said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cities.agencies import Agency, Contact
from cities.page import Page


@dataclass(frozen=True, slots=True)
class SelfHarmRule:
    """Words of somebody who may hurt themselves. A weak one counts only when no public problem is named."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmergencyRules:
    """What makes a message an emergency, before anything else is done with it."""

    category: str
    """The category whose sub-categories are the kinds of emergency."""
    triggers: Mapping[str, tuple[str, ...]]
    """By kind of emergency (a sub-category of `category`): words and phrases."""
    never_alone: tuple[str, ...]
    """Words that occur in ordinary complaints and mean nothing by themselves."""
    look_alikes: tuple[str, ...]
    """Phrases that contain or resemble a trigger and are no danger."""
    self_harm_rule: SelfHarmRule
    confirmed_numbers: tuple[Contact, ...]
    """Only these numbers may be shown to a citizen."""
    services: tuple[str, ...] = ()
    """What people call those who come in an emergency."""
    words_of_danger: frozenset[str] = frozenset()
    """Single words that occur where there is danger and are no trigger; they may have an ending ("-nya")."""

    triggers_en: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By kind, the English phrases: longer and plainer than those of the languages that the model reads well."""

    @property
    def dangers(self) -> tuple[str, ...]:
        """The words and phrases of every kind of emergency."""
        return tuple(
            phrase for listed in (self.triggers, self.triggers_en) for phrases in listed.values() for phrase in phrases
        )


def read_emergency(categories: Page, agencies: Mapping[str, Agency]) -> EmergencyRules:
    meta = categories.page("meta")
    rule, self_harm = meta.page("emergency_rule"), meta.page("self_harm_rule")
    category = rule.text("category")
    pages = [page for page in categories.pages("categories") if page.raw("id") == category]
    triggers = {str(sub.raw("id")): sub.words("triggers") for page in pages for sub in page.pages("sub")}
    english = {str(sub.raw("id")): sub.words("triggers_en") for page in pages for sub in page.pages("sub")}
    if not triggers:
        rule.fault(
            "category",
            f"names no category with sub-categories: {category!r}",
            "Name the one for emergencies",
        )
    contacts = tuple(contact for agency in agencies.values() for contact in agency.contacts)
    return EmergencyRules(
        category=category,
        triggers=MappingProxyType(triggers),
        triggers_en=MappingProxyType(english),
        never_alone=rule.words("never_alone"),
        look_alikes=rule.words("look_alikes"),
        self_harm_rule=SelfHarmRule(self_harm.words("strong"), self_harm.words("weak")),
        confirmed_numbers=tuple(contact for contact in contacts if contact.confirmed),
        services=rule.words("services"),
        words_of_danger=frozenset(rule.words("words_of_danger")),
    )
