"""``/catatan``: words about a report that only staff read."""

from bot.dialogue.effects import RemarkOnReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """Keep what stands behind the number, or ask for it."""
    task = scene.session.task
    if task and task.note:
        return take_words(scene, task.note)
    stop = Choice("stop", scene.say("choice.cancel"))
    return scene.reply(scene.say("staff_ask_remark", nomor=report.number), (stop,), hope="words", step="catatan")


def take_words(scene: Scene, text: str) -> Turn:
    """Keep these words."""
    assert scene.session.task is not None
    number = scene.session.task.number
    offered = (Choice(f"see:{number}", number), to_queue(scene))
    effect = RemarkOnReport(number, text)
    said = scene.say("staff_remark_kept", nomor=number)
    return scene.reply(said, offered, effects=(effect,), task=None, step="idle", about=number)
