"""The lines of a list by their numbers, while corrections change them."""

from bot.dialogue.knowledge import Item
from bot.dialogue.session import Line
from bot.dialogue.turn import Scene

Lines = dict[int, tuple[Line, ...]]
"""By number from 1: one line, several where it was split, none where it is gone."""


class NoSuchLine(Exception):
    """A correction names a line that the list does not have."""


class OnlyOne(Exception):
    """One line alone cannot be joined."""


class Unclear(Exception):
    """The words of a correction do not say what the line should become."""


def at(lines: Lines, number: int) -> Line:
    """The line with this number. Raises NoSuchLine."""
    if not lines.get(number):
        raise NoSuchLine(number)
    return lines[number][0]


def items_of(scene: Scene, ids: tuple[int, ...]) -> list[Item]:
    """The gathered messages with these ids, in the order in which they were sent."""
    items = scene.know.batch.items if scene.know.batch else ()
    return [item for item in items if item.id in ids]
