"""``/bahasa``: the language in which somebody of the back office is spoken to, and written to."""

from bot.dialogue.effects import Speak
from bot.dialogue.replies import Choice
from bot.dialogue.steps.small_talk import LANGUAGE_NAMES
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import language_named


def choose(scene: Scene, argument: str) -> Turn:
    """The one that was named, else the languages to choose from."""
    named = argument.strip().lower()
    code = named if named in LANGUAGE_NAMES else language_named(f"bahasa {named}")
    if code in scene.know.city.languages:
        spoken = scene.with_session(language=code, language_chosen=True)
        queue = Choice("queue:1", spoken.say("staff_queue_button"))
        return spoken.reply(spoken.say("language_set"), (queue,), effects=(Speak(code),), task=None, step="idle")
    offered = tuple(Choice(f"bahasa:{each}", LANGUAGE_NAMES[each]) for each in scene.know.city.languages)
    return scene.reply(scene.say("ask_language"), offered, task=None, step="idle")
