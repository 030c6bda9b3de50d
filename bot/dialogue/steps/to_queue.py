"""The way to the queue, offered wherever staff are done with something."""

from bot.dialogue.replies import Choice
from bot.dialogue.turn import Scene


def to_queue(scene: Scene) -> Choice:
    """A tap that opens the queue at its first page."""
    return Choice("queue:1", scene.say("staff_queue_button"))
