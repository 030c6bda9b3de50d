"""A citizen's place in a community information group: joining by a code, inviting, staying, leaving."""

from collections.abc import Callable, Mapping

from bot.dialogue import kim_words, words
from bot.dialogue.effects import EndMembership, HandOverGroup, InviteToGroup, JoinGroup, StayInGroup
from bot.dialogue.events import ActRefused, Event
from bot.dialogue.kim_words import KimAsked
from bot.dialogue.knowledge import GroupFacts, PeerFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

STAY, LEAVE, LEAVE_SURELY = "kim_stay", "kim_leave", "kim_leave_surely"


def take(scene: Scene, event: Event) -> Turn | None:
    """The answer to words or a command about a group; None when they are about something else."""
    asked = kim_words.asked(event)
    return ACTS[asked.what](scene, asked) if asked else None


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap on an answer about staying; None for anything else."""
    match value:
        case "kim_stay":
            return _stay(scene, KimAsked(kim_words.STAY))
        case "kim_leave":
            return _leave(scene, KimAsked(kim_words.LEAVE))
        case "kim_leave_surely" if scene.know.kim.me:
            return _left(scene)
    return None


def take_words(scene: Scene, text: str) -> Turn | None:
    """ "Masih" or "berhenti", typed while we wait to hear whether somebody stays; None for anything else."""
    if not (scene.know.kim.asked_to_stay or (scene.know.kim.me and scene.know.kim.me.asleep)) or scene.session.draft:
        return None
    offered = (_stay_choice(scene), Choice(LEAVE, scene.say("kim_choice_leave")))
    choice = words.picked(text, offered, scene.know.city)
    return (
        take_choice(scene, choice.value) if choice and (scene.know.kim.asked_to_stay or choice.value == STAY) else None
    )


def refused(scene: Scene, event: ActRefused) -> Turn | None:
    """What a group would not allow; None for any other refusal."""
    if event.code.startswith("kim_"):
        return beside(scene, scene.say(event.code))
    return beside(scene, scene.say("kim_coordinator_only")) if event.code == "not_allowed" else None


def _join(scene: Scene, asked: KimAsked) -> Turn:
    kim = scene.know.kim
    if not asked.about:
        return beside(scene, scene.say("kim_code_missing"))
    if kim.code_state == "theirs":
        return _show(scene, asked)
    if kim.code_state != "open" or kim.code_group is None:
        return beside(scene, scene.say(f"kim_code_{kim.code_state or 'unknown'}"))
    text = scene.say("kim_welcome", kim=kim.code_group.name, wilayah=kim.code_group.area)
    return beside(scene, text, effects=(JoinGroup(asked.about),))


def _show(scene: Scene, _: KimAsked) -> Turn:
    kim = scene.know.kim
    if kim.group is None or kim.me is None:
        return beside(scene, scene.say("kim_none"))
    lines = [scene.say("kim_group", kim=kim.group.name, wilayah=kim.group.area, sampai=_until(scene, kim.group))]
    lines += [f"{number}. {peer_line(scene, peer)}" for number, peer in enumerate(kim.group.members, 1)]
    lines.append(scene.say("kim_help_coordinator" if kim.me.coordinator else "kim_help_member"))
    stay = (_stay_choice(scene),) if kim.asked_to_stay or kim.me.asleep else ()
    return beside(scene, "\n".join(lines), stay)


def _until(scene: Scene, group: GroupFacts) -> str:
    return scene.speech.calendar_day(group.term_until) if group.term_until else "-"


def peer_line(scene: Scene, peer: PeerFacts) -> str:
    """A member's name and standing."""
    standing = ["kim_is_coordinator"] if peer.coordinator else []
    standing += ["kim_is_me"] if peer.me else []
    standing += ["kim_is_asleep"] if peer.asleep else ["kim_is_flagged"] if peer.flagged else []
    marks = ", ".join(scene.say(key) for key in standing)
    name = peer.name or scene.say("kim_nameless")
    return f"{name} ({marks})" if marks else name


def _invite(scene: Scene, _: KimAsked) -> Turn:
    kim = scene.know.kim
    if refusal := _not_coordinator(scene):
        return refusal
    assert kim.group is not None
    effect = InviteToGroup(kim.group.id, kim.fresh_code, "member")
    text = invitation(scene, kim.group, kim.fresh_code)
    return beside(scene, text, effects=(effect,), enclosed=qr_of(scene, kim.fresh_code))


