"""What the chat page may send, checked, as the raw events of the web chat's channel."""

from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.channels.webchat import LABEL, TEXT

BODY = 64 * 1024  # bytes of JSON: 4,000 characters may be escaped to six bytes each, twice over for emoji


class Unacceptable(Exception):
    """The page sent something that is no message; `code` tells which sentence to answer with."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Strict(BaseModel):
    """Nothing but what is named, and no guessing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Tap(Strict):
    """A button was tapped; the label is kept only so that the page can show it again."""

    value: str = Field(pattern=r"^[\x20-\x7e]{1,64}$")
    turn: int = Field(ge=0, le=2**31)
    label: str = Field(default="", max_length=LABEL)


class Point(Strict):
    """Where the browser says it is."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)


class Message(Strict):
    """One thing somebody said: exactly one of text, choice, location."""

    id: UUID = Field(strict=False)
    text: str | None = Field(default=None, max_length=TEXT)
    choice: Tap | None = None
    location: Point | None = None

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str | None) -> str | None:
        if text is None:
            return None
        if not (told := cleaned(text)):
            raise ValueError("is blank")
        return told

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if [self.text, self.choice, self.location].count(None) != 2:
            raise ValueError("is not exactly one thing")
        return self


def cleaned(text: str) -> str:
    """The text without blank ends and without control characters, which no channel shows; line breaks stay."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 32).strip()


def message_in(body: bytes, token: str, at: int) -> dict[str, Any]:
    """The raw event for a message in JSON, received at the time `at` (ms). Raises Unacceptable."""
    try:
        message = Message.model_validate_json(body)
    except ValidationError as fault:
        too_long = any(error["type"] == "string_too_long" and error["loc"] == ("text",) for error in fault.errors())
        raise Unacceptable("too_long" if too_long else "bad_message") from None
    return {"token": token, "at": at, **message.model_dump(mode="json", exclude_none=True)}


def photo_message(message_id: str, path: str, media_type: str, caption: str, token: str, at: int) -> dict[str, Any]:
    """The raw event for an upload that was kept at `path`."""
    photo = {"path": path, "media_type": media_type, "caption": caption}
    return {"token": token, "at": at, "id": message_id, "photo": photo}


def message_id_in(text: str) -> str:
    """The message's id as the page made it, in one spelling. Raises Unacceptable."""
    try:
        return str(UUID(text))
    except ValueError:
        raise Unacceptable("bad_message") from None
