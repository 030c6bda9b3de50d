"""``/sp4n``: referred reports as a sheet, and a sheet of answers that an administrator sends as a document."""

from bot.dialogue.effects import TakeSheet
from bot.dialogue.events import MediaReady, MediaShared
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

ENCLOSED = "sp4n"
MOST_FAULTS = 15  # lines named in one answer


def export(scene: Scene, argument: str) -> Turn:
    """The sheet of what lies outside now, and how answers come back."""
    queue = to_queue(scene)
    return scene.reply(scene.say("staff_sheet_export"), (queue,), enclosed=(ENCLOSED,), task=None, step="idle")


def brings_sheet(scene: Scene, event: MediaShared) -> bool:
    """Whether this is a document that answers no question, from somebody who may bring answers."""
    staff = scene.know.staff
    allowed = staff is not None and "sp4n" in {name for name, _ in staff.commands}
    return allowed and event.kind == "document" and scene.session.task is None


def await_file(scene: Scene, event: MediaShared) -> Turn:
    """A document came; it is read once our copy of it is there."""
    return scene.reply(scene.say("staff_sheet_reading"), scene.session.offered, awaits_sheet=event.evidence)


def ready(scene: Scene, event: MediaReady) -> Turn:
    """Our copy is there: take its answers, all or none; nothing for any other file."""
    if not event.evidence or event.evidence != scene.session.awaits_sheet:
        return scene.quietly()
    sheet = scene.know.sheet
    if sheet is None:
        return _said(scene, scene.say("staff_sheet_no_sheet"))
    if sheet.faults:
        return _said(scene, _faults(scene))
    if not sheet.answers and not sheet.references:
        return _said(scene, scene.say("staff_sheet_nothing_new", n=sheet.unchanged))
    text = scene.say("staff_sheet_taken", jawaban=sheet.answers, nomor=sheet.references, n=sheet.unchanged)
    queue = to_queue(scene)
    return scene.reply(text, (queue,), effects=(TakeSheet(sheet.told),), awaits_sheet=0)


def _faults(scene: Scene) -> str:
    assert scene.know.sheet is not None
    faults = scene.know.sheet.faults
    lines = [
        scene.say("staff_sheet_line", baris=each.line, sebab=scene.say(each.code, **dict(each.values)))
        for each in faults[:MOST_FAULTS]
    ]
    more = [scene.say("staff_sheet_more", n=len(faults) - MOST_FAULTS)] if len(faults) > MOST_FAULTS else []
    return "\n".join([scene.say("staff_sheet_refused"), *lines, *more])


def _said(scene: Scene, text: str) -> Turn:
    return scene.reply(text, scene.session.offered, awaits_sheet=0)
