"""The author of a message that was filed in a group takes the report over, and chooses how to be named."""

from bot.dialogue.effects import TakeOver
from bot.dialogue.phone_numbers import without_phones
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.turn import Scene, Turn

NAMED = ("tampil", "anonim", "rahasia")


def offer(scene: Scene) -> Turn | None:
    """What the link of a group's card leads to; None for an event that opens none."""
    found = scene.know.takeover
    if found is None:
        return None
    if found.state != "open":
        return beside(scene, scene.say(f"takeover_{found.state}", nomor=found.number))
    offered = tuple(Choice(f"own:{each}:{found.token}", scene.say(f"takeover_{each}")) for each in NAMED)
    text = scene.say("takeover_ask", nomor=found.number, ringkasan=clipped(without_phones(found.description)))
    return beside(scene, text, offered)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """How the author wants to be named; None for anything else."""
    kind, _, rest = value.partition(":")
    privacy, _, token = rest.partition(":")
    if kind != "own" or privacy not in NAMED:
        return None
    return beside(scene, scene.say(f"takeover_done_{privacy}"), (), effects=(TakeOver(token, privacy),))
