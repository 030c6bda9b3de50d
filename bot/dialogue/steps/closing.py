"""``/tutup``: an administrator ends a report that the reporter cannot confirm, with a reason."""

from bot.dialogue.effects import CloseByStaff, MoveReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn

STEP, EMERGENCY = "tutup", "dialihkan_darurat"


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """Only from where the city allows it; what stands behind the number is the reason, else it is asked."""
    task = scene.session.task
    assert task is not None
    if "ditutup" not in report.moves:
        return scene.quietly(MoveReport(report.number, "ditutup", task.status))
    if task.note:
        return take_words(scene, task.note)
    stop = Choice("stop", scene.say("choice.cancel"))
    return scene.reply(scene.say("staff_ask_closing_reason", nomor=report.number), (stop,), hope="words", step=STEP)


def take_words(scene: Scene, text: str) -> Turn:
    """Close it for this reason; it is never counted as solved."""
    task = scene.session.task
    assert task is not None
    said = scene.say("staff_closed_unsolved", nomor=task.number)
    effect = CloseByStaff(task.number, task.status, text)
    queue = to_queue(scene)
    back = (undo_choice(scene, task.number),) if task.status == EMERGENCY else ()  # a referral ends for good
    return scene.reply(said, (*back, queue), effects=(effect,), task=None, step="idle", about=task.number)
