"""Is it solved? "Selesai" is a claim until the reporter says yes; "belum" reopens at once."""

from bot.dialogue import words
from bot.dialogue.effects import AddToReport, AnswerClosing, Effect, Rate, ReopenReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps import tracking
from bot.dialogue.turn import Scene, Turn

WAITING = "menunggu_konfirmasi"
CLOSED = "ditutup"
LOW = 2  # stars up to which we ask what should be better
DAYS_TO_REOPEN = 30  # statuses.yaml, {hari} of ditutup


def take_words(scene: Scene, text: str) -> Turn | None:
    """Words that answer "is it solved?", say what is left, or why the rating is low; None when they are something else."""
    match scene.session.step:
        case "what_is_left":
            return _note(scene, text)
        case "rating_word":
            return _rating_word(scene, text)
        case "correction":
            return tracking.take_correction(scene, text)
    if scene.session.draft:
        return None
    waiting = [report for report in scene.know.own if report.status == WAITING]
    if not waiting or words.plain(text).isdecimal():
        return None
    more = words.begins_with(text, "not_done", scene.know.city)
    if more is not None:
        return (
            _which(scene, waiting, "not_done")
            if len(waiting) > 1
            else _answered(scene, waiting[0].number, solved=False, more=more)
        )
    if words.picked(text, scene.choices("done"), scene.know.city):
        return _which(scene, waiting, "done") if len(waiting) > 1 else _answered(scene, waiting[0].number, solved=True)
    if words.begins_with(text, "done", scene.know.city) is not None and len(waiting) == 1:
        number = waiting[0].number  # "sudah ditambal tapi masih bocor": a claim this important is never guessed
        return scene.reply(scene.say("phrase.ask_done", nomor=number), tracking.closing_choices(scene, number))
    return None


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap on "sudah", "belum" or a rating; None for anything else."""
    kind, _, what = value.partition(":")
    match kind:
        case "done" | "not_done":
            return _answered(scene, what, solved=kind == "done")
        case "rate":
            number, _, stars = what.rpartition(":")
            return _rated(scene, number, int(stars))
    return None


def reopen(scene: Scene, argument: str) -> Turn:
    """``BUKA <number>``: a closed problem came back."""
    know = scene.know
    if know.number_heard:
        report = know.named if know.named and know.named.mine else None
    else:
        report = next((each for each in know.own if each.status == CLOSED), None)
    if report is None:
        return scene.reply(scene.say("phrase.ask_number"), scene.session.offered)
    return _opened_again(scene, report.number, (ReopenReport(report.number),))


def _which(scene: Scene, waiting: list[ReportFacts], answer: str) -> Turn:
    lines = "\n".join(f"• {each.number} · {scene.speech.category(each.category)} · {each.place}" for each in waiting)
    offered = tuple(Choice(f"{answer}:{each.number}", each.number) for each in waiting)
    return scene.reply(f"{scene.say('which_report')}\n{lines}", offered)


def _answered(scene: Scene, number: str, *, solved: bool, more: str = "") -> Turn:
    effect = AnswerClosing(number, solved)
    if not solved and more:
        said = (effect, AddToReport(number, words=more))
        return _beside_draft(scene, scene.say("reopened", nomor=number), (), said)
    if not solved:
        return _opened_again(scene, number, (effect,))
    text = scene.say("status.ditutup", nomor=number, hari=DAYS_TO_REOPEN)
    offered = tuple(Choice(f"rate:{number}:{stars}", str(stars)) for stars in range(1, 6))
    return _beside_draft(scene, text, offered, (effect,))


def _opened_again(scene: Scene, number: str, effects: tuple[Effect, ...]) -> Turn:
    text = f"{scene.say('reopened', nomor=number)}\n\n{scene.say('phrase.ask_what_is_left')}"
    if scene.session.draft:
        return _beside_draft(scene, scene.say("reopened", nomor=number), (), effects)
    return scene.reply(text, hope="photo", effects=effects, step="what_is_left", about=number, wants_photo=True)


def _beside_draft(scene: Scene, text: str, offered: tuple[Choice, ...], effects: tuple[Effect, ...]) -> Turn:
    """An answer to an older question while a draft is being made: the draft stays where it is."""
    if scene.session.draft:
        return scene.reply(f"{text}\n\n{scene.say('draft_waits')}", scene.session.offered, effects=effects)
    return scene.reply(text, offered, effects=effects, step="idle")


def _note(scene: Scene, text: str) -> Turn:
    number = scene.session.about
    return scene.reply(scene.say("added_to", nomor=number), effects=(AddToReport(number, words=text),), step="idle")


def _rated(scene: Scene, number: str, stars: int) -> Turn:
    effect = Rate(number, stars)
    if stars <= LOW:
        return scene.reply(
            scene.say("phrase.rating_low"),
            hope="words",
            effects=(effect,),
            step="rating_word",
            about=f"{number}:{stars}",
        )
    return scene.reply(scene.say("phrase.rating_thanks"), effects=(effect,), step="idle")


def _rating_word(scene: Scene, text: str) -> Turn:
    number, _, stars = scene.session.about.rpartition(":")
    effect = Rate(number, int(stars), text)
    return scene.reply(scene.say("phrase.rating_thanks"), effects=(effect,), step="idle", about="")
