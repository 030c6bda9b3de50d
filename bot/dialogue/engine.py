"""`advance`: from a session, an event and the facts to the next session and what is to be done. Same arguments, same turn.

Every state answers every kind of event. What goes before everything, in this order: danger, commands, an answer to what was
offered; then the step that the talk is at decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import words
from bot.dialogue.events import (
    ActRefused,
    ChoicePicked,
    CommandGiven,
    Event,
    LocationShared,
    MediaFailed,
    MediaReady,
    MediaShared,
    SilenceFell,
    SimilarFound,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.session import Session
from bot.dialogue.steps import emergency, feedback, reporting, small_talk, staff, tracking
from bot.dialogue.turn import Scene, Turn
from cities.city import City

COMMANDS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "start": small_talk.start,
    "lapor": small_talk.report,
    "status": tracking.status,
    "batal": reporting.cancel,
    "bantuan": small_talk.help_,
    "help": small_talk.help_,
    "bahasa": small_talk.language,
    "privasi": small_talk.privacy,
    "buka": feedback.reopen,
    "ubah": tracking.correct,
    "beda": tracking.correct,
}


def meant(session: Session, event: Event, city: City) -> Event:
    """The event as it was meant: a number, a label or a word typed for an offered choice is that choice.

    Called before facts are gathered, so that a typed "2" and a tap know the same.
    """
    if isinstance(event, TextSent) and (choice := words.picked(event.text, session.offered, city)):
        return ChoicePicked(choice.value, session.turn)
    return event


def advance(session: Session, event: Event, know: Knowledge, *, desk: str = "citizen") -> Turn:
    """Play one event. ``desk`` is "citizen" or "staff": which talk this conversation is."""
    if isinstance(event, MediaReady | MediaFailed):
        return _note_file(Scene(session, know), event)
    scene = _with_language(Scene(session, know))
    turn = _play(scene, event, desk)
    guessed = know.heard is None and turn.session.language == scene.session.language
    return replace(turn, session=replace(turn.session, language=session.language)) if guessed else turn


def _with_language(scene: Scene) -> Scene:
    """The language of the first words that tell; until then the platform's hint or the city's first, which binds nobody."""
    if scene.session.language:
        return scene
    know = scene.know
    spoken = know.heard.language if know.heard else know.language_hint
    return scene.with_session(language=spoken if spoken in know.city.languages else know.city.languages[0])


def _play(scene: Scene, event: Event, desk: str) -> Turn:
    if isinstance(event, ActRefused):
        return tracking.refused(scene, event) if desk == "citizen" else staff.refused(scene, event)
    if desk == "staff":
        return staff.advance(scene, event)
    return _citizen(scene, event)


def _citizen(scene: Scene, event: Event) -> Turn:
    match event:
        case TextSent(text):
            return _text(scene, text)
        case CommandGiven(name, argument):
            act = COMMANDS.get(name)
            return act(scene, argument) if act else small_talk.unknown_command(scene, name)
        case ChoicePicked(value, turn):
            return _picked(scene, value, turn)
        case MediaShared():
            return (
                emergency.take_media(scene, event)
                if scene.session.step == "emergency"
                else reporting.take_media(scene, event)
            )
        case LocationShared():
            return emergency.take_location(scene) if scene.session.step == "emergency" else reporting.take_pin(scene)
        case SimilarFound():
            return reporting.take_similar(scene)
        case SilenceFell(turn):
            return (
                emergency.take_silence(scene)
                if scene.session.step == "emergency" and turn == scene.session.turn
                else scene.quietly()
            )
        case UnreadableSent():
            return reporting.repeat(scene, before=scene.say("phrase.unsupported_type"))
        case _:
            return scene.quietly()


def _text(scene: Scene, text: str) -> Turn:
    if not words.plain(text):
        return reporting.repeat(scene, before=scene.say("phrase.unsupported_type"))
    if scene.session.step == "emergency":
        return emergency.take_words(scene, text)
    if scene.know.heard and scene.know.heard.danger:
        return emergency.begin(scene, text)
    name, argument = words.command_in(text)
    if name and not (name == "ubah" and scene.session.draft):
        return COMMANDS[name](scene, argument)
    if scene.know.number_heard and len(words.plain(text).split()) <= 8:
        return tracking.status(scene, text)
    if answered := feedback.take_words(scene, text):
        return answered
    return reporting.take_words(scene, text)


def _picked(scene: Scene, value: str, turn: int) -> Turn:
    """A choice of this turn goes to its step; one that belongs to news is always good; an older one repeats the question."""
    if turn == 0:
        return feedback.take_choice(scene, value) or tracking.take_choice(scene, value) or reporting.repeat(scene)
    if turn != scene.session.turn or value not in {choice.value for choice in scene.session.offered}:
        return reporting.repeat(scene, before=scene.say("stale_choice"))
    if scene.session.step == "emergency":
        return emergency.take_choice(scene, value)
    return (
        feedback.take_choice(scene, value)
        or tracking.take_choice(scene, value)
        or small_talk.take_choice(scene, value)
        or reporting.take_choice(scene, value)
    )


def _note_file(scene: Scene, event: MediaReady | MediaFailed) -> Turn:
    """A picture's own position helps where no place is known yet; a file that cannot be fetched is asked for again."""
    if isinstance(event, MediaFailed):
        return (
            scene.reply(scene.say("media_failed"), scene.session.offered) if scene.session.language else scene.quietly()
        )
    return scene.quietly()
