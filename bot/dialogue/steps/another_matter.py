"""Words beside a draft that are a matter of their own: instead of a joke, or after it when both count."""

from bot.dialogue.knowledge import Heard
from bot.dialogue.steps import small_talk, two_reports
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.read_back import QUESTION
from bot.dialogue.steps.reading import another_problem, elsewhere, names_a_problem, read, sure_category
from bot.dialogue.turn import Scene, Turn


def instead(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """A clear complaint in the place of a draft whose words read as no report; its files stay. None for any other."""
    told_more = scene.draft.place or scene.draft.place_words
    if told_more or not (scene.draft.doubtful and small_talk.tells_a_problem(scene, heard)):
        return None
    files = scene.draft.evidence
    anew = scene.with_session(draft=None, step="idle", tries=0).with_draft(evidence=files)
    return two_reports.begin(anew, text, heard) if heard.several else next_question(read(anew, text, heard))


def comes_later(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether the words at the read-back are another problem or another question, which waits."""
    differs = another_problem(scene, text, heard)
    asks = QUESTION in (heard.kind, scene.draft.kind)
    if _complains_beside_a_question(scene, heard):
        return True
    if heard.place is None:
        return differs and asks
    return (differs and (asks or heard.place != scene.draft.place)) or elsewhere(scene, text, heard)


def _complains_beside_a_question(scene: Scene, heard: Heard) -> bool:
    """Whether a problem with its place is told beside a question about something else."""
    asked, told = scene.draft.kind == QUESTION, heard.kind != QUESTION and names_a_problem(scene, heard)
    return asked and told and heard.place is not None and sure_category(scene, heard) != scene.draft.category
