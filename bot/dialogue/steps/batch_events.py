"""Where forwarded messages and the words about them enter the talk."""

from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.effects import Gather, PutOffBatch
from bot.dialogue.events import (
    ActRefused,
    BatchCompared,
    BatchReady,
    ChoicePicked,
    CommandGiven,
    Event,
    Forwarded,
    LocationShared,
    MediaShared,
    SilenceFell,
    TextSent,
)
from bot.dialogue.steps import batch, batch_answers, batch_late, emergency
from bot.dialogue.steps.batch_beginning import begins_anew, gathered_anyway
from bot.dialogue.steps.reading import names_a_problem
from bot.dialogue.turn import Scene, Turn


def take_in_danger(scene: Scene, event: Event) -> Turn | None:
    """While only danger counts: what is forwarded is kept, its list comes later; None for anything else."""
    match event:
        case Forwarded(content, origin) if gathered_anyway(scene) or _tells_something_else(scene):
            turn = emergency.insist(scene)
            kept = Gather(content, origin, scene.know.heard, scene.know.located, scene.know.located_beside)
            return Turn(turn.session, (kept, *turn.effects))
        case BatchReady():
            return scene.quietly(PutOffBatch())
    return None


def take(scene: Scene, event: Event) -> Turn | None:
    """A forwarded message, the time to read them, or an answer to their list; None for anything else."""
    waiting = batch.reviewing(scene)
    match event:
        case Forwarded():
            return batch_late.take_forwarded(scene, event) or _forwarded(scene, event)
        case BatchReady():
            return batch.read(scene)
        case BatchCompared():
            return batch.show(scene, event)
        case ActRefused("unknown_report") if waiting:
            return batch_answers.refused(scene, event)
        case CommandGiven(name, argument) if waiting:
            return _command(scene, name, argument)
        case TextSent(text):
            return batch_answers.take_words(scene, text) or batch_late.take_words(scene, text)
        case ChoicePicked(value, turn) if waiting and batch.is_under_list(scene, turn):
            return batch_answers.take_choice(scene, value)
        case MediaShared() | LocationShared() if _adds(scene) and not _is_danger(scene):
            return batch.take_own(scene, event)
        case SilenceFell(turn) if waiting:
            return batch_answers.take_silence(scene, turn)
    return None


def take_rest(scene: Scene, text: str) -> Turn | None:
    """Words that mean nothing else, while a list waits or messages are gathered; None at any other time."""
    if batch.reviewing(scene):
        return batch_answers.take_other(scene, text)
    return batch.take_own(scene, TextSent(text)) if _adds(scene) else None


def _forwarded(scene: Scene, event: Forwarded) -> Turn | None:
    gathers = gathered_anyway(scene) or begins_anew(scene, event.content)
    return batch.take_forwarded(scene, event) if gathers else None


def _command(scene: Scene, name: str, argument: str) -> Turn | None:
    if name == "batal":
        return batch.drop(scene)
    found = corrections_in(f"{name} {argument}")
    return batch_answers.corrected(scene, found) if found else None


def _tells_something_else(scene: Scene) -> bool:
    """Whether a forwarded message surely tells another problem than the danger that is asked about."""
    heard = scene.know.heard
    return heard is not None and heard.danger is None and names_a_problem(scene, heard)


def _adds(scene: Scene) -> bool:
    return scene.session.draft is None and (batch.gathering(scene) or batch.reviewing(scene))


def _is_danger(scene: Scene) -> bool:
    return bool(scene.know.heard and scene.know.heard.danger)
