"""``kentongan staff add``: a one-time code, and the link that carries it."""

from datetime import datetime, timedelta

import httpx

from bot.channels.secrecy import quiet_http_logs
from bot.opening import open_database
from bot.services.staffing import VALID_FOR, invite
from bot.settings import Settings
from cities.city import load_city

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
    username = await _username(settings)
    if username:
        lines.append(f"Link: https://t.me/{username}?start={code}")
    lines.append(f"Or send to the staff bot: /start {code}")
    return "\n".join(lines)


async def _username(settings: Settings) -> str:
    """What the staff bot is called on Telegram; "" without a token or a network: the code works all the same."""
    if settings.telegram_staff_token is None:
        return ""
    quiet_http_logs()
    url = f"{settings.telegram_api_url}/bot{settings.telegram_staff_token.get_secret_value()}/getMe"
    try:
        async with httpx.AsyncClient(timeout=timedelta(seconds=PATIENCE).total_seconds()) as client:
            answer = (await client.get(url)).json()
        return str(answer["result"]["username"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return ""
