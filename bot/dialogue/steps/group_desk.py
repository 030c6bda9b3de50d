"""``/kim``: the administrator's list of community information groups, and what can be done with it."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.dialogue.effects import EndGroup, EndMembership, ExtendGroup, FoundGroup, HandOverGroup, InviteToGroup
from bot.dialogue.kim_words import area_in_words
from bot.dialogue.knowledge import GroupDesk, GroupFacts, PeerFacts
from bot.dialogue.steps.membership import invitation, peer_line, qr_of
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn
from bot.staff import group_orders
from bot.staff.group_orders import GroupOrder, order_in

MOST_NAME = 80  # characters


def kim(scene: Scene, argument: str) -> Turn:
    """Carry out the order behind ``/kim``."""
    order = order_in(argument)
    return ACTS[order.what](scene, _desk(scene), order)


def _desk(scene: Scene) -> GroupDesk:
    return scene.know.group_desk or GroupDesk()


def _say(scene: Scene, text: str, *effects: object, qr: str = "") -> Turn:
    """``qr``: a code that is shown as a picture, too."""
    offered = (to_queue(scene),)
    enclosed = qr_of(scene, qr) if qr else ()
    return scene.reply(text, offered, effects=effects, enclosed=enclosed, task=None, step="idle")  # type: ignore[arg-type]


def _new(scene: Scene, desk: GroupDesk, order: GroupOrder) -> Turn:
    kelurahan, kecamatan = desk.area
    if not order.name or not order.area or order.term is None:
        return _say(scene, scene.say("group_new_how"))
    if desk.area_options:
        return _say(scene, scene.say("group_which_area", daftar="; ".join(desk.area_options)))
    if not kelurahan:
        return _say(scene, scene.say("group_unknown_area", wilayah=order.area[:MOST_NAME]))
    if order.term[1] < scene.know.now.astimezone(scene.know.city.timezone).date():
        return _say(scene, scene.say("group_term_over"))
    name = order.name[:MOST_NAME]
    effect = FoundGroup(name, kelurahan, kecamatan, order.rws, *order.term, desk.fresh_code)
    group = GroupFacts(0, name, area_in_words(kelurahan, kecamatan, order.rws), order.term[1])
    text = scene.say(
        "group_founded",
        kim=name,
        wilayah=group.area,
        mulai=_day(scene, order.term[0]),
        sampai=_day(scene, order.term[1]),
    )
    return _say(scene, f"{text}\n\n{_for_coordinator(scene, group, desk)}", effect, qr=desk.fresh_code)


def _for_coordinator(scene: Scene, group: GroupFacts, desk: GroupDesk) -> str:
    return f"{scene.say('group_for_coordinator')}\n{invitation(scene, group, desk.fresh_code)}"


def _day(scene: Scene, day: date | None) -> str:
    return scene.speech.calendar_day(day) if day else "-"


def _list(scene: Scene, desk: GroupDesk, _: GroupOrder) -> Turn:
    if not desk.groups:
        return _say(scene, f"{scene.say('group_list_empty')}\n{scene.say('group_new_how')}")
    lines = [_line(scene, number, group) for number, group in enumerate(desk.groups, 1)]
    return _say(scene, "\n".join([scene.say("group_list", jumlah=len(lines)), *lines, scene.say("group_orders")]))


def _line(scene: Scene, number: int, group: GroupFacts) -> str:
    awake = sum(not peer.asleep for peer in group.members)
    key = "group_line_over" if group.over else "group_line"
    return scene.say(
        key, no=number, kim=group.name, wilayah=group.area, anggota=awake, sampai=_day(scene, group.term_until)
    )


def _about(act: Callable[[Scene, GroupDesk, GroupOrder, GroupFacts], Turn]) -> Callable[..., Turn]:
    """An order about one group of the list."""

    def about(scene: Scene, desk: GroupDesk, order: GroupOrder) -> Turn:
        if not 1 <= order.group <= len(desk.groups):
            return _say(scene, scene.say("group_which", jumlah=len(desk.groups)))
        return act(scene, desk, order, desk.groups[order.group - 1])

    return about


def _show(scene: Scene, desk: GroupDesk, order: GroupOrder, group: GroupFacts) -> Turn:
    lines = [_line(scene, order.group, group)]
    lines += [f"{number}. {peer_line(scene, peer)}" for number, peer in enumerate(group.members, 1)]
    return _say(scene, "\n".join(lines))


def _invite(scene: Scene, desk: GroupDesk, order: GroupOrder, group: GroupFacts) -> Turn:
    effect = InviteToGroup(group.id, desk.fresh_code, "coordinator")
    return _say(scene, _for_coordinator(scene, group, desk), effect, qr=desk.fresh_code)


def _extend(scene: Scene, desk: GroupDesk, order: GroupOrder, group: GroupFacts) -> Turn:
    if order.term is None or order.term[1] < scene.know.now.astimezone(scene.know.city.timezone).date():
        return _say(scene, scene.say("group_extend_how", no=order.group))
    text = scene.say("group_extended", kim=group.name, sampai=_day(scene, order.term[1]))
    return _say(scene, text, ExtendGroup(group.id, order.term[1]))


def _end(scene: Scene, desk: GroupDesk, order: GroupOrder, group: GroupFacts) -> Turn:
    text = scene.say("group_ended", kim=group.name, anggota=len(group.members))
    return _say(scene, text, EndGroup(group.id))


def _of_member(key: str, effect: Callable[[int], object]) -> Callable[[Scene, GroupDesk, GroupOrder, GroupFacts], Turn]:
    def act(scene: Scene, desk: GroupDesk, order: GroupOrder, group: GroupFacts) -> Turn:
        if not 1 <= order.member <= len(group.members):
            return _say(scene, scene.say("kim_which_member", jumlah=len(group.members)))
        peer: PeerFacts = group.members[order.member - 1]
        return _say(scene, scene.say(key, nama=peer_line(scene, peer)), effect(peer.member_id))

    return act


ACTS: Mapping[str, Callable[[Scene, GroupDesk, GroupOrder], Turn]] = {
    group_orders.NEW: _new,
    group_orders.LIST: _list,
    group_orders.SHOW: _about(_show),
    group_orders.INVITE: _about(_invite),
    group_orders.EXTEND: _about(_extend),
    group_orders.END: _about(_end),
    group_orders.REMOVE: _about(_of_member("kim_removed", EndMembership)),
    group_orders.COORDINATOR: _about(_of_member("kim_handed_over", HandOverGroup)),
}
