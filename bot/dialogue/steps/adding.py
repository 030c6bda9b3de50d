"""Something more about a filed report, without being asked: words, a photo, or the number that says which report they are for."""

from bot.dialogue import where_words, words
from bot.dialogue.effects import AddToReport
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.phone_numbers import phones_in
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft, Held
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.reading import sure_category
from bot.dialogue.steps.tracking import is_recent
from bot.dialogue.turn import Scene, Turn

BEGINS = frozenset(
    "tambahan tambah nambah nambahin menambahkan nambihan nambihkeun tambihan additional add update".split()
)
"""Words with which somebody adds to what they told."""
FIRST = 3  # words among which one of them must be
MOST_OFFERED = 5  # reports to choose from


def take_words(scene: Scene, text: str) -> Turn | None:
    """Words that add to a filed report; None for any others, which may be a report of their own."""
    if files := _files_without_words(scene):
        return _with_number(scene, text, files)
    if scene.session.draft:
        return None
    running = _running(scene)
    said = words.plain(text).split()
    adds = (not BEGINS.isdisjoint(said[:FIRST]) or phones_in(text)) and not _something_else(scene, text, running)
    if running and adds:
        return _to(scene, running, Held(text))
    filed = next((each for each in running if each.number == scene.session.about), None)
    return _added(scene, filed.number, Held(text)) if filed and _only_where(scene, text, filed) else None


def take_file(scene: Scene, event: MediaShared) -> Turn | None:
    """A file with the number of one's own report in its caption; None for any other."""
    named = scene.know.named
    if scene.session.draft or not event.caption or named is None or not named.mine:
        return None
    return _added(scene, named.number, Held(event.caption, (event.evidence,)))


def take_choice(scene: Scene, value: str) -> Turn | None:
    """Which report it is for; None for any other tap, and when nothing waits any more."""
    kind, _, number = value.partition(":")
    held = scene.session.held
    if kind != "add" or held is None or held.turn != scene.session.turn:
        return None
    return _added(scene, number, held)


def _files_without_words(scene: Scene) -> tuple[int, ...]:
    """Files that were sent before anything was told."""
    draft = scene.session.draft
    if draft is None:
        return ()
    wordless = Draft(evidence=draft.evidence, photo_place=draft.photo_place, photo_beside=draft.photo_beside)
    return draft.evidence if draft == wordless else ()


def _with_number(scene: Scene, text: str, files: tuple[int, ...]) -> Turn | None:
    named = scene.know.named
    if named is None or not named.mine:
        return None
    return _added(scene.cleared(), named.number, Held(text, files))


def _running(scene: Scene) -> list[ReportFacts]:
    """The person's open reports; the named one alone, if one was."""
    statuses = scene.know.city.statuses
    own = [report for report in scene.know.own if statuses[report.status].open]
    named = [report for report in own if scene.know.number_heard == report.number]
    return named or own


def _something_else(scene: Scene, text: str, running: list[ReportFacts]) -> bool:
    """Whether the words surely tell a problem of another kind, with its place."""
    heard = scene.know.heard
    if heard is None or heard.place is None:
        return False
    return sure_category(scene, heard) not in ("", *(report.category for report in running))


def _only_where(scene: Scene, text: str, filed: ReportFacts) -> bool:
    """Whether the words, soon after filing, only say where it is."""
    heard = scene.know.heard
    if heard is None or heard.several or not is_recent(scene, filed):
        return False
    if not where_words.adds_where(text) or small_talk.is_greeting(text):
        return False
    return sure_category(scene, heard) in ("", filed.category)


def _to(scene: Scene, running: list[ReportFacts], held: Held) -> Turn:
    about = [report for report in running if report.number == scene.session.about]
    if len(running) == 1 or about:
        return _added(scene, (about or running)[0].number, held)
    lines = "\n".join(
        f"• {each.number} · {scene.speech.category(each.category)} · {each.place}" for each in running[:MOST_OFFERED]
    )
    offered = tuple(Choice(f"add:{each.number}", each.number) for each in running[:MOST_OFFERED])
    waits = Held(held.words, held.evidence, held.place, scene.session.turn + 1)
    return scene.reply(f"{scene.say('which_report')}\n{lines}", offered, held=waits)


def _added(scene: Scene, number: str, held: Held) -> Turn:
    effect = AddToReport(number, held.words, held.evidence, held.place)
    told = scene.with_session(held=None, about=number, wants_photo=True, step="idle")
    return beside(told, scene.say("added_to", nomor=number), (), effects=(effect,))
