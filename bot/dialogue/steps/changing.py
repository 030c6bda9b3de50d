"""One answer of a draft given anew: what is asked again, and what changes at once."""

from bot.dialogue import taking_back_words, words
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps.questions import ask_category, ask_location, next_question
from bot.dialogue.turn import Scene, Turn

PRIVACY = {"show_name": "tampil", "anonymous": "anonim", "confidential": "rahasia"}


def change(scene: Scene, part: str) -> Turn:
    """Ask one thing again; every other answer stays."""
    calm = scene.with_session(tries=0, step="idle", undone=scene.session.draft)
    match part:
        case "description":
            return calm.reply(scene.say("ask_description_anew"), hope="words", step="describe")
        case "category":
            return ask_category(calm, "")
        case "location":
            forgotten = calm.with_draft(place=None, place_words="", place_options=(), place_settled=False)
            return ask_location(forgotten.with_draft(similar_settled=False), "")
    offered = scene.choices("show_name", "anonymous", "confidential")
    return scene.reply(scene.say("ask_privacy"), offered, step="change")


def moved_to(scene: Scene, text: str, heard: Heard) -> Turn:
    """The problem is somewhere else, where the words say."""
    moved = scene.with_draft(
        place=heard.place,
        place_words=heard.place_words or text,
        place_options=heard.place_options,
        place_settled=False,
        similar_settled=False,
    )
    return next_question(moved, scene.say("phrase.changed"))


def privacy_in(scene: Scene, text: str) -> str:
    """How somebody wants their name shown; "" when they do not speak of it."""
    if taking_back_words.hides_name(text):
        return "anonim"
    if taking_back_words.shows_name(text):
        return "tampil"
    choice = words.named(text, scene.choices(*PRIVACY), scene.know.city)
    return PRIVACY[choice.value] if choice else ""


def shown_as(scene: Scene, privacy: str) -> Turn:
    """The name is shown, hidden or confidential from now on."""
    return next_question(scene.with_draft(privacy=privacy, privacy_chosen=True), scene.say("phrase.changed"))
