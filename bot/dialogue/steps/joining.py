"""``/undang`` and ``/keluar``: how people become staff by a one-time code, and how they leave."""

import re
from datetime import timedelta

from bot.dialogue.effects import BecomeStaff, InviteStaff, LeaveStaff
from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import plain

NAMES = {
    "administrator": "administrator admin",
    "narahubung": "narahubung kontak contact",
    "wakil": "wakil deputi deputy",
    "pimpinan": "pimpinan kepala management",
    "auditor": "auditor pengawas",
}
"""What people call the roles."""
ROLE_NAMED = {word: role for role, words in NAMES.items() for word in words.split()}
OF_AGENCY = frozenset({"narahubung", "wakil"})
VALID = re.compile(r"(\d{1,3}) ?(jam|hours?|hari|dinten|days?)")
USUAL, LONGEST = timedelta(days=7), timedelta(days=30)


def join(scene: Scene, code: str) -> Turn:
    """Somebody comes with a code: they become staff, or hear why it is good for nothing."""
    invitation = scene.know.invitation
    if invitation is None or invitation.state != "open":
        state = invitation.state if invitation else "unknown"
        return scene.reply(scene.say(f"staff_invitation_{state}"))
    agency = scene.speech.agency(invitation.agency)
    text = scene.say("staff_welcome", peran=scene.say(f"role_{invitation.role}"), opd=agency)
    return scene.reply(text, (_queue(scene),), effects=(BecomeStaff(code),))


def invite(scene: Scene, argument: str) -> Turn:
    """``/undang ROLE [AGENCY] [3 hari]``: a code that works once; what is missing is named."""
    said = plain(argument)
    role = next((ROLE_NAMED[word] for word in said.split() if word in ROLE_NAMED), "")
    agency = next(iter((*scene.know.agencies_heard,)), "") if role != "administrator" else ""
    if not role:
        return _say(scene, scene.say("staff_invite_role"))
    if role in OF_AGENCY and not agency:
        return _say(scene, scene.say("staff_invite_agency", peran=scene.say(f"role_{role}")))
    lives = _validity(said)
    until = scene.speech.moment(scene.know.now + lives)
    name = scene.speech.agency(agency) if agency else ""
    text = scene.say(
        "staff_invited", peran=f"{scene.say(f'role_{role}')} {name}".strip(), kode=scene.know.fresh_code, tenggat=until
    )
    effect = InviteStaff(scene.know.fresh_code, role, agency, int(lives.total_seconds()))
    return scene.reply(text, (_queue(scene),), effects=(effect,), task=None, step="idle")


def _validity(said: str) -> timedelta:
    found = VALID.search(said)
    if found is None:
        return USUAL
    amount = int(found[1])
    wanted = timedelta(hours=amount) if found[2].startswith(("jam", "hour")) else timedelta(days=amount)
    return min(max(wanted, timedelta(hours=1)), LONGEST)


def leave(scene: Scene, argument: str) -> Turn:
    """``/keluar``: asked once more before it is done."""
    staff = scene.know.staff
    assert staff is not None
    roles = ", ".join(scene.say(f"role_{role}") for role in sorted(staff.roles))
    offered = (Choice("leave:all", scene.say("staff_leave_yes")), _queue(scene))
    return scene.reply(scene.say("staff_ask_leave", peran=roles), offered, task=None, step="keluar")


def take_choice(scene: Scene, kind: str) -> Turn | None:
    """The tap that confirms leaving; None for any other, and for one whose question has passed."""
    if kind != "leave" or scene.session.step != "keluar":
        return None
    return scene.reply(scene.say("staff_left"), effects=(LeaveStaff(),), task=None, step="idle", about="")


def _say(scene: Scene, text: str) -> Turn:
    return scene.reply(text, (_queue(scene),), task=None, step="idle")


def _queue(scene: Scene) -> Choice:
    return to_queue(scene)
