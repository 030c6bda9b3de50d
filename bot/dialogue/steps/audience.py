"""Whom a campaign is for: citizens who asked for them, all groups, those of a kelurahan, or groups chosen one by one."""

import re

from bot.dialogue.knowledge import GroupFacts
from bot.dialogue.replies import Choice
from bot.dialogue.turn import Scene
from bot.dialogue.words import plain

CHOSEN = "kim"
BY_NUMBER = re.compile(
    r"(?:kim|grup|group|nomor|no)?\s*\d{1,3}(?:\s*(?:,|&|dan|sareng|jeung|and|kim|\s)\s*\d{1,3})*", re.IGNORECASE
)
NOT_NAMES = frozenset({CHOSEN})
MOST_CHOICES = 9  # rows of the smallest list, less the one that cancels


def offered(scene: Scene) -> tuple[Choice, ...]:
    """The audiences that one tap chooses."""
    groups = (Choice("aud:choose", scene.say("campaign_choose_button")),) if _groups(scene) else ()
    return (
        Choice("aud:citizens", scene.say("campaign_citizens_button")),
        Choice("aud:groups", scene.say("campaign_groups_button")),
        *groups,
    )


def to_choose_from(scene: Scene) -> tuple[str, tuple[Choice, ...]]:
    """The groups in office by number, and how several are named at once; with choices while they are few."""
    groups, text = _groups(scene), scene.say("campaign_choose_groups")
    if len(groups) <= MOST_CHOICES:
        return text, tuple(Choice(f"aud:{CHOSEN}:{group.id}", group.name) for group in groups)
    return "\n".join([text, *(f"{number}. {group.name}: {group.area}" for number, group in enumerate(groups, 1))]), ()


def named(scene: Scene, text: str) -> str:
    """The audience that words mean: groups by number or by name, else whoever is of a kelurahan; "" for nobody we know."""
    if chosen := _by_number(scene, text) or _by_name(scene, text):
        return f"{CHOSEN}:{','.join(str(group.id) for group in chosen)}"
    place = scene.know.heard.place if scene.know.heard else None
    if place is None or not place.kelurahan:
        return ""
    return f"{'groups' if 'kim' in plain(text).split() else 'citizens'}:{place.kelurahan}"


def in_words(scene: Scene, audience: str, groups: tuple[str, ...] = ()) -> str:
    """An audience as an administrator reads it; the names of chosen groups are given, or known in this turn."""
    kind, _, which = audience.partition(":")
    if kind == CHOSEN:
        ids = which.split(",")
        names = groups or tuple(group.name for group in _groups(scene) if str(group.id) in ids)
        return scene.say("campaign_to_kim", kim=", ".join(names))
    return scene.say(f"campaign_to_{kind}{'_of' if which else ''}", kelurahan=which)


def _by_number(scene: Scene, text: str) -> tuple[GroupFacts, ...]:
    """Those of these numbers, when all of them are on the list."""
    groups = _groups(scene)
    if not BY_NUMBER.fullmatch(text.strip()):
        return ()
    numbers = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", text)))
    return tuple(groups[n - 1] for n in numbers) if all(1 <= n <= len(groups) for n in numbers) else ()


def _by_name(scene: Scene, text: str) -> tuple[GroupFacts, ...]:
    """Those whose whole names were typed, "KIM" or not."""
    pieces = [_name(piece) for piece in re.split(r"[,;\n]", text) if piece.strip()]
    known = {_name(group.name): group for group in _groups(scene)}
    return tuple(known[piece] for piece in pieces) if pieces and all(piece in known for piece in pieces) else ()


def _name(text: str) -> str:
    return " ".join(word for word in plain(text).split() if word not in NOT_NAMES)


def _groups(scene: Scene) -> tuple[GroupFacts, ...]:
    return scene.know.group_desk.groups if scene.know.group_desk else ()
