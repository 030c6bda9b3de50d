"""The Bot API's methods other than getUpdates: what each does to a bot and its chats."""

import json
import time
from collections.abc import Callable, Mapping

from tests.emulators.telegram_state import ApiError, Bot, Json, Message

BOT_DOWNLOAD = 20_000_000  # bytes; getFile


class Methods:
    """One function for each method, named like it. ``number`` gives fresh numbers for messages and files."""

    def __init__(self, number: Callable[[], int]) -> None:
        self.number = number

    def set_webhook(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        url = parameters["url"]
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        bot.webhook = {"url": url, "secret_token": parameters.get("secret_token", "")} if url else {}
        bot.allowed = parameters.get("allowed_updates", bot.allowed)
        if parameters.get("drop_pending_updates"):
            bot.queue.clear()
        return True

    def delete_webhook(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        return self.set_webhook(bot, {**parameters, "url": ""}, files)

    def get_webhook_info(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        shown = {name: value for name, value in bot.webhook.items() if name != "secret_token"}
        return {"url": "", "has_custom_certificate": False, "pending_update_count": bot.waiting, **shown}

    # About the bot

    def get_me(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return {
            **bot.user,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def set_my_commands(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        scope = parameters.get("scope") or {"type": "default"}
        place = f"{scope['type']}:{scope.get('chat_id', '')}:{parameters.get('language_code', '')}"
        bot.commands[place] = parameters["commands"]
        return True

    # Sending

    def send_message(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._deliver(bot, parameters, {"text": parameters["text"]})

    def send_photo(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        content = _upload("photo", bot, parameters, files)
        return self._deliver(bot, parameters, {"photo": [self.photo_size(bot, content)]}, content)

    def send_document(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        content = _upload("document", bot, parameters, files)
        return self._deliver(bot, parameters, {"document": self.file(bot, content, "documents/file.bin")}, content)

    def send_video(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        content = _upload("video", bot, parameters, files)
        film = {**self.file(bot, content, "videos/film.mp4"), "width": 640, "height": 360, "duration": 30}
        return self._deliver(bot, parameters, {"video": film}, content)

    def send_media_group(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> list[Json]:
        album = str(self.number())
        sent = []
        for item in parameters["media"]:
            content = files.get(item["media"].removeprefix("attach://")) or bot.files.get(item["media"], ("", b""))[1]
            shown = {"media_group_id": album, "photo": [self.photo_size(bot, content)]}
            sent.append(self._deliver(bot, {**item, "chat_id": parameters["chat_id"]}, shown, content))
        return sent

    def _deliver(self, bot: Bot, parameters: Json, content: Json, photo: bytes = b"") -> Json:
        chat = self._chat(bot, parameters)
        raw = {
            "message_id": self.number(),
            "from": bot.user,
            "chat": {"id": chat, "type": "private", "first_name": "Person"},
            "date": int(time.time()),
            **content,
        }
        raw |= {name: parameters[name] for name in ("caption", "reply_markup") if parameters.get(name)}
        bot.chats[chat].append(Message(raw, photo))
        answer = dict(raw)
        if "inline_keyboard" not in answer.get("reply_markup", {}):
            answer.pop("reply_markup", None)  # Telegram tells of inline keyboards only
        return answer

    def _chat(self, bot: Bot, parameters: Json) -> int:
        chat = parameters.get("chat_id", "")
        number = int(chat) if str(chat).lstrip("-").isdigit() else 0
        if number not in bot.chats:
            raise ApiError(400, "Bad Request: chat not found")
        if why := bot.blocked.get(number):
            raise ApiError(403, f"Forbidden: {why}")
        return number

    def _message(self, bot: Bot, parameters: Json) -> Message:
        chat = self._chat(bot, parameters)
        for message in bot.chats[chat]:
            if message.raw["message_id"] == int(parameters.get("message_id", 0)):
                return message
        raise ApiError(400, "Bad Request: message to edit not found")

    def edit_message_text(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._edit(bot, parameters, {"text": parameters["text"]})

    def edit_message_reply_markup(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._edit(bot, parameters, {})

    def _edit(self, bot: Bot, parameters: Json, change: Json) -> Json:
        message = self._message(bot, parameters)
        before = json.dumps(message.raw, sort_keys=True)
        after = {**message.raw, **change}
        after.pop("reply_markup", None)
        if parameters.get("reply_markup"):
            after["reply_markup"] = parameters["reply_markup"]
        if json.dumps(after, sort_keys=True) == before:
            raise ApiError(400, "Bad Request: message is not modified")
        message.raw, message.edited = after, True
        return {**after, "edit_date": int(time.time())}

    def answer_callback_query(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        query = parameters["callback_query_id"]
        if query not in bot.taps:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        bot.taps[query] = True
        return True

    def send_chat_action(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        return bool(self._chat(bot, parameters))

    # Files

    def file(self, bot: Bot, content: bytes, path: str) -> Json:
        """Keep a file for a bot; a file_id belongs to one bot."""
        number = self.number()
        file_id = f"file-{bot.id}-{number}"
        folder, _, name = path.rpartition("/")
        bot.files[file_id] = (f"{folder}/{number}_{name}", content)
        return {"file_id": file_id, "file_unique_id": f"unique-{number}", "file_size": len(content)}

    def photo_size(self, bot: Bot, content: bytes, width: int = 1280) -> Json:
        """One size of a photo."""
        return {**self.file(bot, content, "photos/file.jpg"), "width": width, "height": width * 3 // 4}

    def get_file(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        file_id = parameters["file_id"]
        if file_id not in bot.files:
            raise ApiError(400, "Bad Request: invalid file_id")
        path, content = bot.files[file_id]
        if len(content) > BOT_DOWNLOAD:
            raise ApiError(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": file_id[::-1], "file_size": len(content), "file_path": path}


def _upload(name: str, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bytes:
    named = str(parameters.get(name, name)).removeprefix("attach://")
    if named in bot.files:  # sent or received before
        return bot.files[named][1]
    if named not in files:
        raise ApiError(400, f"Bad Request: there is no {name} in the request")
    if not files[named]:
        raise ApiError(400, "Bad Request: file must be non-empty")
    return files[named]