def invitation(scene: Scene, group: GroupFacts, code: str) -> str:
    """What to hand on to the person who is invited: a code to type, and a link where there is one."""
    text = scene.say("kim_invitation", kim=group.name, kode=code)
    link = start_link(scene.know.citizen_channel, f"{kim_words.LINK}{code}")
    return f"{text}\n{link}" if link else text


def qr_of(scene: Scene, code: str) -> tuple[str, ...]:
    """The picture with which somebody near joins by holding their phone to it; nothing where there is no link."""
    return (f"kim:{code}",) if start_link(scene.know.citizen_channel, code) else ()


def start_link(citizen_channel: str, payload: str) -> str:
    """The link that opens the citizens' talk on Telegram with this payload; "" where there is none."""
    return f"{citizen_channel}?start={payload}" if citizen_channel.startswith("https://t.me/") else ""


def _leave(scene: Scene, _: KimAsked) -> Turn:
    kim = scene.know.kim
    if kim.group is None or kim.me is None:
        return beside(scene, scene.say("kim_none"))
    offered = (
        Choice(LEAVE_SURELY, scene.say("kim_choice_leave_surely")),
        Choice(STAY, scene.say("kim_choice_stay")),
    )
    return beside(scene, scene.say("kim_ask_leave", kim=kim.group.name), offered)


def _left(scene: Scene) -> Turn:
    kim = scene.know.kim
    assert kim.group is not None
    assert kim.me is not None
    last = kim.me.coordinator and not any(peer.coordinator for peer in kim.group.members if not peer.me)
    text = scene.say("kim_left", kim=kim.group.name)
    told = f"{text} {scene.say('kim_left_without_coordinator')}" if last and len(kim.group.members) > 1 else text
    return beside(scene, told, (), effects=(EndMembership(kim.me.member_id),))


def _stay(scene: Scene, _: KimAsked) -> Turn:
    kim = scene.know.kim
    if kim.group is None or kim.me is None:
        return beside(scene, scene.say("kim_none"))
    return beside(scene, scene.say("kim_stays", kim=kim.group.name), (), effects=(StayInGroup(),))


def _remove(scene: Scene, asked: KimAsked) -> Turn:
    peer = _peer(scene, asked)
    if isinstance(peer, Turn):
        return peer
    return beside(
        scene, scene.say("kim_removed", nama=peer_line(scene, peer)), effects=(EndMembership(peer.member_id),)
    )


def _hand_over(scene: Scene, asked: KimAsked) -> Turn:
    peer = _peer(scene, asked)
    if isinstance(peer, Turn):
        return peer
    text = scene.say("kim_handed_over", nama=peer_line(scene, peer))
    return beside(scene, text, effects=(HandOverGroup(peer.member_id),))


def _peer(scene: Scene, asked: KimAsked) -> PeerFacts | Turn:
    """Another member by number, for the coordinator; else the turn that says why not."""
    if refusal := _not_coordinator(scene):
        return refusal
    group = scene.know.kim.group
    assert group is not None
    number = words.number_in(asked.about)
    if not 1 <= number <= len(group.members):
        return beside(scene, scene.say("kim_which_member", jumlah=len(group.members)))
    peer = group.members[number - 1]
    return beside(scene, scene.say("kim_not_oneself")) if peer.me else peer


def _not_coordinator(scene: Scene) -> Turn | None:
    kim = scene.know.kim
    if kim.group is None or kim.me is None:
        return beside(scene, scene.say("kim_none"))
    if kim.me.asleep:
        return beside(scene, scene.say("kim_asleep", kim=kim.group.name), (_stay_choice(scene),))
    return None if kim.me.coordinator else beside(scene, scene.say("kim_coordinator_only"))


def _stay_choice(scene: Scene) -> Choice:
    return Choice(STAY, scene.say("kim_choice_stay"))


ACTS: Mapping[str, Callable[[Scene, KimAsked], Turn]] = {
    kim_words.JOIN: _join,
    kim_words.SHOW: _show,
    kim_words.INVITE: _invite,
    kim_words.LEAVE: _leave,
    kim_words.STAY: _stay,
    kim_words.REMOVE: _remove,
    kim_words.HAND_OVER: _hand_over,
}
