"""Taking note of what a platform tells about itself, in the transaction that stores the event."""

from datetime import datetime
from typing import Final

from prometheus_client import Counter

from bot.channels.news import AccountNews, CampaignsChosen, IdsChanged, ParcelNews, TemplateNews
from bot.dialogue.texts import LANGUAGES, speech_for
from bot.jobs import progress
from bot.services import campaigns, operators
from bot.services.intake import Arrived
from bot.services.office import Office
from storage import Tx, outbox, parcels, people, templates

BILLED = Counter("kentongan_billed_messages_total", "Messages that a platform charges for", ["channel", "category"])
ALARMING: Final = frozenset({"REJECTED", "PAUSED", "DISABLED", "FLAGGED"})


def take_note(tx: Tx, office: Office, arrived: Arrived, now: datetime) -> None:
    """Let everything follow that the news of an event mean."""
    for news in arrived.news:
        match news:
            case ParcelNews():
                _parcel(tx, office, arrived, news, now)
            case TemplateNews():
                _template(tx, office, arrived, news, now)
            case AccountNews(event):
                sentences = {
                    language: speech_for(office.city, language).say("operator_account", kabar=event)
                    for language in LANGUAGES
                }
                operators.page(tx, office, arrived.source, event, sentences, now)
            case IdsChanged(known, old, new):
                people.know_as(tx, arrived.channel, arrived.bot, known, old, new, now)
            case CampaignsChosen(ids, wanted):
                contact_id = people.known_as(tx, arrived.channel, arrived.bot, ids)
                if contact_id is not None:
                    campaigns.choose(tx, contact_id, wanted=wanted, now=now)
            case _:
                raise TypeError(f"nobody takes note of {news!r}")


def _parcel(tx: Tx, office: Office, arrived: Arrived, news: ParcelNews, now: datetime) -> None:
    channel = arrived.channel
    if news.billed and parcels.bill(tx, channel, news.external_id, news.billed, office.today(now), now):
        BILLED.labels(channel, news.billed).inc()
    outcome = progress.written(news.failure) if news.failure else ""
    parcel = parcels.progressed(tx, channel, news.external_id, news.state, outcome, news.at, now)
    if parcel and parcel.message_id is not None:
        progress.follow(tx, office, arrived.source, parcel, now)


def _template(tx: Tx, office: Office, arrived: Arrived, news: TemplateNews, now: datetime) -> None:
    """One that can be sent again is tried for what is held; one that cannot is told to the operators."""
    if templates.note(tx, arrived.channel, news.name, news.locale, now, **news.known):
        outbox.release_unnudged(tx, arrived.channel, now)
    wanted = next((each.category for each in office.city.templates if each.name == news.name), None)
    if wanted is None:
        return
    category = news.known.get("category", wanted)
    if news.known.get("status") not in ALARMING and category == wanted:
        return
    sentences = {
        language: speech_for(office.city, language).say(
            "operator_template",
            nama=news.name,
            keadaan=news.known.get("status") or category,
            alasan=news.known.get("reason") or "-",
        )
        for language in LANGUAGES
    }
    operators.page(tx, office, arrived.source, news.name, sentences, now)
