"""``kentongan whatsapp billed``: what WhatsApp charged for, by day and price category."""

from datetime import datetime, timedelta

from bot.opening import open_database
from bot.settings import Settings
from cities.loading import load_city
from storage import parcels


def billed_lines(settings: Settings, days: int, now: datetime) -> str:
    """A line for each day and category, tabs between, and the sum of each category at the end."""
    today = now.astimezone(load_city(settings.city).timezone).date()
    db = open_database(settings, now)
    try:
        rows = db.read_sync(parcels.billed, today - timedelta(days=days - 1), today)
    finally:
        db.close()
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.category] = sums.get(row.category, 0) + row.count
    each = [f"{row.day}\t{row.channel}\t{row.category}\t{row.count}" for row in rows]
    total = [f"sum\t\t{category}\t{count}" for category, count in sorted(sums.items())]
    return "\n".join(["day\tchannel\tcategory\tmessages", *each, *total])
