"""``/rekap``: what happened this week and last."""

from collections import Counter

from bot.dialogue.knowledge import WeekFacts
from bot.dialogue.replies import Choice
from bot.dialogue.turn import Scene, Turn

THINGS = ("received", "verified", "answered", "solved", "confirmed")
MOST_LINES = 8  # agencies, and as many categories


def show(scene: Scene, argument: str) -> Turn:
    """Both weeks beside each other; by agency and category what was received this week."""
    week = scene.know.week or WeekFacts()
    lines = [scene.say("staff_week")]
    for what in THINGS:
        now, before = (sum(each.get(what, Counter()).values()) for each in (week.now, week.before))
        lines.append(scene.say(f"staff_week_{what}", n=now, lalu=before))
    lines.append(scene.say("staff_week_overdue", n=week.overdue))
    received = week.now.get("received", Counter[tuple[str, str]]())
    agencies, categories = Counter[str](), Counter[str]()
    for (agency, category), n in received.items():
        agencies[scene.speech.agency(agency)] += n
        categories[scene.speech.category(category)] += n
    for key, counted in (("staff_week_by_agency", agencies), ("staff_week_by_category", categories)):
        if counted:
            lines += ["", scene.say(key, n=sum(counted.values()))]
            lines += [f"• {name}: {n}" for name, n in counted.most_common(MOST_LINES)]
    queue = Choice("queue:1", scene.say("staff_queue_button"))
    return scene.reply("\n".join(lines), (queue,), task=None, step="idle")
