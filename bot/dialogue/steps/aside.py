"""What is said beside a draft: it and its question stay, and the question is recalled in one line."""

from bot.dialogue.effects import Effect
from bot.dialogue.replies import Choice, Hope
from bot.dialogue.turn import Scene, Turn

MOST_CHOICES = 10  # Cloud API: rows of a list message
LASTING = frozenset({"done", "not_done", "rate"})
"""Choices that stay good without a draft, since they name their report."""
RECALLED = {
    "describe": "phrase.ask_what",
    "category": "recall_category",
    "location": "recall_location",
    "similar": "recall_similar",
    "change": "ask_what_to_change",
    "confirm": "phrase.confirm",
}
"""By step: the question that waits."""


def beside(
    scene: Scene,
    text: str,
    offered: tuple[Choice, ...] | None = None,
    *,
    effects: tuple[Effect, ...] = (),
    enclosed: tuple[str, ...] = (),
) -> Turn:
    """Say something that is not about the draft. Without one, ``offered`` None leaves a question about a report open."""
    session = scene.session
    if session.draft is None:
        return scene.reply(
            text, _lasting(session.offered) if offered is None else offered, effects=effects, enclosed=enclosed
        )
    question = scene.say(RECALLED.get(session.step, "phrase.ask_what"))
    waiting = f"{text}\n\n{scene.say('draft_waits')} {question}"
    hope: Hope = "location" if session.step == "location" else "nothing"
    return scene.reply(
        waiting, (*session.offered, *(offered or ()))[:MOST_CHOICES], hope=hope, effects=effects, enclosed=enclosed
    )


def _lasting(offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(choice for choice in offered if choice.value.partition(":")[0] in LASTING)
