"""A tap on the button of a message that only said that there is news (a template where we may not write freely)."""

from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

READ = "read_news"
"""The value of that button in a city's templates."""


def take_choice(scene: Scene, value: str) -> Turn | None:
    """What was held goes out because they tapped, and that is the answer; where nothing was, it is said. None for any other tap."""
    if value != READ:
        return None
    return scene.quietly() if scene.know.news_follows else beside(scene, scene.say("no_news_waits"))
