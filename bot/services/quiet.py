"""The hours in which people are left in peace (working_hours.yaml, `reminding`)."""

from datetime import UTC, datetime, timedelta

from bot.services.office import Office


def not_quiet(office: Office, moment: datetime) -> datetime:
    """The moment itself, or when the quiet hours are over."""
    start, end = office.city.reminding.quiet
    local = moment.astimezone(office.city.timezone)
    over_midnight = start > end
    at_rest = local.time() >= start or local.time() < end if over_midnight else start <= local.time() < end
    if not at_rest:
        return moment
    day = local.date() + timedelta(days=1) if over_midnight and local.time() >= start else local.date()
    return datetime.combine(day, end, tzinfo=office.city.timezone).astimezone(UTC)
