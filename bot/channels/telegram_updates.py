"""What both Telegram bots share: reading an update, planning what to send, and what an error means.

Pure: no SDK, no network.
aiogram and python-telegram-bot name things as the Bot API does, so `events_in` reads either library's objects.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.channels import telegram_groups, telegram_rich
from bot.channels.base import Envelope, Raw, Sender, Undecodable
from bot.channels.payloads import picked
from bot.channels.rendering import legible
from bot.dialogue.events import (
    ChoicePicked,
    CommandGiven,
    Event,
    Forwarded,
    InGroup,
    LocationShared,
    MediaKind,
    MediaShared,
    MessageEdited,
    Origin,
    TextSent,
    UnreadableSent,
    captioned,
    said,
)

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")

_SUBJECTS = ("message", "edited_message", "callback_query", "my_chat_member")
_MESSAGE_FIELDS = frozenset(
    (
        "message_id date chat from text caption photo document video video_note animation voice audio location venue"
    ).split()
)
_UNREADABLE = frozenset(
    (
        "sticker contact dice game poll story paid_media live_photo checklist invoice giveaway gift unique_gift"
        " users_shared chat_shared"
    ).split()
)
_SERVICE = frozenset(  # told by Telegram, not by the person; nothing to answer
    (
        "pinned_message message_auto_delete_timer_changed write_access_allowed chat_background_set connected_website"
        " boost_added successful_payment refunded_payment web_app_data passport_data proximity_alert_triggered"
        " video_chat_started video_chat_ended video_chat_scheduled video_chat_participants_invited giveaway_created"
        " giveaway_completed giveaway_winners new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title"
        " new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created migrate_to_chat_id"
        " migrate_from_chat_id gift_upgrade_sent checklist_tasks_done checklist_tasks_added community_chat_added"
        " community_chat_joined community_chat_removed direct_message_price_changed paid_message_price_changed"
        " forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden"
        " general_forum_topic_unhidden managed_bot_created poll_option_added poll_option_deleted suggested_post_approved"
        " suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded"
    ).split()
)
_LANGUAGES = frozenset({"id", "su", "en"})


def envelope(raw: Raw, username: str = "") -> Envelope:
    """What to store an update under; ``username`` is the bot's. Raises Undecodable when it is not shaped like an update."""
    update_id = raw.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**63:
        raise Undecodable("the update has no update_id")
    key = str(update_id)
    name = next((subject for subject in _SUBJECTS if subject in raw), None)
    if name is None:
        kinds = ", ".join(sorted(str(kind) for kind in raw if kind != "update_id")) or "nothing"
        return Envelope(key, update_id, None, ignored=f"an update of a kind we do not use: {kinds}")
    subject = _mapping(raw[name], name)
    if ignored := _not_for_us(subject, username) or _turned_away(subject):
        return Envelope(key, update_id, None, ignored=ignored, moved=_moved(subject))
    person = _mapping(subject["from"], "from")
    return Envelope(key, update_id, _sender(person, _mapping(_chat(subject), "chat")))


def essence(raw: Raw) -> dict[str, Any]:
    """The update with only the fields that we read, so that news in the others never stops a message."""
    kept: dict[str, Any] = {"update_id": raw.get("update_id")}
    for subject in ("message", "edited_message"):
        if isinstance(message := raw.get(subject), Mapping):
            kept[subject] = {field: value for field, value in message.items() if field in _MESSAGE_FIELDS}
            if answered := _answered(message):
                kept[subject]["reply_to_message"] = answered
            return kept
    if isinstance(query := raw.get("callback_query"), Mapping):
        wanted = ("id", "from", "chat_instance", "data")
        kept["callback_query"] = {"chat_instance": "", **{field: query[field] for field in wanted if field in query}}
    return kept


def _answered(message: Mapping[str, Any]) -> dict[str, Any]:
    """The message of a group that this one answers, as far as we read it; elsewhere it does not matter."""
    chat, answered = message.get("chat"), message.get("reply_to_message")
    if not (isinstance(chat, Mapping) and telegram_groups.is_group(chat) and isinstance(answered, Mapping)):
        return {}
    kept = {field: value for field, value in answered.items() if field in _MESSAGE_FIELDS}
    return kept if {"message_id", "date", "chat"} <= set(kept) else {}


