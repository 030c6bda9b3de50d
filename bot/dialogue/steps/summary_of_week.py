"""``/rekap``: what happened this week and last, by agency and category."""

from collections import Counter
from collections.abc import Mapping

from bot.dialogue.knowledge import WeekFacts
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

THINGS = ("received", "verified", "answered", "solved", "confirmed", "overdue")
MOST_LINES = 8  # agencies, and as many categories; the others share a line
Counted = dict[str, dict[str, int]]
"""By name: how often each thing happened."""


def show(scene: Scene, argument: str) -> Turn:
    """Both weeks beside each other, each number a number of reports."""
    week = scene.know.week or WeekFacts()
    lines = [scene.say("staff_week")]
    for what in THINGS:
        now, before = (sum(each.get(what, Counter()).values()) for each in (week.now, week.before))
        lines.append(scene.say(f"staff_week_{what}", n=now, lalu=before))
    lines.append(scene.say("staff_week_overdue_now", n=week.overdue))
    for key, place in (("staff_week_by_agency", 0), ("staff_week_by_category", 1)):
        lines += _table(scene, week, key, place)
    queue = to_queue(scene)
    return scene.reply("\n".join(lines), (queue,), task=None, step="idle")


def _table(scene: Scene, week: WeekFacts, key: str, place: int) -> list[str]:
    """A line for each agency or category to which something happened in either week."""
    now, before = (_counted(scene, each, place) for each in (week.now, week.before))
    names = sorted({*now, *before}, key=lambda name: (-sum(now.get(name, {}).values()), name))
    if not names:
        return []
    told = [_line(scene, name, now.get(name, {}), before.get(name, {})) for name in names[:MOST_LINES]]
    if rest := names[MOST_LINES:]:
        others = scene.say("staff_week_others", n=len(rest))
        told.append(_line(scene, others, _sum(now, rest), _sum(before, rest)))
    received = sum(row.get("received", 0) for row in now.values())
    return ["", scene.say(key, n=received), *told]


def _counted(scene: Scene, happened: Mapping[str, Counter[tuple[str, str]]], place: int) -> Counted:
    counted: Counted = {}
    for what, pairs in happened.items():
        for pair, n in pairs.items():
            name = scene.speech.category(pair[1]) if place else _owner(scene, pair[0])
            row = counted.setdefault(name, {})
            row[what] = row.get(what, 0) + n
    return counted


def _owner(scene: Scene, agency: str) -> str:
    names = " + ".join(scene.speech.agency(each) for each in agency.split("+"))  # several that share a report
    return names if agency else scene.say("staff_figures_no_agency")


def _sum(counted: Counted, names: list[str]) -> dict[str, int]:
    return {what: sum(counted.get(name, {}).get(what, 0) for name in names) for what in THINGS}


def _line(scene: Scene, name: str, now: dict[str, int], before: dict[str, int]) -> str:
    """What happened by name, and nothing of what did not: a row of bare numbers says little on a phone."""
    happened = [what for what in THINGS if now.get(what) or before.get(what)]
    told = (scene.say(f"staff_week_{what}", n=now.get(what, 0), lalu=before.get(what, 0)) for what in happened)
    return f"• {name}\n{' · '.join(told)}"
