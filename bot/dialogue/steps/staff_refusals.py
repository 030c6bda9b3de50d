"""What the back office is told when a service refuses what they asked for: why, and what is possible instead."""

from bot.dialogue.events import ActRefused, LastStep
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps import broadcasting
from bot.dialogue.steps.card import move_choices, usable
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

FLAT_REFUSALS = {
    "not_allowed": "staff_not_allowed",
    "talk_over": "talk_over",
    "unknown_report": "staff_unknown_report",
    "invitation_unknown": "staff_invitation_unknown",
    "invitation_expired": "staff_invitation_expired",
    "invitation_used": "staff_invitation_used",
}
"""By code of a refusal: what is said when there is nothing else to do."""
ANSWERABLE = {
    "staff_join_needs_parent": "gabung",
    "staff_date_past": "jadwalkan",
    "staff_date_far": "jadwalkan",
    "staff_schedule_reason_needed": "jadwalkan",
}
"""What another answer puts right, and the command that goes on with it."""
MOVES_REFUSED = frozenset({"illegal_move", "moved_meanwhile"})


def refused(scene: Scene, event: ActRefused) -> Turn:
    """Nothing of the turn was kept: say why, and what is possible."""
    if key := FLAT_REFUSALS.get(event.code):
        return scene.reply(scene.say(key, nomor=event.number), task=None, step="idle")
    if scene.session.campaign is not None and event.code.startswith("campaign"):
        return broadcasting.refused(scene, event)
    if event.values or event.code not in MOVES_REFUSED:
        return _refused_for_a_reason(scene, event)
    status = scene.speech.status(event.now_status)
    key = "staff_moved_meanwhile" if event.code == "moved_meanwhile" else "staff_illegal_move"
    legal = ", ".join(scene.speech.status(move) for move in usable(scene, event.legal, event.now_status))
    if not legal:
        key = f"{key}_and_none"
    offered = move_choices(scene, event.number, event.legal, event.now_status)
    said = scene.say(key, nomor=event.number, status=status, langkah=legal, siapa=_who(scene, event.last),
                     kapan=scene.speech.short_moment(event.last.at) if event.last else "",
                     catatan=f": {event.last.note}" if event.last and event.last.note else "")  # fmt: skip
    seen = (Choice(f"see:{event.number}", event.number),) if event.last else ()
    return scene.reply(said, (*offered, *seen), task=None, step="idle")


def _refused_for_a_reason(scene: Scene, event: ActRefused) -> Turn:
    """What is missing can be written at once where it was asked for; else the moves that are possible now."""
    said = scene.say(event.code, **dict(event.values))
    if command := ANSWERABLE.get(event.code):
        asked = scene.session.task
        same = asked is not None and (asked.command, asked.number) == (command, event.number)
        task = asked if same else Task(command, event.number, event.now_status)  # what was said of it before stays
        stop = Choice("stop", scene.say("choice.cancel"))
        return scene.reply(said, (stop,), hope="words", task=task, step=command, about=event.number)
    moves = move_choices(scene, event.number, event.legal, event.now_status) if event.number else ()
    seen = (Choice(f"see:{event.number}", event.number),) if moves else ()
    return scene.reply(said, (*moves, *seen, _queue(scene)), task=None, step="idle")


def _who(scene: Scene, last: LastStep | None) -> str:
    """Who was faster: by name where it is known, and always by what they are."""
    if last is None:
        return scene.say("actor_sistem")
    office = f" {scene.speech.agency(last.agency)}" if last.agency else ""
    role = f"{scene.say(f'actor_{last.actor}')}{office}"
    return f"{last.name} ({role})" if last.name else role


def _queue(scene: Scene) -> Choice:
    return to_queue(scene)
