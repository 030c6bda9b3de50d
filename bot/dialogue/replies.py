"""What we show: one bubble, with the choices under it and what we hope for back."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

Hope = Literal["nothing", "words", "location", "photo"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a person may pick. The value travels, the label is only shown."""

    value: str  # at most 48 ASCII characters, so that it fits a Telegram button together with its turn
    label: str  # at most 20 characters where it may become a button on WhatsApp
    link: str = ""  # it opens this page instead of telling us


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble in plain text. ``turn`` makes a tap on an older one harmless; 0 belongs to news, which stays valid."""

    text: str
    choices: tuple[Choice, ...] = ()
    hope: Hope = "nothing"
    photos: tuple[int, ...] = ()  # ids of evidence to show with it
    turn: int = 0
    enclosed: tuple[str, ...] = ()  # what is made when it is sent, such as "map:<number>"; services/enclosures.py
    replaces: str = ""  # key of an earlier message that this one takes the place of, where the channel can
    news: str = ""  # of news: the key of its text, by which a template is chosen where we may not write freely
    blanks: tuple[tuple[str, str], ...] = ()  # what that text is filled with

    def to_json(self) -> str:
        """As kept in the outbox."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Reply":
        """From the outbox. Raises KeyError, TypeError or ValueError when it is not a reply."""
        raw: dict[str, Any] = json.loads(text)
        choices = tuple(Choice(**choice) for choice in raw.pop("choices"))
        blanks = tuple((str(name), str(value)) for name, value in raw.get("blanks", ()))
        photos, enclosed = tuple(raw["photos"]), tuple(raw.get("enclosed", ()))
        return cls(**{**raw, "choices": choices, "photos": photos, "enclosed": enclosed, "blanks": blanks})
