"""A reply and what a channel can do -> what to show. Pure.

Choices become buttons when they fit. Where only their labels are too long, they are written as a numbered list with
buttons that bear the numbers; where buttons do not fit at all, the numbered list stands alone, and typing "2" means
what a tap would have meant.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.channels.base import Capabilities, Rendered
from bot.channels.payloads import fits_payload
from bot.dialogue.replies import Choice, Reply

ROW_WIDTH = 36  # characters that a phone shows in one row of buttons before it cuts them; they share the row evenly
ROW_BUTTONS = 5  # more side by side are too narrow for a thumb
LINE_WIDTH = 40  # a numbered list up to this long stays on one line
LIST_SHARE = 0.75  # of a text that a numbered list may take before its labels are shortened
LOCATION_LABEL = "📍 Kirim lokasi"
ELLIPSIS = "…"
MOST_PIECES = 6  # messages that one text may take
BREAKS = ("\n\n", "\n", ". ", "? ", "! ", "; ", ", ", " ")  # where a text is best cut, best first
JOINER = "\u200d"  # glues emoji together


def render(reply: Reply, capabilities: Capabilities, *, location_label: str = LOCATION_LABEL) -> Rendered:
    """Show a reply in the richest form that loses no choice. A text that is too long begins in messages of its own.

    Photos are ids here and bytes there, so whoever has the bytes adds them. Raises ValueError when a channel's texts
    are too short for even the numbers of the choices.
    """
    text = legible(reply.text).strip()
    choices = tuple(replace(choice, label=" ".join(legible(choice.label).split())) for choice in reply.choices)
    if not capabilities.link_buttons:
        links = [f"{choice.label}: {choice.link}" for choice in choices if choice.link]
        text, choices = "\n".join([text, *links]), tuple(choice for choice in choices if not choice.link)
    if not choices:
        asks = location_label if reply.hope == "location" and capabilities.location_button else ""
        *before, last = split(text, capabilities.text, utf16=capabilities.utf16)
        return Rendered(last, turn=reply.turn, ask_location=asks, before=tuple(before))

    above_buttons = capabilities.text_with_buttons or capabilities.text
    listed = f"{text}\n{numbered([choice.label for choice in choices])}".strip()
    tappable = len(choices) <= capabilities.buttons and all(fits_payload(reply.turn, choice) for choice in choices)
    label_lengths = [_measure(choice.label, capabilities) for choice in choices]
    distinct = len({choice.label for choice in choices}) == len(choices)  # WhatsApp refuses twins, people mix them up
    labelled = (
        tappable
        and distinct
        and min(label_lengths) > 0
        and max(label_lengths) <= capabilities.longest_label(len(choices))
    )

    if text and labelled and _measure(text, capabilities) <= above_buttons:
        return Rendered(text, rows(choices), reply.turn)
    if tappable and _measure(listed, capabilities) <= above_buttons:
        return Rendered(
            listed, rows([replace(choice, label=str(n)) for n, choice in enumerate(choices, 1)]), reply.turn
        )
    if text and labelled and _measure(listed, capabilities) > capabilities.text:
        *before, last = split(text, capabilities.text, above_buttons, utf16=capabilities.utf16)
        return Rendered(last, rows(choices), reply.turn, before=tuple(before))
    return _listed(text, choices, capabilities, reply.turn)


def _listed(text: str, choices: Sequence[Choice], capabilities: Capabilities, turn: int) -> Rendered:
    """The text with a numbered list under it; what has no room above the list goes before."""
    listing = numbered([choice.label for choice in choices])
    room = max(capabilities.text - _measure(listing, capabilities) - 1, int(capabilities.text * (1 - LIST_SHARE)))
    *before, last = split(text, capabilities.text, room, utf16=capabilities.utf16)
    shown = with_list(last, choices, capabilities.text, utf16=capabilities.utf16)
    return Rendered(shown, turn=turn, before=tuple(before))


def in_words(capabilities: Capabilities) -> Capabilities:
    """The same channel where only words get through: choices become a numbered list, files are left out."""
    return replace(capabilities, buttons=0, location_button=False, photos=False)


def rows(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """Lay buttons out in rows, in order: short ones side by side, as all buttons of a row are equally wide."""
    laid: list[tuple[Choice, ...]] = []
    for choice in choices:
        together = (*laid[-1], choice) if laid else (choice,)
        widest = max(len(one.label) for one in together)
        if laid and len(together) <= ROW_BUTTONS and widest * len(together) <= ROW_WIDTH:
            laid[-1] = together
        else:
            laid.append((choice,))
    return tuple(laid)


def with_list(text: str, choices: Sequence[Choice], limit: int, *, utf16: bool) -> str:
    """The text and under it every choice with its number, at most ``limit`` long. The text yields before the labels do.

    Labels that are their own numbers (a rating from 1 to 5) need no list: the text says what they mean. Raises ValueError when there
    is no room for even the numbers.
    """
    if [choice.label for choice in choices] == [str(number) for number in range(1, len(choices) + 1)]:
        return cut(text, limit, utf16=utf16)
    listing = numbered([choice.label for choice in choices])
    room_for_list = limit if not text else max(int(limit * LIST_SHARE), limit - measure(text, utf16=utf16) - 1)
    if measure(listing, utf16=utf16) > room_for_list:
        numbers = measure(numbered([""] * len(choices), on_lines=True), utf16=utf16)
        room_for_label = (room_for_list - numbers) // len(choices)
        if room_for_label < 1:
            raise ValueError(f"{len(choices)} choices cannot be listed in a text of {limit}")
        listing = numbered([cut(choice.label, room_for_label, utf16=utf16) for choice in choices])
    room_for_text = limit - measure(listing, utf16=utf16) - 1
    shown = cut(text, room_for_text, utf16=utf16) if text and room_for_text > 0 else ""
    return f"{shown}\n{listing}" if shown else listing


def numbered(labels: Sequence[str], *, on_lines: bool = False) -> str:
    """A numbered list: on one line while it is short, else a line each."""
    entries = [f"{number}. {label}" for number, label in enumerate(labels, 1)]
    line = "  ".join(entries)
    return "\n".join(entries) if on_lines or len(line) > LINE_WIDTH else line


def split(text: str, limit: int, last: int = 0, *, utf16: bool) -> list[str]:
    """The text in pieces at most ``limit`` long, broken where a reader would pause; the last at most ``last`` (0: as any).

    Beyond a few pieces nobody reads on: the last one is cut.
    """
    last = min(last or limit, limit)
    pieces: list[str] = []
    while measure(text, utf16=utf16) > last and len(pieces) < MOST_PIECES - 1:
        room = limit if measure(text, utf16=utf16) > limit else last
        piece = _beginning(text, room, utf16=utf16)
        if not piece:
            break
        pieces.append(piece.rstrip())
        text = text[len(piece) :].lstrip()
    return [*(piece for piece in pieces if piece), cut(text, last, utf16=utf16)]


def cut(text: str, limit: int, *, utf16: bool) -> str:
    """The text itself when it fits, else its beginning up to a paragraph, line, sentence or word, and "…"."""
    if measure(text, utf16=utf16) <= limit:
        return text
    if limit < 1:
        return ""
    return _beginning(text, limit - 1, utf16=utf16).rstrip() + ELLIPSIS


def _beginning(text: str, limit: int, *, utf16: bool) -> str:
    """The beginning of a text up to a paragraph, line, sentence or word."""
    beginning = _whole_characters(text, _longest_prefix(text, limit, utf16=utf16))
    for mark in BREAKS:
        at = beginning.rfind(mark)
        if at >= len(beginning) * 0.6:  # rather half a sentence than half a page
            return beginning[: at + len(mark)]
    return beginning


def measure(text: str, *, utf16: bool) -> int:
    """How long a text is: in UTF-16 units (an emoji is two) or in characters."""
    return len(text) + sum(char > "\uffff" for char in text) if utf16 else len(text)


def legible(text: str) -> str:
    """The text without what no database or platform takes: NUL characters, and halves of UTF-16 pairs."""
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\0", "")


def _measure(text: str, capabilities: Capabilities) -> int:
    return measure(text, utf16=capabilities.utf16)


def _longest_prefix(text: str, limit: int, *, utf16: bool) -> int:
    length = 0
    for position, width in enumerate(_widths(text, utf16=utf16)):
        length += width
        if length > limit:
            return position
    return len(text)


def _widths(text: str, *, utf16: bool) -> Iterator[int]:
    return (2 if utf16 and char > "\uffff" else 1 for char in text)


def _whole_characters(text: str, end: int) -> str:
    """Step back from the middle of what a reader sees as one character: accents, skin tones, families."""
    start = end
    while 0 < end < len(text) and start - end < 16 and (_continues(text[end]) or text[end - 1] == JOINER):
        end -= 1
    return text[:end]


def _continues(char: str) -> bool:
    variant = "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
    return variant or char == JOINER or unicodedata.combining(char) != 0
