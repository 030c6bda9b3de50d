"""A command that stands under a photo or another file: the command is done, and the file is not forgotten."""

from dataclasses import replace

from bot.dialogue.effects import AddToReport, Say
from bot.dialogue.events import CommandGiven, MediaShared
from bot.dialogue.session import Draft
from bot.dialogue.steps import broadcasting, exchange, files
from bot.dialogue.steps.refusing_numbers import with_notice
from bot.dialogue.turn import Scene, Turn

REPORTS = "lapor"
TAKES_FILE = frozenset({"selesai", "kabar"})
"""Commands of the back office that do something with the file themselves."""
WAITING = frozenset({"idle", "describe"})
"""Where a citizen's talk has room for a file that nobody asked for."""


def meant(event: CommandGiven) -> CommandGiven | MediaShared:
    """``/lapor`` under a photo is a report with that photo; any other command is itself."""
    if event.name != REPORTS or event.file is None:
        return event
    return replace(event.file, caption=event.argument)


def with_file(scene: Scene, event: CommandGiven, turn: Turn) -> Turn:
    """What a citizen's command led to, and the file: for the draft, for the report that was named, or for what they tell next."""
    file, session = event.file, turn.session
    if file is None or not (session.draft or session.step in WAITING):
        return turn
    after = Scene(session, scene.know)
    if session.draft:
        return with_notice(replace(turn, session=files.kept(after, file).session), scene.say("file_kept"))
    if number := _report_for(after, file):
        added = replace(turn, effects=(AddToReport(number, evidence=(file.evidence,)), *turn.effects))
        return with_notice(added, scene.say("photo_added" if file.kind == "photo" else "added_to", nomor=number))
    begun = after.with_session(draft=Draft(evidence=(file.evidence,)), step="describe", album=file.album)
    return with_notice(replace(turn, session=begun.session), scene.say("file_kept"))


def _report_for(scene: Scene, file: MediaShared) -> str:
    """The person's own report that was named, else the one just filed that a photo is hoped for; "" for neither."""
    named = scene.know.named
    if named is not None and named.mine:
        return named.number
    return scene.session.about if files.belongs_to_filed(scene, file) else ""


def at_desk(scene: Scene, event: CommandGiven, turn: Turn) -> Turn:
    """What a command of the back office led to; a file that it has no use for is asked about."""
    if event.file is None or event.name in TAKES_FILE:
        return turn
    after = Scene(turn.session, scene.know)
    if turn.session.campaign is not None:
        return _instead(turn, broadcasting.take_file(after, event.file))
    if event.name == exchange.ENCLOSED and exchange.brings_sheet(after, event.file):
        return _instead(turn, exchange.await_file(after, event.file))
    return with_notice(turn, scene.say("staff_file_without_task"))


def _instead(turn: Turn, following: Turn) -> Turn:
    """Both were done; what the second says answers what the first asked."""
    done = tuple(effect for effect in turn.effects if not isinstance(effect, Say))
    return Turn(following.session, (*done, *following.effects))
