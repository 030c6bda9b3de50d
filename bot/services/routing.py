"""Which agency a report should go to, and why. The machine proposes; a person decides."""

from dataclasses import dataclass

from bot.dialogue.texts import Speech, speech_for
from cities.categories import Category, External
from cities.city import City
from storage.tables import Report

SOURCED, LIKELY = "sourced", "likely"
SURE = 0.6  # confidence of the reader from which its category is no mere guess; a person's correction is 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """An agency with the reason, in words a person can check; ``referral``: it is no office of the city's.

    ``sure`` is False where it stands on a guess: of the category, or of whose road it is.
    """

    agency: str
    because: str
    referral: bool = False
    sure: bool = True


def propose(city: City, report: Report, language: str) -> Proposal:
    """The most specific rule wins: outside the city, then the one with the most conditions (sub-category, place, the road's authority,
    a matter named in words), the sub-category, the category.

    A road's authority decides only where it has a source; what is merely likely is said to be so, and the first owner checks it.
    """
    category, speech = city.categories[report.category], speech_for(city, language)
    for rule in sorted(category.external, key=lambda rule: (not rule.outside, -rule.conditions)):
        if agency := _sends_to(city, rule, report):
            return Proposal(agency, _reason(speech, rule, report), not city.agencies[agency].inside_city)
    owner, because = _owner(category, report, speech)
    sure = category.id != city.fallback_category and report.category_confidence >= SURE
    if likely := _likely_road(category, report, speech):
        return Proposal(owner, f"{because}; {likely}", not city.agencies[owner].inside_city, sure=False)
    return Proposal(owner, because, not city.agencies[owner].inside_city, sure=sure)


def _likely_road(category: Category, report: Report, speech: Speech) -> str:
    """That the road may be somebody else's, where nothing proves it and it would matter; "" otherwise."""
    matters = any(rule.road == report.road_authority for rule in category.external if rule.road)
    if report.road_authority_basis != LIKELY or not matters:
        return ""
    status = speech.say(f"routing_road_{report.road_authority}")
    return speech.say("routing_road_likely", jalan=report.place_name or speech.say("place_unknown"), status=status)


def _sends_to(city: City, rule: External, report: Report) -> str:
    """The agency that a rule gives this report to; "" when the rule is not about it, or needs a person's reading."""
    elsewhere = rule.areas and not {report.kelurahan, report.kecamatan} & set(rule.areas)
    if elsewhere or (rule.subs and report.sub_category not in rule.subs):
        return ""
    if rule.outside:
        # A neighbour is chosen by its area, and nobody is where the area is not among those named.
        named = (agency for agency in rule.to if report.kota_kab and city.agencies[agency].area == report.kota_kab)
        return next(named, "")
    sourced = report.road_authority_basis == SOURCED and report.road_authority == rule.road
    said = rule.named_in(report.description)
    if rule.road or rule.words:
        return rule.to[0] if (rule.road and sourced) or said else ""
    return rule.to[0] if rule.subs or rule.areas else ""


def _reason(speech: Speech, rule: External, report: Report) -> str:
    if rule.outside:
        return speech.say("routing_outside", daerah=report.kota_kab)
    if rule.areas:
        there = report.kelurahan if report.kelurahan in rule.areas else report.kecamatan
        return speech.say("routing_area", daerah=there, perkara=rule.when)
    if not rule.road:
        return speech.say("routing_matter", perkara=rule.when)
    status = speech.say(f"routing_road_{rule.road}")
    return speech.say("routing_road", jalan=report.place_name or speech.say("place_unknown"), status=status)


def _owner(category: Category, report: Report, speech: Speech) -> tuple[str, str]:
    sub = category.subs.get(report.sub_category)
    if sub is not None:
        return sub.owner, speech.say("routing_sub_category", sub=sub.label)
    return category.owner, speech.say("routing_category", kategori=category.label[speech.language])
