"""``/jadwalkan``: the work is promised for a day, with the reason."""

from dataclasses import replace
from datetime import date

from bot.dialogue.dates import date_in
from bot.dialogue.effects import MoveReport, ScheduleReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn

STEP, SCHEDULED = "jadwalkan", "dijadwalkan"


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """The day and the reason: from the command, else they are asked."""
    task = _task(scene)
    if SCHEDULED not in report.moves:
        return scene.quietly(MoveReport(report.number, SCHEDULED, task.status))
    if task.note:
        return take_words(scene.with_session(task=replace(task, note="")), task.note)
    return _ask(scene, "staff_ask_date")


def take_words(scene: Scene, text: str) -> Turn:
    """A day, a reason or both; what is still missing is asked for, and what was said stays."""
    task, today = _task(scene), scene.know.now.astimezone(scene.know.city.timezone).date()
    found = date_in(text, today)
    if found and found.day is None:
        return _ask(scene, "staff_no_such_date")
    day = found.day.isoformat() if found and found.day else task.day
    why = (found.rest if found else text.strip()) or task.note
    kept = scene.with_session(task=replace(task, day=day, note=why))
    if not day:
        return _ask(kept, "staff_date_missing")
    return _schedule(kept, date.fromisoformat(day), why) if why else _ask(kept, "staff_ask_date_reason")


def _schedule(scene: Scene, day: date, why: str) -> Turn:
    task = _task(scene)
    said = scene.say("staff_scheduled", nomor=task.number, jadwal=scene.speech.weekday(day))
    queue = to_queue(scene)
    offered = (Choice(f"see:{task.number}", task.number), undo_choice(scene, task.number), queue)
    effect = ScheduleReport(task.number, task.status, day, why)
    return scene.reply(said, offered, effects=(effect,), task=None, step="idle", about=task.number)


def _ask(scene: Scene, key: str) -> Turn:
    stop = Choice("stop", scene.say("choice.cancel"))
    return scene.reply(scene.say(key, nomor=_task(scene).number), (stop,), hope="words", step=STEP)


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
