"""Which agency a report should go to, and why. The machine proposes; a person decides."""

from dataclasses import dataclass

from bot.dialogue.texts import Speech, speech_for
from cities.categories import Category, External
from cities.city import City
from storage.tables import Report

SOURCED = "sourced"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agency with the reason, in words a person can check; ``referral``: it is no office of the city's."""

    agency: str
    because: str
    referral: bool = False


def propose(city: City, report: Report, language: str) -> Proposal:
    """The most specific rule wins: outside the city, the road's authority or a matter named in words, the sub-category, the category.

    A road's authority decides only where it has a source; what is merely likely, the first owner checks in the field.
    """
    category, speech = city.categories[report.category], speech_for(city, language)
    for rule in category.external:
        if agency := _sends_to(city, rule, report):
            return Proposal(agency, _reason(speech, rule, report), not city.agencies[agency].inside_city)
    owner, because = _owner(category, report, speech)
    return Proposal(owner, because, not city.agencies[owner].inside_city)


def _sends_to(city: City, rule: External, report: Report) -> str:
    """The agency that a rule gives this report to; "" when the rule is not about it, or needs a person's reading."""
    if rule.outside:
        # A neighbour is chosen by its area, and nobody is where the area is not among those named.
        named = (agency for agency in rule.to if report.kota_kab and city.agencies[agency].area == report.kota_kab)
        return next(named, "")
    sourced = report.road_authority_basis == SOURCED and report.road_authority == rule.road
    return rule.to[0] if (rule.road and sourced) or rule.named_in(report.description) else ""


def _reason(speech: Speech, rule: External, report: Report) -> str:
    if rule.outside:
        return speech.say("routing_outside", daerah=report.kota_kab)
    if not rule.road:
        return speech.say("routing_matter", perkara=rule.when)
    status = speech.say(f"routing_road_{rule.road}")
    return speech.say("routing_road", jalan=report.place_name or speech.say("place_unknown"), status=status)


def _owner(category: Category, report: Report, speech: Speech) -> tuple[str, str]:
    sub = category.subs.get(report.sub_category)
    if sub is not None:
        return sub.owner, speech.say("routing_sub_category", sub=sub.label)
    return category.owner, speech.say("routing_category", kategori=category.label[speech.language])
