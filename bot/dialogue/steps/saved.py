"""``/templat``: saved answers are listed, kept, dropped, and used: as "#name" in any words, or by a tap while words are asked for."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.effects import DropAnswer, KeepAnswer
from bot.dialogue.events import CommandGiven, Event, MediaShared, TextSent
from bot.dialogue.replies import Choice
from bot.dialogue.saved_words import BLANKS, MENTION, expanded, filled
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

KIND = "saved"
NEW, DROP = ("baru", "tambah", "anyar", "new", "add"), ("hapus", "buang", "delete", "drop")
NAME = re.compile(r"#?(?P<name>[a-z0-9_-]{1,24})\s*[:=]?\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
MOST_BUTTONS = 8
SHOWN = 80  # characters of each on the list
NUMBER_AND_NAME = 2  # words of a command that gives nothing but saved words


def meant(scene: Scene, event: Event) -> Event:
    """The event with saved words in the place of their names."""
    saved = dict(scene.know.saved)
    if not saved:
        return event

    def put_in(text: str) -> str:
        return expanded(text, saved, scene.speech, scene.know.named)

    match event:
        case TextSent(text):
            return replace(event, text=put_in(text))
        case CommandGiven(name, argument) if name != "templat":
            return replace(event, argument=put_in(argument))
        case MediaShared():
            return replace(event, caption=put_in(event.caption))
    return event


def unknown_in(scene: Scene, event: Event) -> Turn | None:
    """An answer that is nothing but the name of saved words that nobody has: it must not reach a reporter. None for all else."""
    match event:
        case TextSent(text):
            written = text if scene.session.task else ""
        case CommandGiven(name, argument) if name != "templat":
            written = argument.rpartition(" ")[2] if len(argument.split()) <= NUMBER_AND_NAME else ""
        case _:
            return None
    found = MENTION.fullmatch(written.strip())
    if found is None or found["name"].lower() in dict(scene.know.saved):
        return None
    return scene.reply(scene.say("staff_saved_unknown", nama=found["name"].lower()), _still_offered(scene))


def command(scene: Scene, argument: str) -> Turn:
    """What was asked for: the list, a new one, or one less. A question that waits for words stays open."""
    first, _, rest = argument.strip().partition(" ")
    if first.lower() in NEW:
        return _keep(scene, rest)
    if first.lower() in DROP:
        return _drop(scene, rest)
    return _list(scene)


def _list(scene: Scene) -> Turn:
    blanks = ", ".join("{" + blank + "}" for blank in BLANKS)
    if not scene.know.saved:
        return scene.reply(scene.say("staff_saved_none", isian=blanks), _still_offered(scene))
    lines = [f"#{name}: {text[:SHOWN]}{'…' if len(text) > SHOWN else ''}" for name, text in scene.know.saved]
    offered = tuple(Choice(f"{KIND}:{name}", f"#{name}"[:20]) for name, _ in scene.know.saved[:MOST_BUTTONS])
    return scene.reply("\n".join([scene.say("staff_saved", isian=blanks), *lines]), offered)


def _keep(scene: Scene, words: str) -> Turn:
    found = NAME.fullmatch(words.strip())
    name, text = (found["name"].lower(), found["text"].strip()) if found else ("", "")
    if not name or not text:
        return scene.reply(scene.say("staff_saved_incomplete"), _still_offered(scene))
    return scene.reply(
        scene.say("staff_saved_kept", nama=name), _still_offered(scene), effects=(KeepAnswer(name, text),)
    )


def _still_offered(scene: Scene) -> tuple[Choice, ...]:
    """The choices of the question that stays open; without one, the way to the queue."""
    return scene.session.offered if scene.session.task else (to_queue(scene),)


def _drop(scene: Scene, words: str) -> Turn:
    name = words.strip().lstrip("#").lower()
    return scene.reply(scene.say("staff_saved_dropped", nama=name), _still_offered(scene), effects=(DropAnswer(name),))


def take_choice(scene: Scene, name: str, use: Callable[[Scene, str], Turn]) -> Turn:
    """A tap on one of the list: the answer to the question that is open, else its words to copy."""
    text = dict(scene.know.saved).get(name)
    if text is None:
        return scene.reply(scene.say("staff_saved_unknown", nama=name), scene.session.offered)
    words = filled(text, scene.speech, scene.know.named)
    return use(scene, words) if scene.session.task else scene.reply(words, scene.session.offered)
