"""Is it solved? "Selesai" is a claim until the reporter says yes; "belum" reopens at once."""

from datetime import timedelta

from bot.dialogue import words
from bot.dialogue.effects import AddToReport, AnswerClosing, Effect, Rate, ReopenReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps import tracking
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

WAITING = "menunggu_konfirmasi"
CLOSED = "ditutup"
LOW = 2  # stars up to which we ask what should be better
WAITS_FOR_WORDS = frozenset({"what_is_left", "rating_word", "correction"})
SOUNDS = 6  # words of what may be an answer
SHORT = 2  # words: more than that, while we wait for words, are those words
STARS = ("1", "2", "3", "4", "5")
DAYS_TO_REOPEN = 30  # statuses.yaml, {hari} of ditutup
ALSO_DONE = frozenset(
    "beres selesai aman oke ok mantap alhamdulillah alus banyak makasih nuhun hatur semuanya sekarang".split()
)
"""Words that may follow "sudah" and leave no doubt."""


def take_words(scene: Scene, text: str) -> Turn | None:
    """Words that answer "is it solved?", say what is left, or why the rating is low; None when they are something else."""
    if scene.session.draft:
        return None
    reports = waiting(scene)
    newer = scene.session.step not in WAITS_FOR_WORDS or len(text.split()) <= SHORT
    answered = _answer_in(scene, text, reports) if reports and newer else None
    if answered:  # "is it solved?" was asked after what the step waits for
        return answered
    match scene.session.step:
        case "what_is_left":
            return _note(scene, text)
        case "rating_word":
            return _rating_word(scene, text)
        case "correction":
            return tracking.take_correction(scene, text) if words.says_something(text) else tracking.correct(scene, "")
    return _rating_typed(scene, text)


def _rating_typed(scene: Scene, text: str) -> Turn | None:
    """A number alone, after the news of a closing asked for one: it rates the newest closed report that is not rated yet."""
    stars = words.plain(text)
    if stars not in STARS:
        return None
    asked = (each for each in scene.know.own if each.status == CLOSED and not each.rated)
    found = next((each for each in asked if not _closed_long_ago(scene, each)), None)
    return _rated(scene, found.number, int(stars)) if found else None


def waiting(scene: Scene) -> list[ReportFacts]:
    """The person's reports that are said to be done; the one whose number was written alone, if one was."""
    if scene.know.number_heard:
        named = scene.know.named
        return [named] if named and named.mine and named.status == WAITING else []
    return [report for report in scene.know.own if report.status == WAITING]


def _answer_in(scene: Scene, text: str, asked: list[ReportFacts]) -> Turn | None:
    city = scene.know.city
    more = words.begins_with(text, "not_done", city)
    if more is not None:
        if len(asked) > 1:
            return _which(scene, asked, "not_done")
        return _answered(scene, asked[0].number, solved=False, more=_without_number(scene, more))
    if len(asked) == 1 and 1 <= (number := words.number_in(text)) <= 2:
        return _answered(scene, asked[0].number, solved=number == 1)  # as numbered under the news
    solved = words.begins_with(text, "done", city)
    if solved is None and _sounds_like_an_answer(scene, text):
        return _ask_again(scene, asked[0].number) if len(asked) == 1 else _which(scene, asked, "about")
    if solved is None:
        plain = words.is_yes_or_no(text, city) and len(words.plain(text).split()) == 1
        return _ask_again(scene, asked[0].number) if plain and len(asked) == 1 else None
    rest = [word for word in words.spelt(_without_number(scene, solved)).split() if word not in words.FILLERS]
    if all(word in words.RIGHT or word in ALSO_DONE for word in rest):
        return _which(scene, asked, "done") if len(asked) > 1 else _answered(scene, asked[0].number, solved=True)
    return _ask_again(scene, asked[0].number) if len(asked) == 1 else _which(scene, asked, "about")


def _sounds_like_an_answer(scene: Scene, text: str) -> bool:
    """Whether short words with "sudah" or "belum" in them may answer it ("mantap sudah nyala"), and name no other place."""
    city, said, heard = scene.know.city, words.spelt(text).split(), scene.know.heard
    known = words.words_for(city.choices["done"]) | words.words_for(city.choices["not_done"])
    return 1 < len(said) <= SOUNDS and not known.isdisjoint(said) and not (heard and heard.place)


def _ask_again(scene: Scene, number: str) -> Turn:
    """ "Sudah ditambal tapi masih bocor": a claim this important is never guessed."""
    return scene.reply(scene.say("phrase.ask_done", nomor=number), tracking.closing_choices(scene, number))


