"""The reporter answers what the office asked about a filed report: with words, a photo or a point on the map."""

from dataclasses import replace

from bot.dialogue.effects import AddToReport
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import Heard, ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Held
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.files import belongs_to_filed
from bot.dialogue.steps.reading import sure_category
from bot.dialogue.turn import Scene, Turn

ASKED = "perlu_dilengkapi"
STEP = "completing"
TELLING = 4  # words from which a message that is surely about something else is a report of its own


def asked(scene: Scene) -> list[ReportFacts]:
    """The person's reports about which the office asked something; the one whose number was written, if one was."""
    if scene.know.number_heard:
        named = scene.know.named
        return [named] if named and named.mine and named.status == ASKED else []
    own = [report for report in scene.know.own if report.status == ASKED]
    chosen = [report for report in own if scene.session.step == STEP and report.number == scene.session.about]
    return chosen or own


def take_words(scene: Scene, text: str) -> Turn | None:
    """Words that answer the question; None when nothing was asked, or when they are about something else."""
    waiting = asked(scene)
    if scene.session.draft or not waiting:
        return None
    said = _without_number(scene, text)
    if not said:
        return None
    meant = scene.session.step == STEP or scene.know.number_heard
    if not meant and _something_else(scene, waiting[0], text):
        return None
    return _answered(scene, waiting[0], said) if len(waiting) == 1 else _which(scene, waiting, Held(said))


def take_file(scene: Scene, event: MediaShared) -> Turn | None:
    """A file that answers the question; None when nothing was asked, or its caption tells another problem."""
    waiting = asked(scene)
    if scene.session.draft or not waiting or (event.caption and _something_else(scene, waiting[0], event.caption)):
        return None
    if belongs_to_filed(scene, event) and scene.session.about not in [each.number for each in waiting]:
        return None
    if len(waiting) > 1:
        return _which(scene, waiting, Held(event.caption, (event.evidence,)))
    return _answered(scene, waiting[0], event.caption, (event.evidence,), event.album)


def take_pin(scene: Scene) -> Turn | None:
    """A point on the map that answers the question; None when nothing was asked."""
    waiting, place = asked(scene), scene.know.located
    if scene.session.draft or not waiting or place is None:
        return None
    if len(waiting) > 1:
        return _which(scene, waiting, Held(place=place))
    effect = AddToReport(waiting[0].number, place=place)
    return _thanks(scene, waiting[0], effect, "")


def take_choice(scene: Scene, value: str) -> Turn | None:
    """ "Jawab" under the question: what is sent next is the answer. None for any other tap."""
    kind, _, number = value.partition(":")
    if kind != "answer":
        return None
    known = (*scene.know.own, *((scene.know.named,) if scene.know.named and scene.know.named.mine else ()))
    report = next((each for each in known if each.number == number), None)
    if report is None or report.status != ASKED:
        return beside(scene, scene.say("nothing_asked", nomor=number))
    if scene.session.draft:
        return beside(scene, scene.say("draft_first", nomor=number))
    if (held := scene.session.held) and held.turn == scene.session.turn:
        effect = AddToReport(number, held.words, held.evidence, held.place)
        return _thanks(scene.with_session(held=None), report, effect, "")
    return scene.reply(scene.say("answer_now", nomor=number), hope="words", step=STEP, about=number, wants_photo=True)


def take_draft(scene: Scene, argument: str) -> Turn:
    """``JAWAB <number>``: what was taken for a new report answers the question after all."""
    waiting, draft = asked(scene), scene.draft
    if len(waiting) != 1:
        return _which(scene, waiting) if waiting else beside(scene, scene.say("nothing_asked", nomor=argument or "-"))
    report = waiting[0]
    if scene.session.draft is None or not (draft.description or draft.evidence):
        return scene.reply(
            scene.say("answer_now", nomor=report.number), hope="words", step=STEP, about=report.number, wants_photo=True
        )
    pin = draft.place if draft.place and draft.place.kind == "pin" else None
    effect = AddToReport(report.number, draft.description, draft.evidence, pin)
    return _thanks(scene.cleared(), report, effect, "")


def hint(scene: Scene) -> str:
    """Said before the questions of a new report while something is asked about another one; "" otherwise."""
    own = [report for report in scene.know.own if report.status == ASKED]
    return scene.say("not_an_answer", nomor=own[0].number) if own else ""


def _something_else(scene: Scene, report: ReportFacts, text: str) -> bool:
    """Whether the words are surely another problem, or only courtesy."""
    if small_talk.is_greeting(text) or small_talk.is_thanks(text):
        return True
    heard: Heard | None = scene.know.heard
    other = sure_category(scene, heard) if heard and len(text.split()) >= TELLING else ""
    return bool(other and other != report.category)


def _answered(scene: Scene, report: ReportFacts, words: str, evidence: tuple[int, ...] = (), album: str = "") -> Turn:
    return _thanks(scene, report, AddToReport(report.number, words, evidence), album)


def _thanks(scene: Scene, report: ReportFacts, effect: AddToReport, album: str) -> Turn:
    """More pictures of the same album may follow."""
    return scene.reply(
        scene.say("completed", nomor=report.number), effects=(effect,), step="completed", about=report.number,
        wants_photo=True, album=album,
    )  # fmt: skip


def _which(scene: Scene, waiting: list[ReportFacts], held: Held | None = None) -> Turn:
    """Ask which one; what was sent waits for the answer, so that nobody sends it twice."""
    lines = "\n".join(f"• {each.number} · {scene.speech.category(each.category)} · {each.place}" for each in waiting)
    offered = tuple(Choice(f"answer:{each.number}", each.number) for each in waiting)
    waits = replace(held, turn=scene.session.turn + 1) if held else None
    return scene.reply(f"{scene.say('answer_which')}\n{lines}", offered, held=waits)


def _without_number(scene: Scene, text: str) -> str:
    if not scene.know.number_heard:
        return text.strip()
    return " ".join(word for word in text.split() if sum(map(str.isdigit, word)) < 4).strip()
