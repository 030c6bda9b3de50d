"""Which template tells a person, whose window is shut, that there is news: chosen when it is to be sent.

Utility news never travels in a marketing template, nor the other way round; one that the platform filed elsewhere than we asked
for, or does not send at present, is passed over.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.dialogue.replies import Reply
from cities.city import City
from cities.templates import BODY, Filled, Template
from storage import Tx, templates

CAMPAIGN: Final = "campaign"
MARKETING: Final = "marketing"
UNFIT: Final = "UNFIT"
"""Our own status of a template that the platform refused to send as we filled it."""


def choose(tx: Tx, city: City, channel: str, reply: Reply, language: str, *, nudged: bool) -> Filled | None:
    """The template for a reply, the closest first; None when none can be sent.

    ``nudged``: the person was asked to write before, so only a template that tells the news itself is worth sending.
    """
    locale = city.locales.get(language) or city.locales.get(city.languages[0], "")
    blanks = dict(reply.blanks)
    fitting = [each for each in city.templates if _may_carry(each, reply) and each.announces(reply.news)]
    for template in sorted(fitting, key=lambda each: -each.announces(reply.news)):
        whole = template.tells_all and not reply.photos and not reply.enclosed
        if nudged and not whole:
            continue
        filled = _filled(template, locale, blanks, whole=whole)
        if filled and _sendable(tx, channel, template, locale):
            return filled
    return None


def is_campaign(reply: Reply) -> bool:
    """Whether it is advertising of a kind, which nobody is owed."""
    return reply.news.partition(".")[0] == CAMPAIGN


def _may_carry(template: Template, reply: Reply) -> bool:
    return (template.category == MARKETING) == is_campaign(reply)


def _sendable(tx: Tx, channel: str, template: Template, locale: str) -> bool:
    known = templates.find(tx, channel, template.name, locale)
    if known is None or known.status not in templates.SENDABLE:
        return False
    return known.category in {"", template.category}


def _filled(template: Template, locale: str, blanks: Mapping[str, str], *, whole: bool) -> Filled | None:
    """None where something to be filled in is not known, or too long."""
    wanted = template.placeholders(locale)
    if any(not blanks.get(name, "").strip() for name in wanted):
        return None
    values = {name: " ".join(blanks[name].split()) for name in wanted}
    if len(template.text[locale].format_map(values)) > BODY:
        return None
    buttons = tuple(button.value.format_map(values) for button in template.buttons)
    return Filled(template.name, locale, tuple(values.items()), buttons, whole)


def unusable(tx: Tx, channel: str, filled: Filled, status: str, reason: str, now: datetime) -> None:
    """The platform did not send it: choose another one until it says that this one can be sent."""
    templates.note(tx, channel, filled.name, filled.locale, now, status=status or UNFIT, reason=reason)
