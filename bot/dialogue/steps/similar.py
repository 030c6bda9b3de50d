"""Others may already have told the same: joining them is one tap, and never forced."""

from bot.dialogue.replies import Choice
from bot.dialogue.steps.questions import joined, next_question
from bot.dialogue.turn import Scene, Turn


def offer(scene: Scene, before: str) -> Turn:
    """Open reports like the draft were looked for: offer the nearest, or go on."""
    if scene.session.draft is None or not scene.know.similar:
        return next_question(scene.with_draft(similar_settled=True), before)
    nearest = scene.know.similar[0]
    category = scene.speech.category(nearest.category)
    text = scene.say(
        "similar_nearby",
        ringkasan=nearest.place or category,
        kategori=category,
        nomor_induk=nearest.number,
        status=scene.speech.status(nearest.status),
    )
    offered = (Choice(f"support:{nearest.number}", scene.say("choice.support")), scene.speech.choice("different"))
    return scene.reply(joined(before, f"{text}\n\n{scene.say('privacy_short')}"), offered, step="similar")