def _without_number(scene: Scene, text: str) -> str:
    """What was written beside a report number."""
    if not scene.know.number_heard:
        return text
    return " ".join(word for word in text.split() if sum(map(str.isdigit, word)) < 4)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap on "sudah", "belum" or a rating; None for anything else."""
    kind, _, what = value.partition(":")
    match kind:
        case "done" | "not_done" if what:
            return _answered(scene, what, solved=kind == "done")
        case "rate":
            number, _, stars = what.rpartition(":")
            return _rated(scene, number, int(stars)) if number and stars in STARS else None
    return None


def reopen(scene: Scene, argument: str) -> Turn:
    """``BUKA <number>``: a closed problem came back."""
    know = scene.know
    if know.number_heard:
        report = know.named if know.named and know.named.mine else None
    else:
        report = next((each for each in know.own if each.status == CLOSED), None)
    if report is None:
        return beside(scene, scene.say("phrase.ask_number"))
    if _closed_long_ago(scene, report):
        return beside(scene, scene.say("too_late_to_reopen", nomor=report.number, hari=DAYS_TO_REOPEN))
    return _opened_again(scene, report.number, (ReopenReport(report.number),))


def _closed_long_ago(scene: Scene, report: ReportFacts) -> bool:
    closed = [step.at for step in report.timeline if step.status == CLOSED]
    return bool(closed) and scene.know.now - max(closed) > timedelta(days=DAYS_TO_REOPEN)


def _which(scene: Scene, asked: list[ReportFacts], answer: str) -> Turn:
    lines = "\n".join(f"• {each.number} · {scene.speech.category(each.category)} · {each.place}" for each in asked)
    offered = tuple(Choice(f"{answer}:{each.number}", each.number) for each in asked)
    return scene.reply(f"{scene.say('which_report')}\n{lines}", offered)


def _answered(scene: Scene, number: str, *, solved: bool, more: str = "") -> Turn:
    effect = AnswerClosing(number, solved)
    if not solved and more:
        said = (effect, AddToReport(number, words=more))
        text = f"{scene.say('reopened', nomor=number)} {scene.say('noted')}"
        return beside(_about(scene, number), text, (), effects=said)
    if not solved:
        return _opened_again(scene, number, (effect,))
    if _supports_another(scene, number):
        text = scene.say("supporter_says_solved", nomor=number)
    else:
        text = scene.say("status.ditutup", nomor=number, hari=DAYS_TO_REOPEN)
    offered = rating_choices(number) if scene.session.draft is None else ()
    return beside(_idle(scene), text, offered, effects=(effect,))


def rating_choices(number: str) -> tuple[Choice, ...]:
    """One to five, as buttons that stay good."""
    return tuple(Choice(f"rate:{number}:{stars}", stars) for stars in STARS)


def _supports_another(scene: Scene, number: str) -> bool:
    """Whether this report was joined to another one, which only its own reporter's yes can close."""
    known = (*scene.know.own, *((scene.know.named,) if scene.know.named else ()))
    return any(report.number == number and report.joined_to for report in known)


def _opened_again(scene: Scene, number: str, effects: tuple[Effect, ...]) -> Turn:
    text = scene.say("reopened", nomor=number)
    if scene.session.draft:
        return beside(scene, text, (), effects=effects)
    asked = f"{text}\n\n{scene.say('ask_what_is_left')}"
    return scene.reply(asked, hope="photo", effects=effects, step="what_is_left", about=number, wants_photo=True)


def _about(scene: Scene, number: str) -> Scene:
    """A photo sent now belongs to the report that was just opened again."""
    return scene if scene.session.draft else scene.with_session(step="idle", about=number, wants_photo=True)


def _idle(scene: Scene) -> Scene:
    return scene if scene.session.draft else scene.with_session(step="idle")


def _note(scene: Scene, text: str) -> Turn:
    number = scene.session.about
    return scene.reply(scene.say("added_to", nomor=number), effects=(AddToReport(number, words=text),), step="idle")


def _rated(scene: Scene, number: str, stars: int) -> Turn:
    effect = Rate(number, stars)
    if stars > LOW or scene.session.draft:
        return beside(_idle(scene), scene.say("phrase.rating_thanks"), (), effects=(effect,))
    return scene.reply(
        scene.say("phrase.rating_low"), hope="words", effects=(effect,), step="rating_word", about=f"{number}:{stars}"
    )


def _rating_word(scene: Scene, text: str) -> Turn:
    number, _, stars = scene.session.about.rpartition(":")
    effect = Rate(number, int(stars), text)
    return scene.reply(scene.say("phrase.rating_thanks"), effects=(effect,), step="idle", about="", wants_photo=False)
