"""Somebody pleads that nobody be told who they are: the report is confidential from then on, and the question stands."""

from bot.dialogue import secrecy_words
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps.questions import repeat
from bot.dialogue.steps.reading import names_a_problem
from bot.dialogue.turn import Scene, Turn


def kept_quiet(scene: Scene, text: str) -> Scene:
    """The draft as confidential as its words ask."""
    return scene.with_draft(privacy="rahasia", privacy_chosen=True) if secrecy_words.pleads(text) else scene


def take(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """The answer to a plea and nothing else; None where the words tell a problem or a place as well."""
    more = names_a_problem(scene, heard) or heard.place or heard.place_words or heard.danger
    if more or not secrecy_words.only_pleads(text):
        return None
    quiet = kept_quiet(scene, text)
    return repeat(quiet, quiet.say("kept_quiet"))