def events_in(update: Any, raw: Raw, username: str = "") -> tuple[Event, ...]:
    """What happened, read from either library's Update object; ``raw`` names what the object does not show.

    Empty for blocking and service messages.
    """
    subject: Any = next((raw[name] for name in _SUBJECTS if isinstance(raw.get(name), Mapping)), {})
    if isinstance(chat := _chat(subject), Mapping) and telegram_groups.is_group(chat):
        return _events_in_group(update, raw, username)
    if query := update.callback_query:
        return (picked(query.data),)
    if message := update.message:
        return tuple(_passed_on(event, raw["message"]) for event in _message_events(message, raw["message"]))
    if message := update.edited_message:
        return _edited(message)
    return ()


def _events_in_group(update: Any, raw: Raw, username: str) -> tuple[Event, ...]:
    if query := update.callback_query:
        tapped = picked(query.data)
        return (InGroup(tapped),) if isinstance(tapped, ChoicePicked) else ()
    if isinstance(added := raw.get("my_chat_member"), Mapping):
        now_member = _mapping(added.get("new_chat_member") or {}, "new_chat_member").get("status")
        before = _mapping(added.get("old_chat_member") or {}, "old_chat_member").get("status")
        came = str(now_member) in telegram_groups.MEMBER and str(before) not in telegram_groups.MEMBER
        return (InGroup(CommandGiven("start")),) if came else ()
    if not (message := update.message):
        return ()
    answered, events = message.reply_to_message, _message_events(message, raw["message"])
    meant = (captioned(each) if isinstance(each, MediaShared) else each for each in events)
    told = (telegram_groups.in_group(each, answered, username, str(message.message_id)) for each in meant)
    return tuple(each for each in told if each)


def _chat(subject: Mapping[str, Any]) -> Any:
    if "data" in subject or "chat_instance" in subject:  # a tap; its chat is that of the message above the button
        message = subject.get("message")
        return message.get("chat") if isinstance(message, Mapping) else None
    return subject.get("chat")


def _not_for_us(subject: Mapping[str, Any], username: str) -> str:
    chat = _chat(subject)
    if chat is None:
        return "it belongs to no chat"
    if subject.get("from") is None:
        return "nobody in particular wrote it"
    if telegram_groups.is_group(_mapping(chat, "chat")):
        if ignored := telegram_groups.not_for_us(subject, username):
            return ignored
    elif _mapping(chat, "chat").get("type") != "private":
        return "it was written in a channel"
    return "a bot wrote it" if _mapping(subject["from"], "from").get("is_bot") else ""


def _turned_away(subject: Mapping[str, Any]) -> str:
    """A bot that was blocked must not take the news of it for a sign that the person can be reached."""
    member = subject.get("new_chat_member")
    gone = isinstance(member, Mapping) and str(member.get("status")) in {"kicked", "left"}
    return "the person blocked the bot" if gone else ""


def _moved(subject: Mapping[str, Any]) -> tuple[str, str]:
    """The ids of a group before and after it became a supergroup; told in the old chat, and again in the new one."""
    chat = _chat(subject)
    here = chat.get("id") if isinstance(chat, Mapping) else None
    to, came_from = subject.get("migrate_to_chat_id"), subject.get("migrate_from_chat_id")
    if isinstance(here, int) and isinstance(to, int):
        return str(here), str(to)
    return (str(came_from), str(here)) if isinstance(here, int) and isinstance(came_from, int) else ("", "")


def _sender(person: Mapping[str, Any], chat: Mapping[str, Any]) -> Sender:
    for what, of in (("sender", person), ("chat", chat)):
        if not isinstance(of.get("id"), int):
            raise Undecodable(f"the {what} has no id")
    names = (person.get("first_name"), person.get("last_name"))
    language = str(person.get("language_code") or "")[:2].lower()
    return Sender(
        external_id=str(person["id"]),
        chat_id=str(chat["id"]),
        name=legible(" ".join(str(name) for name in names if name)).strip(),
        language=language if language in _LANGUAGES else "",
        in_group=telegram_groups.is_group(chat),
    )


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Undecodable(f"{what} is not an object")
    return value


