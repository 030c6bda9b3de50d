"""Which agency a report should go to, and why. The machine proposes; a person decides."""

from dataclasses import dataclass

from bot.dialogue.texts import speech_for
from cities.city import City
from storage.tables import Report


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agency with the reason, in words a person can check."""

    agency: str
    because: str


def propose(city: City, report: Report, language: str) -> Proposal:
    """The owner of the sub-category where the report has one, else of the category."""
    category, speech = city.categories[report.category], speech_for(city, language)
    sub = category.subs.get(report.sub_category)
    if sub is not None:
        return Proposal(sub.owner, speech.say("routing_sub_category", sub=sub.label))
    return Proposal(category.owner, speech.say("routing_category", kategori=category.label[speech.language]))
