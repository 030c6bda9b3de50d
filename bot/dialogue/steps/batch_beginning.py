"""Whether a forwarded message is gathered: whatever a KIM member passes on, and of anybody else what is no answer to us.

Who is in no KIM often forwards one thing that we wait for (the photo of a report, a code, a pin): that is taken as if they had written
it. Anything else begins a batch, in which they have no neighbours to report for.
"""

from collections.abc import Callable

from bot.dialogue import kim_words, words
from bot.dialogue.events import LocationShared, MediaShared, TextSent, UnreadableSent
from bot.dialogue.steps import adding, completing, feedback, files, linking, neighbours, taking_back, witnessing
from bot.dialogue.turn import Scene, Turn

TAKE_ANSWER: tuple[Callable[[Scene, str], Turn | None], ...] = (
    feedback.take_words,
    witnessing.take_words,
    completing.take_words,
    taking_back.take_words,
    adding.take_words,
)
"""What takes words that answer a question of ours about a report."""


def gathered_anyway(scene: Scene) -> bool:
    """Whether everything forwarded is gathered: a member's, and whatever belongs to a batch that was begun."""
    return (scene.know.kim.active and not _talks_with_a_person(scene)) or scene.know.batch is not None


def begins_anew(scene: Scene, content: TextSent | MediaShared | LocationShared | UnreadableSent) -> bool:
    """Whether a forwarded message of somebody who is in no KIM begins a batch: no draft is open, and we wait for nothing like it."""
    if scene.session.draft is not None or _talks_with_a_person(scene):
        return False
    match content:
        case TextSent(text):
            return bool(words.plain(text)) and not _is_alarm(scene) and not _is_for_us(scene, content)
        case MediaShared():
            awaited = files.belongs_to_filed(scene, content) or _is_alarm(scene)
            takers = (witnessing.take_file, completing.take_file, adding.take_file)
            return not awaited and not any(take(scene, content) for take in takers)
        case LocationShared():
            return not (scene.session.about and scene.session.wants_photo) and completing.take_pin(scene) is None
    return False


def _talks_with_a_person(scene: Scene) -> bool:
    """Whether somebody of the office answers here now: what is passed on is for them."""
    return scene.know.handover is not None and scene.know.handover.claimed


def _is_alarm(scene: Scene) -> bool:
    """Danger is not gathered: who forwards it is asked at once, as if they had seen it themselves."""
    return scene.know.heard is not None and scene.know.heard.danger is not None


def _is_for_us(scene: Scene, said: TextSent) -> bool:
    """Whether words are a command, a code, a report number, or the answer to a question of ours."""
    if words.command_in(said.text)[0] or scene.know.number_heard:
        return True
    if words.picked(said.text, scene.session.offered, scene.know.city):
        return True
    if kim_words.asked(said) or neighbours.code_in(said) or linking.take(scene, said):
        return True
    return any(take(scene, said.text) for take in TAKE_ANSWER)