def _edited(message: Any) -> tuple[Event, ...]:
    """Other words than before, or the next position of somebody who shares it live."""
    if message.location:
        return (LocationShared(message.location.latitude, message.location.longitude, moved=True),)
    words = legible(message.text or message.caption or "").strip()
    return (MessageEdited(words, str(message.message_id)),) if words else ()


def _passed_on(event: Event, raw: Mapping[str, Any]) -> Event:
    """The event as one that somebody else wrote, where Telegram says so; a forwarded command is only words."""
    told = raw.get("forward_origin")
    if not isinstance(told, Mapping):
        return captioned(event) if isinstance(event, MediaShared) else event
    if isinstance(event, CommandGiven):
        event = TextSent(legible(str(raw.get("text") or "")).strip(), str(raw.get("message_id") or ""))
    if not isinstance(event, TextSent | MediaShared | LocationShared | UnreadableSent):
        return event
    return Forwarded(event, _origin(told))


def _origin(told: Mapping[str, Any]) -> Origin:
    """Of the four kinds that Telegram knows, and of any that it may learn: who cannot be told stays empty."""
    kind, at = str(told.get("type") or ""), told.get("date")
    match kind:
        case "user":
            author = _id_in(told.get("sender_user"))
        case "hidden_user":
            author = str(told.get("sender_user_name") or "")
        case "chat":
            author = f"{_id_in(told.get('sender_chat'))} {told.get('author_signature') or ''}".strip()
        case "channel":
            author = f"{_id_in(told.get('chat'))} {told.get('author_signature') or ''}".strip()
        case _:
            author = ""
    return Origin(kind, f"{kind}:{author}" if author else "", at if isinstance(at, int) else 0)


def _id_in(who: object) -> str:
    return str(who.get("id") or "") if isinstance(who, Mapping) else ""


def _card(raw: Mapping[str, Any]) -> str:
    """Whom a contact card names: their Telegram account where it tells one, else the phone number."""
    card = raw.get("contact")
    if not isinstance(card, Mapping):
        return ""
    return (
        f"telegram:{card['user_id']}" if isinstance(card.get("user_id"), int) else str(card.get("phone_number") or "")
    )


def _message_events(message: Any, raw: Mapping[str, Any]) -> tuple[Event, ...]:
    own_id = str(message.message_id)
    if message.text is not None:
        return (said(legible(message.text), own_id),)
    if message.venue:
        return (_located(message.venue.location, message.venue.title),)
    if message.location:
        return (_located(message.location),)
    caption = legible(message.caption or "").strip()
    album = str(raw.get("media_group_id") or "")
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (
            MediaShared(
                "photo",
                largest.file_id,
                caption,
                album=album,
                message=own_id,
                content=getattr(largest, "file_unique_id", ""),
            ),
        )
    for field, kind in _FILES:
        if file := getattr(message, field):
            return (
                MediaShared(
                    _picture_or(kind, file),
                    file.file_id,
                    caption,
                    album=album,
                    message=str(message.message_id),
                    content=getattr(file, "file_unique_id", ""),
                ),
            )
    if words := legible(telegram_rich.words_of(raw.get("rich_message"))).strip():
        return (TextSent(words, own_id),)
    if unknown := _unreadable(raw):
        return (UnreadableSent(unknown, _card(raw)),)
    return ()


_FILES: tuple[tuple[str, MediaKind], ...] = (
    ("animation", "video"),  # before document: an animation comes with both
    ("video", "video"),
    ("video_note", "video"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("document", "document"),
)


def _picture_or(kind: MediaKind, file: Any) -> MediaKind:
    """A picture sent "as a file" is a photo all the same, and one that still knows where it was taken."""
    media_type = getattr(file, "mime_type", None) or ""
    return "photo" if kind == "document" and media_type in {"image/jpeg", "image/png", "image/webp"} else kind


def _located(location: Any, name: str = "") -> LocationShared:
    return LocationShared(location.latitude, location.longitude, legible(name).strip())


def _unreadable(raw: Mapping[str, Any]) -> str:
    """What kind of message we cannot read, or nothing when Telegram merely tells us something."""
    if known := sorted(_UNREADABLE & set(raw)):
        return known[0]
    return "" if _SERVICE & set(raw) else "message"
