"""After the number: the report is withdrawn, the name shown otherwise, the photo that was hoped for is not there."""

from datetime import timedelta

from bot.dialogue import taking_back_words, words
from bot.dialogue.effects import AddToReport, ShowNameAs, WithdrawReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.changing import privacy_in
from bot.dialogue.steps.read_back import PRIVACY_WORDS
from bot.dialogue.turn import Scene, Turn

WITHDRAW, KEEP = "withdraw", "keep_report"
SECRET, SHOWN, HIDDEN = "rahasia", "tampil", "anonim"  # how a report is shown
EMERGENCY = "dialihkan_darurat"
LONGEST = 14  # words of such a wish; a longer message tells a story
MOST_OFFERED = 5  # reports to choose from
SOON = timedelta(hours=12)  # after filing; what is said then of a name or a detail is about that report
SHORT = 5  # words in which a name is spoken of


def wish(scene: Scene, text: str) -> Turn | None:
    """A wish to end a report that was sent; None for anything else, and while one is being written."""
    named = bool(scene.know.number_heard)
    long = len(words.plain(text).split()) > LONGEST
    if long or (scene.session.draft and not named) or not scene.know.own:
        return None
    if not taking_back_words.wants_withdrawn(text, number=named):
        return None
    meant = _meant(scene)
    return _ask(scene, meant, text) if meant else _which(scene)


def instead_of_draft(scene: Scene, text: str) -> Turn | None:
    """ "Ga jadi" where nothing is being written: what was filed lately may be meant; None where nothing was."""
    filed = None if scene.session.draft else _filed_lately(scene)
    return _ask(scene, filed, text) if filed and filed.status != EMERGENCY else None


def _meant(scene: Scene) -> ReportFacts | None:
    """The report whose number was written, that the talk is about, or the person's only open one."""
    know = scene.know
    if know.number_heard:
        return next((each for each in know.own if each.number == know.number_heard), None)
    about = next((each for each in know.own if each.number == scene.session.about), None)
    running = _running(scene)
    return about or (running[0] if len(running) == 1 else know.own[0] if not running else None)


def _running(scene: Scene) -> list[ReportFacts]:
    return [each for each in scene.know.own if scene.know.city.statuses[each.status].open]


def _which(scene: Scene) -> Turn:
    if scene.know.number_heard:
        return beside(scene, scene.say("phrase.number_not_found", nomor=scene.know.number_heard))
    running = _running(scene)[:MOST_OFFERED]
    lines = "\n".join(f"• {each.number} · {scene.speech.category(each.category)} · {each.place}" for each in running)
    offered = tuple(Choice(f"{WITHDRAW}?:{each.number}", each.number) for each in running)
    return beside(scene, f"{scene.say('withdraw_which')}\n{lines}", offered)


def _ask(scene: Scene, report: ReportFacts, text: str) -> Turn:
    """Ask once where it is the reporter's to end; else the wish goes to the administrator."""
    if not scene.know.city.statuses[report.status].open:
        status = scene.speech.status(report.status)
        return beside(scene, scene.say("not_possible_now", nomor=report.number, status=status))
    if report.may_withdraw:
        offered = (
            Choice(f"{WITHDRAW}:{report.number}", scene.say("choice_withdraw")),
            Choice(KEEP, scene.say("choice_keep_report")),
        )
        return beside(scene, scene.say("withdraw_sure", nomor=report.number), offered)
    wished = AddToReport(report.number, words=text or scene.say("choice_withdraw"))
    told = scene.say("withdraw_passed_on", nomor=report.number)
    if report.privacy != SHOWN:
        return beside(scene, told, effects=(wished,))
    hidden = ShowNameAs(report.number, HIDDEN)  # what goes on for the sake of others goes on without a name
    return beside(scene, f"{told} {scene.say('withdraw_name_hidden')}", effects=(wished, hidden))


def take_choice(scene: Scene, value: str) -> Turn | None:
    """The report that was meant, or the answer to "end it?"; None for any other tap."""
    kind, _, number = value.partition(":")
    report = next((each for each in scene.know.own if each.number == number), None)
    if kind == f"{WITHDRAW}?" and report:
        return _ask(scene, report, "")
    if kind == WITHDRAW and report:
        return beside(scene, scene.say("status.dibatalkan", nomor=number), (), effects=(WithdrawReport(number),))
    return beside(scene, scene.say("report_kept"), ()) if kind == KEEP else None


def take_words(scene: Scene, text: str) -> Turn | None:
    """Short words about what was just filed: no photo, the name, something that shall not be seen; None for any others."""
    if scene.session.draft:
        return None
    offered = {choice.value for choice in scene.session.offered}
    if "skip" in offered and taking_back_words.has_no_photo(text):
        return scene.reply(scene.say("no_photo_is_fine"), wants_photo=False)
    filed = _filed_lately(scene)
    if filed is None:
        return None
    if taking_back_words.brings_photo_later(text):
        return scene.reply(scene.say("photo_later", nomor=filed.number), about=filed.number, wants_photo=True)
    hides = taking_back_words.hides_name(text)
    if hides or (len(words.plain(text).split()) <= SHORT and privacy_in(scene, text)):
        return _shown_as(scene, filed, HIDDEN if hides else privacy_in(scene, text), hides=hides)
    if taking_back_words.hides_something(text):
        return beside(
            scene, scene.say("added_to", nomor=filed.number), effects=(AddToReport(filed.number, words=text),)
        )
    return None


def _filed_lately(scene: Scene) -> ReportFacts | None:
    found = (each for each in _running(scene) if each.number == scene.session.about or not scene.session.about)
    filed = next(found, None)
    late = filed is None or filed.created_at is None or scene.know.now - filed.created_at >= SOON
    return None if late else filed


def _shown_as(scene: Scene, report: ReportFacts, privacy: str, *, hides: bool) -> Turn:
    """How the name is shown from now on; what is secret stays so, and hides the name too."""
    same = report.privacy in (privacy, SECRET)
    kept = report.privacy if same else privacy
    key = "name_shown_already" if same else "name_shown_now"
    if report.privacy == SECRET != privacy and not hides:
        key = "secret_stays"
    told = scene.say(key, nomor=report.number, nama=scene.say(PRIVACY_WORDS[kept]))
    return beside(scene, told, effects=() if same else (ShowNameAs(report.number, privacy),))
