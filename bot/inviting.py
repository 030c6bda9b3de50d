"""``kentongan staff add``: a one-time code, and the link that carries it; and where the links of posters lead."""

import re
from datetime import datetime, timedelta

import httpx
from pydantic import SecretStr

from bot.channels.secrecy import quiet_http_logs
from bot.dialogue.deep_links import DeepLink, written
from bot.opening import open_database
from bot.posters import Target, WrongPosters
from bot.services.staffing import VALID_FOR, invite
from bot.settings import Settings
from cities.loading import load_city
from storage import Vault

PATIENCE = 5.0  # seconds for Telegram to say what our bot is called


async def invitation(settings: Settings, role: str, agency: str, now: datetime) -> str:
    """Make a code and word how it is used. The database may be in use by the running bot meanwhile. Raises WrongInvitation."""
    city = load_city(settings.city)
    db = open_database(settings, now)
    try:
        code = await db.run(invite, city, role, agency, now)
    finally:
        db.close()
    until = (now + VALID_FOR).astimezone(city.timezone)
    lines = [f"One-time code: {code}", f"Valid until {until:%Y-%m-%d %H:%M} {until.tzname()}, for one person."]
    username = await _username(settings, settings.telegram_staff_token)
    if username:
        payload = written(DeepLink(staff_code=code), Vault(settings.secret).fingerprint)
        lines.append(f"Link: https://t.me/{username}?start={payload}")
    lines.append(f"Or send to the staff bot: /start {code}")
    return "\n".join(lines)


async def citizen_address(settings: Settings, way: str, address: str) -> Target:
    """Where codes for citizens lead: as told, or what the settings turn on. Raises WrongPosters when that cannot be known."""
    way = way or _way_to(address) or ("telegram" if settings.telegram_citizen_token else "web")
    if way == "web" and address and not address.startswith(("https://", "http://")):
        raise WrongPosters(f"--way web: {address!r} is no address of pages; it begins with https://.")
    if way == "telegram":
        address = address or await _username(settings, settings.telegram_citizen_token)
    elif way == "web":
        address = address or settings.public_url or ""
    if address:
        return Target(way, address)
    missing = {
        "telegram": "the name of the bot is not known: set KENTONGAN_TELEGRAM_CITIZEN_TOKEN, or give --address NAME",
        "whatsapp": "give the number that citizens write to, with its country code: --address 62...",
        "web": "the address of our pages is not known: set KENTONGAN_PUBLIC_URL, or give --address https://...",
    }
    raise WrongPosters(f"--way {way}: {missing[way]}.")


def _way_to(address: str) -> str:
    """The way on which an address lies: a page, a number with its country code, or the name of a bot; "" for none."""
    if address.startswith(("https://", "http://")):
        return "web"
    return "whatsapp" if re.fullmatch(r"\+?[\d\s()-]{8,}", address) else "telegram" if address else ""


async def _username(settings: Settings, token: SecretStr | None) -> str:
    """What the bot with this token is called on Telegram; "" without a token or a network."""
    if token is None:
        return ""
    quiet_http_logs()
    url = f"{settings.telegram_api_url}/bot{token.get_secret_value()}/getMe"
    try:
        async with httpx.AsyncClient(timeout=timedelta(seconds=PATIENCE).total_seconds()) as client:
            answer = (await client.get(url)).json()
        return str(answer["result"]["username"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return ""
