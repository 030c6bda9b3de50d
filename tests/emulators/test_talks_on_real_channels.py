"""Talks of tests/conversations through the real adapters and the stand-ins for both platforms, which refuse what breaks a contract.

Each payload comes twice. `KENTONGAN_EVERY_TALK=1` plays all talks that a platform can hold.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cities.city import City
from nlp import Reader
from tests.conversation_runner import play
from tests.emulators.bot_api import BotApi
from tests.emulators.cloud_api import CloudApi
from tests.emulators.real_town import CannotBeDone, RealTown
from tests.emulators.serving import serving, telegram

FOLDER = Path(__file__).parents[1] / "conversations"
EVERY = os.environ.get("KENTONGAN_EVERY_TALK") == "1"
ALL = sorted(path.stem for path in FOLDER.glob("*.txt"))
NOT_HERE = {
    "kim_joining": "nobody is without a name on a real platform",
    "kim_yearly_question": "nobody is without a name on a real platform",
    "linked_channels": "it names the terminal",
    "own_records": "files are told by their kind",
    "photo_that_knows_its_place": "what is in a photo is not sent as an event",
    "staff_messages": "it names the terminal",
    "staff_referral_letter": "files are told by their kind",
    "staff_somebody_was_faster": "nobody is without a name on a real platform",
}
NOT_ON_WHATSAPP = {
    "kim_album_late": "it tells of no album",
    "kim_photos_swapped": "it tells neither writers nor albums",
    "kim_witness": "after a day only a template may be sent, and here the platform knows none",
}
TELEGRAM = {
    "album_with_captions",
    "change_one_answer",
    "edited",
    "emergency_yes",
    "first_sentence_says_all",
    "forwarded_by_anybody",
    "kim_album_late",
    "kim_batch_in_danger",
    "kim_batch_mixed_places",
    "kim_batch_of_twenty",
    "kim_group_of_a_street",
    "kim_photos_swapped",
    "lapor_with_words",
    "old_button",
    "pin_near_words",
    "rating_low",
    "several_short_messages",
    "similar_joined",
    "solved",
    "stickers_and_voice",
    "sundanese",
}
WHATSAPP = {
    "album",
    "edited",
    "emergency_silence",
    "forwarded_by_anybody",
    "forwarded_in_danger",
    "forwarded_where_something_is_awaited",
    "kim_batch",
    "kim_batch_in_pieces",
    "kim_batch_mixed_places",
    "kim_batch_of_twenty",
    "language",
    "never_taps",
    "not_solved",
    "photo_with_caption",
    "pin_first",
    "privacy_words",
    "similar_joined",
    "taps_only",
    "two_in_one_message",
}


@pytest.fixture(scope="module")
def bot_api() -> Iterator[tuple[BotApi, str]]:
    with telegram() as served:
        yield served


@pytest.fixture(scope="module")
def cloud_api() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url


@pytest.fixture(params=[("telegram", name) for name in sorted(ALL if EVERY else TELEGRAM)]
                + [("whatsapp", name) for name in sorted(ALL if EVERY else WHATSAPP)], ids="-".join)  # fmt: skip
def town_and_talk(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path, city: City, reader: Reader,
    bot_api: tuple[BotApi, str], cloud_api: tuple[CloudApi, str],
) -> Iterator[tuple[RealTown, str]]:  # fmt: skip
    channel, name = request.param
    if name in NOT_HERE:
        pytest.skip(NOT_HERE[name])
    if channel == "whatsapp" and name in NOT_ON_WHATSAPP:
        pytest.skip(NOT_ON_WHATSAPP[name])
    bot_api[0].reset()
    cloud_api[0].forget()
    town = RealTown(
        sqlite_template, tmp_path, city, reader,
        telegram=bot_api, whatsapp=cloud_api if channel == "whatsapp" else None, twice=True,
    )  # fmt: skip
    yield town, name
    town.close()
    bot_api[0].check()
    assert not cloud_api[0].violations
    assert not town.failures


def test_a_talk_happens_on_a_real_channel_as_it_is_written(town_and_talk: tuple[RealTown, str]) -> None:
    town, name = town_and_talk
    try:
        play((FOLDER / f"{name}.txt").read_text(), town)
    except CannotBeDone as missing:
        pytest.skip(f"the platform has nothing like it: {missing}")
