"""Campaigns go out within the platforms' limits, by day, and never all at once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.services.campaign_pace import FROM, PACES, UNTIL, Lane, book, pace_of

WIB = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Nine in the morning in Bandung."""


def booked(channel: str, n: int, start: datetime = MORNING, **more: int) -> list[datetime]:
    lane, moments = Lane(), []
    for _ in range(n):
        moment, lane = book(lane, pace_of(channel, **more), start, WIB)
        moments.append(moment)
    return moments


def test_telegram_gets_no_more_than_twenty_in_a_second() -> None:
    moments = booked("telegram", 5000)
    for first, twentieth in zip(moments, moments[20:], strict=False):
        assert twentieth - first >= timedelta(seconds=0.999)
    assert moments[-1] - moments[0] < timedelta(minutes=5)


def test_whatsapp_gets_no_more_in_a_day_than_a_new_number_may_begin() -> None:
    days = Counter(moment.astimezone(WIB).date() for moment in booked("whatsapp", 2000))
    assert list(days.values()) == [900, 900, 200]


def test_a_number_of_better_standing_sends_more_in_a_day_and_a_new_one_as_little_as_its_operator_says() -> None:
    for a_day in (100, 1500):
        days = Counter(moment.astimezone(WIB).date() for moment in booked("whatsapp", 2000, whatsapp_a_day=a_day))
        assert next(iter(days.values())) == a_day
        assert sum(days.values()) == 2000


def test_a_channel_of_our_own_has_no_limit_a_day() -> None:
    assert pace_of("webchat", 100).per_day is None
    assert pace_of("telegram", 100).per_day is None


def test_what_does_not_fit_into_the_day_goes_on_at_eight_the_next_morning() -> None:
    evening = datetime(2026, 11, 24, 12, 59, 59, 500_000, tzinfo=UTC)
    moments = booked("telegram", 30, evening)
    assert moments[0] == evening
    assert moments[-1] >= datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@given(
    st.sampled_from([*PACES, "webchat"]),
    st.integers(0, 365 * 86_400).map(lambda seconds: MORNING + timedelta(seconds=seconds)),
    st.lists(st.integers(0, 100_000), min_size=1, max_size=30),
)
def test_nobody_is_written_to_at_night_and_no_moment_is_given_twice(
    channel: str, start: datetime, waits: list[int]
) -> None:
    lane, asked, before = Lane(), start, None
    for wait in waits:
        asked += timedelta(seconds=wait)
        moment, lane = book(lane, pace_of(channel), asked, WIB)
        assert moment >= asked
        assert before is None or moment > before
        assert FROM <= moment.astimezone(WIB).time() < UNTIL
        before = moment
