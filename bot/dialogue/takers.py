"""Who takes what in a citizen's talk, in order: the first that knows it plays it."""

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar

from bot.dialogue.events import MediaShared
from bot.dialogue.steps import (
    adding,
    area,
    completing,
    feedback,
    held_news,
    membership,
    neighbours,
    own_records,
    small_talk,
    subscribing,
    taking_back,
    taking_over,
    tracking,
    witnessing,
)
from bot.dialogue.turn import Scene, Turn

Taker: TypeAlias = Callable[[Scene, str], Turn | None]
"""Plays words or the value of a choice; None for what is not its own, which goes to the next."""
TAKE_ANSWER: tuple[Taker, ...] = (
    own_records.take_words,
    feedback.take_words,
    witnessing.take_words,
    membership.take_words,
    completing.take_words,
    taking_back.take_words,
    adding.take_words,
)
"""What takes words that answer a question of ours.

Whoever was asked whether to erase answers that first. Then one's own "is it solved?" before a neighbour's, and these short answers
before what takes whole sentences: what is missing in a report, and last what nobody asked for, more about one.
"""
TAKE_CHOICE: tuple[Taker, ...] = (
    feedback.take_choice,
    completing.take_choice,
    tracking.take_choice,
    small_talk.take_choice,
    own_records.take_choice,
    adding.take_choice,
    taking_back.take_choice,
    taking_over.take_choice,
    area.take_choice,
    membership.take_choice,
    neighbours.take_choice,
    witnessing.take_choice,
    subscribing.take_choice,
)
"""What takes a choice of this turn before the question of the draft, which takes everything.

Each knows its own values, so that their order decides nothing; only "send" is the draft's too, and a neighbour's report before that.
"""
TAKE_NEWS_CHOICE: tuple[Taker, ...] = (
    held_news.take_choice,
    feedback.take_choice,
    tracking.take_choice,
    membership.take_choice,
    witnessing.take_choice,
    subscribing.take_choice,
    completing.take_choice,
)
"""What takes a choice under news, whenever it is tapped; each knows its own values, so that the order decides nothing."""
TAKE_FILE: tuple[Callable[[Scene, MediaShared], Turn | None], ...] = (
    witnessing.take_file,
    completing.take_file,
    adding.take_file,
)
"""What takes a file before the draft, which takes everything.

A witness who was asked for a picture just now, then a report that waits for one, then the report that the caption names.
"""
Given = TypeVar("Given")


def first_taken(takers: Iterable[Callable[[Scene, Given], Turn | None]], scene: Scene, given: Given) -> Turn | None:
    """The turn of the first that takes it."""
    return next((turn for take in takers if (turn := take(scene, given))), None)
