"""Both bots against a server that checks what they ask of it. What holds for one library holds for the other."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.channels import telegram_bot
from bot.channels.base import (
    ChannelUnavailable,
    ChatMoved,
    Delivered,
    FetchFailed,
    Partly,
    Photo,
    Refused,
    Rendered,
    TryLater,
    Undecodable,
    Unreachable,
)
from bot.channels.menus import Menu
from bot.channels.rendering import render
from bot.dialogue.events import (
    ChoicePicked,
    CommandGiven,
    Forwarded,
    LocationShared,
    MediaShared,
    MessageEdited,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.replies import Choice, Reply
from tests.channels.conftest import KINDS, Meeting, bot_of
from tests.emulators.bot_api import BotApi

JPEG = b"\xff\xd8\xff" + b"picture" * 40
CHAT = "4711"


# Getting ready


async def test_opening_learns_the_name(meeting: Meeting) -> None:
    await meeting.bot.open()
    assert meeting.bot.username == meeting.api.bots[meeting.token].username


async def test_a_menu_stands_in_its_scope_and_language(meeting: Meeting) -> None:
    await meeting.bot.set_menu(Menu("all_private_chats", "su", (("lapor", "Damel laporan"),)))
    commands = meeting.api.bots[meeting.token].commands
    assert commands == {"all_private_chats::su": [{"command": "lapor", "description": "Damel laporan"}]}


async def test_a_menu_that_cannot_be_set_says_whether_waiting_helps(meeting: Meeting) -> None:
    menu = Menu("all_private_chats", "", (("lapor", "Buat laporan"),))
    for status, passing in ((502, True), (400, False)):
        meeting.api.fail_next(meeting.token, status, method="setMyCommands")
        with pytest.raises(ChannelUnavailable) as refusal:
            await meeting.bot.set_menu(menu)
        assert refusal.value.passing is passing


@pytest.mark.parametrize("kind", KINDS)
async def test_with_a_public_address_the_webhook_is_set_and_without_one_it_is_taken_away(
    kind: str, server: tuple[BotApi, str]
) -> None:
    api, url = server
    told = api.bots[KINDS[kind][1]]
    for public_url, expected in (("http://127.0.0.1:9/", f"http://127.0.0.1:9/webhooks/telegram/{kind}"), (None, None)):
        bot = bot_of(kind, url, public_url=public_url)
        await bot.open()
        await bot.close()
        assert told.webhook.get("url") == expected
        assert told.webhook.get("secret_token") == (expected and "s3cret")
    assert set(api.called("setWebhook")[0].parameters["allowed_updates"]) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("token", ["1009:of-nobody", "not a token", "nonsense"])
async def test_a_wrong_token_names_the_setting_and_is_not_shown(
    kind: str, token: str, server: tuple[BotApi, str]
) -> None:
    with pytest.raises(ChannelUnavailable, match=f"KENTONGAN_TELEGRAM_{kind.upper()}_TOKEN") as refusal:
        await bot_of(kind, server[1], token=token).open()
    assert not refusal.value.passing
    assert token not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("kind", KINDS)
async def test_a_platform_out_of_reach_will_be_tried_again(kind: str) -> None:
    bot = bot_of(kind, "http://127.0.0.1:9")
    with pytest.raises(ChannelUnavailable, match="will be tried again") as refusal:
        await bot.open()
    assert refusal.value.passing
    await bot.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_an_address_that_telegram_refuses_names_the_setting(kind: str, server: tuple[BotApi, str]) -> None:
    bot = bot_of(kind, server[1], public_url="http://kota.example")
    with pytest.raises(ChannelUnavailable, match="KENTONGAN_PUBLIC_URL"):
        await bot.open()
    await bot.close()


async def test_opening_works_after_a_failure(server: tuple[BotApi, str]) -> None:
    api, url = server
    for kind, (_, token) in KINDS.items():
        bot = bot_of(kind, url)
        api.fail_next(token, 502, method="deleteWebhook")
        with pytest.raises(ChannelUnavailable):
            await bot.open()
        await bot.open()
        assert bot.username
        await bot.close()


# What people send


async def test_words_and_commands_are_told_apart(meeting: Meeting) -> None:
    meeting.person.write("lampu jalan mati 😕")
    assert meeting.bot.parse(meeting.last_update()) == (TextSent("lampu jalan mati 😕"),)
    meeting.person.start("undangan_x-1")
    assert meeting.bot.parse(meeting.last_update()) == (CommandGiven("start", "undangan_x-1"),)


async def test_the_largest_size_of_a_photo_counts_and_its_caption_comes_along(meeting: Meeting) -> None:
    meeting.person.send_photo(JPEG, "jalan rusak")
    (event,) = meeting.bot.parse(meeting.last_update())
    assert isinstance(event, MediaShared)
    assert (event.kind, event.caption) == ("photo", "jalan rusak")
    assert (await meeting.bot.fetch(event.file)).content == JPEG


async def test_pictures_that_were_sent_as_one_say_so(meeting: Meeting) -> None:
    first, second = meeting.person.send_album([JPEG, JPEG], "jalan rusak")
    assert first < second
    updates = meeting.api.bots[meeting.person.token].queue[-2:]
    albums = {event.album for update in updates for event in meeting.bot.parse(update)}  # type: ignore[union-attr]
    assert len(albums) == 1
    assert "" not in albums


async def test_files_voices_and_places_are_understood(meeting: Meeting) -> None:
    person, bot = meeting.person, meeting.bot
    person.send_document(b"%PDF", "surat.pdf", "application/pdf", "buktinya")
    (event,) = bot.parse(meeting.last_update())
    assert isinstance(event, MediaShared)
    assert (event.kind, event.caption) == ("document", "buktinya")
    person.send_document(JPEG, "asli.jpg", "image/jpeg")
    assert bot.parse(meeting.last_update())[0].kind == "photo"  # type: ignore[union-attr]
    person.send_voice(b"OggS")
    assert bot.parse(meeting.last_update())[0].kind == "voice"  # type: ignore[union-attr]
    person.send_location(-6.9, 107.6)
    assert bot.parse(meeting.last_update()) == (LocationShared(-6.9, 107.6),)
    person.send_venue(-6.9, 107.6, "Gedung Sate")
    assert bot.parse(meeting.last_update()) == (LocationShared(-6.9, 107.6, "Gedung Sate"),)
    person.send_sticker()
    assert bot.parse(meeting.last_update()) == (UnreadableSent("sticker"),)


async def test_a_tap_brings_the_value_and_its_spinner_stops(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("Sudah benar?", ((Choice("send", "Kirim"),),), turn=12))
    meeting.person.tap("Kirim")
    tap = meeting.last_update()
    assert meeting.bot.parse(tap) == (ChoicePicked("send", 12),)
    assert meeting.bot.envelope(tap).sender == meeting.bot.envelope(meeting.api.bots[meeting.token].queue[0]).sender
    await meeting.bot.acknowledge(tap)
    assert list(meeting.api.bots[meeting.token].taps.values()) == [True]


async def test_an_acknowledgement_that_fails_is_no_trouble(meeting: Meeting) -> None:
    await meeting.bot.acknowledge({"update_id": 1, "callback_query": {"id": "long ago"}})
    await meeting.bot.acknowledge({"update_id": 2, "message": {}})
    assert len(meeting.api.called("answerCallbackQuery", meeting.token)) == 1


async def test_news_that_nobody_wrote_is_nothing(meeting: Meeting) -> None:
    for update in (
        {"update_id": 2, "my_chat_member": {"new_chat_member": {"status": "kicked"}}},
        {"update_id": 3, "something_new": {}},
    ):
        assert meeting.bot.parse(update) == ()


async def test_a_message_that_was_changed_says_which_and_how_it_reads_now(meeting: Meeting) -> None:
    meeting.person.write("jalan rusak di cihapit")
    first = dict(meeting.last_update()["message"])  # type: ignore[call-overload]
    (said,) = meeting.bot.parse({"update_id": 8, "message": first})
    changed = {**first, "edit_date": first["date"] + 5, "text": "jalan rusak di cilaki"}
    assert meeting.bot.parse({"update_id": 9, "edited_message": changed}) == (
        MessageEdited("jalan rusak di cilaki", str(first["message_id"])),
    )
    assert isinstance(said, TextSent)
    assert said.message == str(first["message_id"])
    del changed["text"]
    moved = {**changed, "location": {"latitude": -6.9, "longitude": 107.6, "live_period": 600}}
    assert meeting.bot.parse({"update_id": 10, "edited_message": moved}) == (LocationShared(-6.9, 107.6, moved=True),)
    assert meeting.bot.parse({"update_id": 11, "edited_message": changed}) == ()


async def test_unknown_company_of_a_known_text_does_not_hide_it(meeting: Meeting) -> None:
    meeting.person.write("teruskan")
    update = meeting.last_update()
    update["message"]["forward_origin"] = {"type": "hidden_user", "date": 1}  # type: ignore[index]  # no name, as the server does
    update["message"]["reply_to_message"] = {"shape": "of tomorrow"}  # type: ignore[index]
    (event,) = meeting.bot.parse(update)
    assert isinstance(event, Forwarded)
    assert event.content == TextSent("teruskan")


@pytest.mark.parametrize(
    "message",
    [
        {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "photo": [{"file_id": "x"}]},
        {"message_id": 1, "date": 1, "chat": "private", "text": "hm"},
    ],
)
async def test_a_misshapen_message_is_undecodable(meeting: Meeting, message: dict[str, object]) -> None:
    with pytest.raises(Undecodable):
        meeting.bot.parse({"update_id": 1, "message": message})


async def test_a_fault_of_our_own_reading_is_logged_with_where_it_stands(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_wrongly(*_: object) -> None:
        raise AttributeError("no such field")

    monkeypatch.setattr(telegram_bot, "events_in", read_wrongly)
    with capture_logs() as logged, pytest.raises(Undecodable, match="AttributeError no such field"):
        meeting.bot.parse(
            {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}
        )
    (line,) = logged
    assert line["exc_info"] is True
    assert line["log_level"] == "warning"


# What we send


async def test_a_text_arrives_as_it_is_with_its_buttons_in_rows(meeting: Meeting) -> None:
    text = "Tidak *tebal* _ini_ <b>atau</b> [itu](x) & 😀"
    message = Rendered(text, ((Choice("a", "Satu"), Choice("b", "Dua")), (Choice("c", "Tiga"),)), turn=3)
    delivery = await meeting.bot.deliver(CHAT, message)
    (shown,) = meeting.person.messages
    assert delivery == Delivered(str(shown.raw["message_id"]))
    assert shown.text == text
    assert shown.buttons == {"Satu": "3:a", "Dua": "3:b", "Tiga": "3:c"}
    assert [len(row) for row in shown.raw["reply_markup"]["inline_keyboard"]] == [2, 1]


async def test_a_location_is_asked_for_with_a_key_that_goes_away(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("Di mana?", ask_location="Kirim lokasi"))
    keyboard = meeting.person.messages[0].raw["reply_markup"]
    assert keyboard["keyboard"] == [[{"text": "Kirim lokasi", "request_location": True}]]
    assert keyboard["one_time_keyboard"]


def pictures(count: int) -> tuple[Photo, ...]:
    return tuple(Photo(JPEG + bytes([number]), "image/jpeg", f"{number}.jpg") for number in range(count))


async def test_one_photo_carries_a_short_text_and_its_buttons(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("Sudah?", ((Choice("y", "Ya"),),), 1, photos=pictures(1)))
    (shown,) = meeting.person.messages
    assert (shown.text, shown.photo, shown.buttons) == ("Sudah?", JPEG + b"\0", {"Ya": "1:y"})


async def test_a_text_too_long_for_a_caption_follows_its_photo(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("😀" * 513, photos=pictures(1)))
    photo, words = meeting.person.messages
    assert (photo.text, photo.photo) == ("", JPEG + b"\0")
    assert words.text == "😀" * 513


async def test_several_photos_are_an_album_under_which_buttons_cannot_stand(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("Bukti", photos=pictures(3)))
    assert [message.text for message in meeting.person.messages] == ["Bukti", "", ""]
    await meeting.bot.deliver(CHAT, Rendered("Bukti", ((Choice("y", "Ya"),),), photos=pictures(11)))
    album = meeting.person.messages[3:]
    assert [bool(message.photo) for message in album] == [True] * 11 + [False]
    assert album[-1].buttons == {"Ya": "0:y"}


async def test_what_is_no_picture_travels_as_a_document(meeting: Meeting) -> None:
    await meeting.bot.deliver(CHAT, Rendered("Surat", photos=(Photo(b"%PDF-1", "application/pdf", "surat.pdf"),)))
    (shown,) = meeting.person.messages
    assert shown.text == "Surat"
    assert "document" in shown.raw


async def test_the_longest_text_with_the_most_buttons_is_taken(meeting: Meeting) -> None:
    capabilities = meeting.bot.capabilities
    choices = tuple(Choice(f"v{n}" * 16, "Jalan rusak 😀" + str(n)) for n in range(10, 10 + capabilities.buttons))
    reply = Reply("😀 kata " * 900, choices, turn=10**9)
    assert isinstance(await meeting.bot.deliver(CHAT, render(reply, capabilities)), Delivered)
    assert len(meeting.person.messages[-1].buttons) == capabilities.buttons


# When it does not work


async def test_being_asked_to_slow_down_is_nobodys_fault(meeting: Meeting) -> None:
    meeting.api.fail_next(meeting.token, 429, retry_after=7)
    delivery = await meeting.bot.deliver(CHAT, Rendered("Halo"))
    assert isinstance(delivery, TryLater)
    assert (delivery.after, delivery.counts) == (7, False)
    assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), Delivered)


@pytest.mark.parametrize(
    ("status", "description", "outcome"),
    [
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
        (413, "Request Entity Too Large", Refused),
        (500, "Internal Server Error", TryLater),
        (502, "Bad Gateway", TryLater),
        (503, "Service Unavailable: restart", TryLater),
    ],
)
async def test_every_error_has_an_outcome(meeting: Meeting, status: int, description: str, outcome: type) -> None:
    meeting.api.fail_next(meeting.token, status, description)
    delivery = await meeting.bot.deliver(CHAT, Rendered("Halo"))
    assert isinstance(delivery, outcome)
    assert getattr(delivery, "counts", True)


async def test_a_long_reply_goes_on_after_the_part_that_failed(meeting: Meeting) -> None:
    message = Rendered("akhir", before=("awal",))
    first = await meeting.bot.deliver(CHAT, replace(message, done=0))
    assert isinstance(first, Delivered)
    meeting.api.called("sendMessage").clear()
    before = len(meeting.api.called("sendMessage"))
    again = await meeting.bot.deliver(CHAT, replace(message, done=1))
    assert isinstance(again, Delivered)
    assert [call.parameters["text"] for call in meeting.api.called("sendMessage")[before:]] == ["akhir"]


async def test_how_much_went_out_before_a_failure_is_told(meeting: Meeting) -> None:
    photos = tuple(Photo(JPEG, "image/jpeg", f"{n}.jpg") for n in range(2))
    meeting.api.fail_next(meeting.token, 502, method="sendMessage")
    outcome = await meeting.bot.deliver(CHAT, Rendered("Buktinya", ((Choice("y", "Ya"),),), photos=photos))
    assert isinstance(outcome, Partly)
    assert outcome.done == 1
    assert isinstance(outcome.outcome, TryLater)


async def test_words_of_people_travel_as_they_are(meeting: Meeting) -> None:
    text = "<b>bolong</b> & [dalam](x) _sekali_ *banget* `x` </i>"
    await meeting.bot.deliver(CHAT, Rendered(text))
    sent = meeting.api.called("sendMessage")[-1].parameters
    assert sent["text"] == text
    assert not sent.get("parse_mode")


async def test_a_message_that_reads_so_already_is_as_good_as_sent(meeting: Meeting) -> None:
    meeting.api.fail_next(meeting.token, 400, "Bad Request: message is not modified: specified new content is the same")
    assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), Delivered)


async def test_a_group_that_moved_is_told_with_its_new_id(meeting: Meeting) -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    meeting.api.fail_next(meeting.token, 400, words, migrate_to_chat_id=-100123)
    delivery = await meeting.bot.deliver(CHAT, Rendered("Halo"))
    assert delivery == ChatMoved("-100123")


async def test_a_token_revoked_meanwhile_keeps_the_message_and_names_the_setting(meeting: Meeting) -> None:
    meeting.api.fail_next(meeting.token, 401, "Unauthorized")
    delivery = await meeting.bot.deliver(CHAT, Rendered("Halo"))
    assert isinstance(delivery, TryLater)
    assert not delivery.counts
    assert "_TOKEN" in delivery.reason
    assert meeting.token not in delivery.reason


async def test_a_broken_connection_is_tried_later(meeting: Meeting) -> None:
    for after in (False, True):
        meeting.api.drop_next(meeting.token, after=after)
        assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), TryLater)
    assert len(meeting.person.messages) == 1


async def test_an_answer_that_is_not_telegrams_is_tried_later(meeting: Meeting) -> None:
    for status in (200, 502):
        meeting.api.answer_next(meeting.token, status, "<html>")
        assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), TryLater)


async def test_a_message_that_was_taken_is_not_sent_again_because_the_answer_has_a_new_shape(meeting: Meeting) -> None:
    odd = {"message_id": 77, "date": 1, "chat": {"id": 4711, "type": "private"}, "entities": [{"of": "tomorrow"}]}
    if meeting.token == KINDS["staff"][1]:  # python-telegram-bot demands more of some fields and less of others
        odd.pop("entities")
    meeting.api.answer_next(meeting.token, 200, json.dumps({"ok": True, "result": odd}))
    assert await meeting.bot.deliver(CHAT, Rendered("Halo")) == Delivered("77")


async def test_a_person_who_blocked_us_and_one_we_never_met_are_unreachable(meeting: Meeting) -> None:
    assert isinstance(await meeting.bot.deliver("99", Rendered("Halo")), Unreachable)
    meeting.person.block()
    assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), Unreachable)
    meeting.person.unblock()
    assert isinstance(await meeting.bot.deliver(CHAT, Rendered("Halo")), Delivered)


async def test_nothing_to_send_is_refused_without_asking_telegram(meeting: Meeting) -> None:
    assert isinstance(await meeting.bot.deliver(CHAT, Rendered("")), Refused)
    assert not meeting.api.called("sendMessage", meeting.token)


# Files


async def test_a_file_brings_its_name_and_type(meeting: Meeting) -> None:
    meeting.person.send_document(b"%PDF-1.7", "surat.pdf", "application/pdf")
    fetched = await meeting.bot.fetch(meeting.last_update()["message"]["document"]["file_id"])  # type: ignore[index]
    assert (fetched.content, fetched.media_type) == (b"%PDF-1.7", "application/pdf")
    assert fetched.name.endswith("surat.pdf")


async def test_a_file_unknown_or_gone_or_too_big_is_given_up(meeting: Meeting) -> None:
    with pytest.raises(FetchFailed) as unknown:
        await meeting.bot.fetch("of-another-bot")
    meeting.person.send_photo(JPEG)
    file_id = meeting.last_update()["message"]["photo"][-1]["file_id"]  # type: ignore[index]
    meeting.api.fail_next(meeting.token, 404, "Not Found", method="file")
    with pytest.raises(FetchFailed) as gone:
        await meeting.bot.fetch(file_id)
    meeting.person.send_photo(bytes(20_000_001))
    with pytest.raises(FetchFailed) as big:
        await meeting.bot.fetch(meeting.last_update()["message"]["photo"][-1]["file_id"])  # type: ignore[index]
    assert unknown.value.final
    assert gone.value.final
    assert big.value.final


async def test_a_file_that_a_self_hosted_server_gives_but_is_too_big_for_us_is_not_downloaded(meeting: Meeting) -> None:
    async def locate(file_id: str) -> tuple[str, int]:
        return "videos/huge.mp4", 2_000_000_000

    meeting.bot._locate = locate  # type: ignore[method-assign]
    with pytest.raises(FetchFailed, match="2000000000") as big:
        await meeting.bot.fetch("any")
    assert big.value.final


async def test_a_file_that_cannot_be_had_just_now_is_tried_again(meeting: Meeting) -> None:
    meeting.person.send_photo(JPEG)
    file_id = meeting.last_update()["message"]["photo"][-1]["file_id"]  # type: ignore[index]
    token = meeting.token
    failures: list[Callable[[], None]] = [
        lambda: meeting.api.fail_next(token, 500, method="getFile"),
        lambda: meeting.api.fail_next(token, 429, method="getFile", retry_after=1),
        lambda: meeting.api.fail_next(token, 502, method="file"),
        lambda: meeting.api.drop_next(token, method="file"),
    ]
    for fail in failures:
        fail()
        with pytest.raises(FetchFailed) as failure:
            await meeting.bot.fetch(file_id)
        assert not failure.value.final
        assert meeting.token not in str(failure.value)
    assert (await meeting.bot.fetch(file_id)).content == JPEG


async def test_no_log_ever_shows_a_token(meeting: Meeting, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await meeting.bot.deliver(CHAT, Rendered("Halo"))
    meeting.api.fail_next(meeting.token, 401, "Unauthorized", times=2)
    await meeting.bot.deliver(CHAT, Rendered("Halo"))
    assert meeting.token not in caplog.text
