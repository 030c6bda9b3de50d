"""``/lengkapi``: the office asks the reporter for one thing."""

from bot.dialogue.effects import AskReporter, MoveReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import plain

STEP, ASKED = "lengkapi", "perlu_dilengkapi"
PARTS = {
    "photo": "foto fotonya poto photo gambar",
    "location": "tempat tempatnya lokasi lokasinya alamat place location",
    "description": "uraian uraiannya keterangan keterangannya isi description details",
    "time": "waktu waktunya jam tanggal time",
}
"""The parts of a report that a city has words for, and what staff call them."""
PART_NAMED = {word: part for part, words in PARTS.items() for word in words.split()}


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """What is missing? What stands behind the number, else it is asked."""
    task = _task(scene)
    if ASKED not in report.moves:
        return scene.quietly(MoveReport(report.number, ASKED, task.status))
    if task.note:
        return take_words(scene, task.note)
    offered = tuple(Choice(f"missing:{part}", scene.say(f"staff_missing_{part}")) for part in PARTS)
    stop = Choice("stop", scene.say("choice.cancel"))
    return scene.reply(scene.say("staff_ask_missing", nomor=report.number), (*offered, stop), hope="words", step=STEP)


def take_words(scene: Scene, text: str) -> Turn:
    """The name of a part, or a question in words of one's own."""
    return _ask(scene, PART_NAMED.get(plain(text), ""), text.strip())


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """A part that was tapped; None for any other tap."""
    return _ask(scene, what, "") if kind == "missing" and scene.session.step == STEP else None


def _ask(scene: Scene, part: str, words: str) -> Turn:
    task = _task(scene)
    queue = to_queue(scene)
    offered = (Choice(f"see:{task.number}", task.number), undo_choice(scene, task.number), queue)
    effect = AskReporter(task.number, task.status, part, "" if part else words)
    said = scene.say("staff_asked", nomor=task.number)
    return scene.reply(said, offered, effects=(effect,), task=None, step="idle", about=task.number)


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
