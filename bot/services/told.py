"""What an inbox event tells: each thing that happened, with what its words, its point and its sheet mean."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.events import Event
from bot.dialogue.knowledge import Heard, PlaceFound, SheetAnswer, SheetFault

Sheet: TypeAlias = tuple[tuple[SheetAnswer, ...], tuple[SheetFault, ...]]
"""A sheet of answers that staff sent: its lines, or what is wrong with it as a whole."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an inbox event tells, with what its words and its point mean."""

    event: Event
    heard: Heard | None = None
    located: PlaceFound | None = None
    sheet: Sheet | None = None
    beside: tuple[PlaceFound, ...] = ()  # what a point within metres of a border may be instead
