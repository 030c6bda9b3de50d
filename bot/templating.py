"""``kentongan whatsapp templates push | status``: the city's templates at Meta, and what we know of them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.channels.whatsapp_errors import CloudApiError, needs_operator
from bot.channels.whatsapp_graph import Graph
from bot.channels.whatsapp_templates import MISSING, Standing, push, standings
from bot.opening import open_database
from bot.settings import Settings
from cities.loading import load_city
from cities.templates import Template
from storage import Tx, outbox, templates

CHANNEL = "whatsapp"

Ask = Callable[[Graph, str, Sequence[Template]], Awaitable[list[Standing]]]


class TemplatesUnavailable(Exception):
    """Meta could not be asked; the sentence says what to mend."""


async def push_templates(settings: Settings, now: datetime) -> str:
    """Hand the city's templates over and tell how each stands. Raises TemplatesUnavailable."""
    return await _asked(push, settings, now)


async def show_templates(settings: Settings, now: datetime) -> str:
    """Tell how each of the city's templates stands. Raises TemplatesUnavailable."""
    return await _asked(standings, settings, now)


async def _asked(ask: Ask, settings: Settings, now: datetime) -> str:
    city = load_city(settings.city)
    if not settings.whatsapp_on or settings.whatsapp_access_token is None:
        raise TemplatesUnavailable("WhatsApp is off: set the KENTONGAN_WHATSAPP_ variables first.")
    if not city.templates:
        raise TemplatesUnavailable(f"{city.folder}/templates.yaml holds no template.")
    graph = Graph(settings.whatsapp_access_token.get_secret_value(), settings.whatsapp_api_url)
    try:
        found = await ask(graph, str(settings.whatsapp_business_account_id), city.templates)
    except CloudApiError as error:
        rule = needs_operator(error)
        raise TemplatesUnavailable(f"Meta refuses: {rule.sentences['en'] if rule else error.description}.") from None
    finally:
        await graph.close()
    db = open_database(settings, now)
    try:
        await db.run(_keep, found, now)
    finally:
        db.close()
    return "\n".join(_line(each) for each in found)


def _keep(tx: Tx, found: Sequence[Standing], now: datetime) -> None:
    """What Meta says replaces what we knew, and what can be sent again is tried for what is held."""
    again = False
    for each in found:
        again |= templates.note(
            tx,
            CHANNEL,
            each.name,
            each.locale,
            now,
            status=each.status,
            category=each.category,
            quality=each.quality,
            reason=each.reason,
            external_id=each.external_id,
        )
    if again:
        outbox.release_unnudged(tx, CHANNEL, now)


def _line(standing: Standing) -> str:
    status = "not handed over" if standing.status == MISSING else standing.status
    words = [f"{standing.name:<28} {standing.locale:<6} {status:<16} {standing.category:<10} {standing.quality:<8}"]
    words += [word for word in (standing.reason, standing.done) if word]
    return "  ".join(words).rstrip()
