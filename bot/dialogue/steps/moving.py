"""``/arsipkan``, ``/kembalikan``, ``/gabung``, ``/pisah``: moves that need a reason, another owner or another report."""

from bot.dialogue.effects import (
    ArchiveReport,
    CallEmergency,
    DeskMove,
    JoinReports,
    MoveReport,
    OpenAgain,
    ReturnReport,
    SplitReport,
)
from bot.dialogue.events import ActRefused
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps import staff_refusals
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn

LIES_WITH_SOMEBODY = frozenset({"didisposisikan", "diproses", "diteruskan"})
LABEL = 24  # characters of a reason on a button


def begin_archive(scene: Scene, report: ReportFacts) -> Turn:
    """Which of the city's reasons?"""
    if "diarsipkan" not in report.moves:
        return _refused(scene, report, "diarsipkan")
    reasons = scene.know.city.archive_reasons
    said = _task(scene).note.lower().replace(" ", "_")
    if said in reasons:
        return archive(scene, said)
    return ask_reason(scene, "")


def ask_reason(scene: Scene, text: str) -> Turn:
    """Words are no reason of the city's unless they are one: the list again."""
    reasons = scene.know.city.archive_reasons
    if (said := text.strip().lower().replace(" ", "_")) in reasons:
        return archive(scene, said)
    lines = "\n".join(f"• {reason.label}" for reason in reasons.values())
    offered = tuple(Choice(f"why:{id_}", id_.replace("_", " ").capitalize()[:LABEL]) for id_ in reasons)
    text = f"{scene.say('staff_ask_archive_reason', nomor=_task(scene).number)}\n{lines}"
    return scene.reply(text, (*offered, _stop(scene)), step="arsipkan")


def archive(scene: Scene, reason: str) -> Turn:
    """Set aside for this reason."""
    task = _task(scene)
    return _done(scene, scene.say("staff_archived", nomor=task.number), ArchiveReport(task.number, task.status, reason))


def begin_return(scene: Scene, report: ReportFacts) -> Turn:
    """Whose is it, then? An administrator who takes it back only needs a reason."""
    if report.status not in LIES_WITH_SOMEBODY:
        return staff_refusals.refused(scene, ActRefused("illegal_move", report.number, report.status, report.moves))
    if "terverifikasi" not in report.moves:
        return _refused(scene, report, "terverifikasi")
    return give_back(scene, _task(scene).note) if _task(scene).note else _ask_owner(scene)


def give_back(scene: Scene, text: str) -> Turn:
    """The words name the other owner; all of them are told to the administrators."""
    task, heard = _task(scene), (*scene.know.agencies_heard, *scene.know.outside_heard)
    if takes_back(scene):
        taken = scene.say("staff_taken_back", nomor=task.number)
        return _done(scene, taken, ReturnReport(task.number, task.status, next(iter(heard), ""), text))
    if not heard:
        return _ask_owner(scene)
    said = scene.say("staff_returned", nomor=task.number, opd=scene.speech.agency(heard[0]))
    return _done(scene, said, ReturnReport(task.number, task.status, heard[0], text))


def _ask_owner(scene: Scene) -> Turn:
    key = "staff_reason_needed" if takes_back(scene) else "staff_return_needs_owner"
    text = scene.say(key, nomor=_task(scene).number)
    return scene.reply(text, (_stop(scene),), hope="words", step="kembalikan")


def takes_back(scene: Scene) -> bool:
    """Whether this is the administrator, who takes a report back and does not return their own agency's."""
    staff, report = scene.know.staff, scene.know.named
    return bool(staff and "administrator" in staff.roles and not (report and report.agency in staff.agencies))


def begin_open(scene: Scene, report: ReportFacts) -> Turn:
    """``/buka``: what was closed or set aside is looked at again, for a reason."""
    to = "dibuka_kembali" if report.status == "ditutup" else "diterima"
    if to not in report.moves:
        return _refused(scene, report, to)
    return open_again(scene, _task(scene).note) if _task(scene).note else _ask_why(scene, "buka")


def open_again(scene: Scene, text: str) -> Turn:
    """Open it for this reason."""
    task = _task(scene)
    return _done(scene, scene.say("staff_opened_again", nomor=task.number), OpenAgain(task.number, task.status, text))


def begin_emergency(scene: Scene, report: ReportFacts) -> Turn:
    """``/darurat``: a person reads danger in it."""
    if "dialihkan_darurat" not in report.moves:
        return _refused(scene, report, "dialihkan_darurat")
    return to_emergency(scene, _task(scene).note) if _task(scene).note else _ask_why(scene, "darurat")


def to_emergency(scene: Scene, text: str) -> Turn:
    """Its reporter is told whom to call."""
    task = _task(scene)
    said = scene.say("staff_is_emergency", nomor=task.number)
    return _done(scene, said, CallEmergency(task.number, task.status, text))


def _ask_why(scene: Scene, step: str) -> Turn:
    return scene.reply(
        scene.say("staff_reason_needed", nomor=_task(scene).number), (_stop(scene),), hope="words", step=step
    )


def begin_join(scene: Scene, report: ReportFacts) -> Turn:
    """Under which report?"""
    if "digabung" not in report.moves:
        return _refused(scene, report, "digabung")
    if report.part_of:
        said = scene.say("staff_part_joined", nomor=report.number, induk=report.part_of)
        return _done(scene, said, JoinReports(report.number, _task(scene).status, report.part_of))
    if _task(scene).note:
        return join(scene, _task(scene).note)
    text = scene.say("staff_join_needs_parent", nomor=report.number)
    return scene.reply(text, (_stop(scene),), hope="words", step="gabung")


def join(scene: Scene, text: str) -> Turn:
    """Under the report whose number stands there."""
    task = _task(scene)
    return _done(scene, scene.say("staff_joined", nomor=task.number), JoinReports(task.number, task.status, text))


def begin_split(scene: Scene, report: ReportFacts) -> Turn:
    """It is a problem of its own."""
    if "terverifikasi" not in report.moves:
        return _refused(scene, report, "terverifikasi")
    task = _task(scene)
    return _done(scene, scene.say("staff_split", nomor=task.number), SplitReport(task.number, task.status))


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """A reason that was tapped; None for any other tap."""
    return archive(scene, what) if kind == "why" else None


def _refused(scene: Scene, report: ReportFacts, to: str) -> Turn:
    return scene.quietly(MoveReport(report.number, to, _task(scene).status))


def _done(scene: Scene, text: str, effect: DeskMove) -> Turn:
    queue = to_queue(scene)
    see = Choice(f"see:{effect.number}", effect.number)
    back = () if _is_final(effect) else (undo_choice(scene, effect.number),)
    offered = (see, *back, queue)
    return scene.reply(text, offered, effects=(effect,), task=None, step="idle", about=effect.number)


def _is_final(effect: DeskMove) -> bool:
    """Whether it is never taken back: its news cannot wait, or where it came from is not remembered."""
    match effect:
        case CallEmergency() | SplitReport():
            return True
        case OpenAgain(seen=seen):
            return seen == "ditutup"
    return False


def _stop(scene: Scene) -> Choice:
    return Choice("stop", scene.say("choice.cancel"))


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
