"""``/urungkan``: the last step is taken back."""

from bot.dialogue.effects import UndoStep
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

KIND = "urungkan"


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """At once: there is nothing to ask. Whether it can be is for the service."""
    steps = [step for step in report.timeline if not step.answer]
    before = scene.speech.status(steps[-2].status) if len(steps) > 1 else scene.speech.status(report.status)
    offered = (Choice(f"see:{report.number}", report.number), to_queue(scene))
    effect = UndoStep(report.number, report.status)
    said = scene.say("staff_undone", nomor=report.number, status=before)
    return scene.reply(said, offered, effects=(effect,), task=None, step="idle", about=report.number)


def undo_choice(scene: Scene, number: str) -> Choice:
    """The button under the confirmation of a step."""
    return Choice(f"{KIND}:{number}", scene.say("staff_button_urungkan"))
