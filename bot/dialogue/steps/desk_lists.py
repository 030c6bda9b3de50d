"""Lists of reports for staff: the queue and its parts, what was looked for, a person's day."""

from dataclasses import replace

from bot.dialogue.knowledge import QueuePage, ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps import person
from bot.dialogue.steps.card import listed
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

PARTS = ("overdue", "today", "new")
"""Of a day, the most pressing first."""
OF_SEARCH = 60  # characters of the words that were looked for, as they are said back


def queue(scene: Scene, argument: str) -> Turn:
    """``/antrean``: what waits for this person, or the part that was asked for, most urgent first."""
    page = scene.know.queue
    if page is None:
        return scene.reply(scene.say("staff_queue_arguments"), (_queue_choice(scene),), task=None, step="idle")
    key = f"staff_queue_{page.which}" if page.which else "staff_queue"
    if not page.total:
        return scene.reply(
            scene.say(f"{key}_empty"), (_queue_choice(scene),) if page.which else (), task=None, step="idle"
        )
    head = scene.say(key, jumlah=page.total, halaman=page.page, dari=page.pages)
    more = f"queue:{page.page + 1}:{page.which}".rstrip(":")
    return scene.reply(_lines(scene, head, page), _choices(scene, page, more), task=None, step="idle")


def search(scene: Scene, argument: str) -> Turn:
    """``/cari``: reports by number, words, street, or what the reporter wrote."""
    page = scene.know.queue
    if page is None:
        return scene.reply(scene.say("staff_search_what"), (_queue_choice(scene),), task=None, step="idle")
    words = page.words[:OF_SEARCH]
    if not page.total:
        text = scene.say("staff_search_empty", kata=words)
        return scene.reply(text, (_queue_choice(scene),), task=None, step="idle", searched=page.words)
    head = scene.say("staff_search", jumlah=page.total, kata=words, halaman=page.page, dari=page.pages)
    choices = _choices(scene, page, f"found:{page.page + 1}")
    return scene.reply(_lines(scene, head, page), choices, task=None, step="idle", searched=page.words)


def today(scene: Scene, argument: str) -> Turn:
    """``/tugas``: who waits for an answer, what is late, what is due today, what is new."""
    day = scene.know.day
    waiting, claims = person.waiting_today(scene)
    blocks, offered = [waiting] if waiting else [], list(claims)
    told = set[str]()  # each report stands where it presses most
    for which in PARTS:
        part = day.get(which)
        if part is None or not part.total:
            continue
        others = tuple(report for report in part.reports if report.number not in told)
        told |= {report.number for report in others}
        head = scene.say(f"staff_today_{which}", jumlah=part.total)
        blocks.append(_lines(scene, head, replace(part, reports=others)))
        offered += [_see(report) for report in part.reports]
        if part.total > len(part.reports):
            offered.append(Choice(f"queue:1:{which}", scene.say(f"staff_today_all_{which}")))
    if not blocks:
        return scene.reply(scene.say("staff_today_empty"), (_queue_choice(scene),), task=None, step="idle")
    once = {choice.value: choice for choice in offered}
    text = "\n\n".join([scene.say("staff_today", hari=scene.speech.short_moment(scene.know.now)), *blocks])
    return scene.reply(text, tuple(once.values()), task=None, step="idle")


def _lines(scene: Scene, head: str, page: QueuePage) -> str:
    return "\n\n".join([head, *(listed(scene, report) for report in page.reports)])


def _choices(scene: Scene, page: QueuePage, more: str) -> tuple[Choice, ...]:
    seen = tuple(_see(report) for report in page.reports)
    return (*seen, Choice(more, scene.say("staff_next_page"))) if page.page < page.pages else seen


def _see(report: ReportFacts) -> Choice:
    return Choice(f"see:{report.number}", report.number)


def _queue_choice(scene: Scene) -> Choice:
    return to_queue(scene)
