"""How reports stand: by number, or one's own list."""

from datetime import timedelta

from bot.dialogue import news_words
from bot.dialogue.effects import AddToReport
from bot.dialogue.events import ActRefused
from bot.dialogue.knowledge import Heard, PartFacts, ReportFacts, TimelineStep
from bot.dialogue.replies import Choice
from bot.dialogue.service_words import topic_in
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.questions import ask_what_to_change, next_question, repeat
from bot.dialogue.steps.reading import sure_category
from bot.dialogue.steps.refusing_numbers import with_notice
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import corrects, plain, puts_right

MOST_LISTED = 5
ASKED, EMERGENCY = "perlu_dilengkapi", "dialihkan_darurat"
SOON = timedelta(hours=12)  # after filing
JUST_NOW = timedelta(hours=1)  # after filing, while the talk may have turned to something else
NO_ANSWER = "tidak_ada_tanggapan"  # statuses.yaml, the reason of a closing for want of an answer
MY_REPORT = ("laporan saya", "laporan aku", "laporanku", "aduan saya", "laporan abdi", "my report", "laporan kemarin")
MOST_WORDS = 9
WHEN = ("kapan", "iraha", "when", "sudah sampai mana", "gimana kelanjutan", "bagaimana kelanjutan", "perkembangan")
MOST_AFTER_WHEN = 4  # words: more may tell another problem


def status(scene: Scene, argument: str) -> Turn:
    """``/status``: the report that was named, or a list of one's own."""
    know = scene.know
    if know.number_heard:
        if know.number_mistyped:
            return _mistyped(scene)
        if know.named is None:
            return beside(scene, scene.say("phrase.number_not_found", nomor=know.number_heard))
        return tell(scene, know.named)
    if argument.strip():
        return beside(scene, scene.say("phrase.ask_number"))
    return _list(scene)


def _mistyped(scene: Scene) -> Turn:
    """What was typed is no number; the person's own report is told where it is off by one slip."""
    know = scene.know
    key = "number_incomplete" if know.number_incomplete else "number_mistyped"
    told = scene.say(key, nomor=know.number_written or know.number_heard)
    if know.nearly_named is None:
        return beside(scene, told)
    return with_notice(tell(scene, know.nearly_named), f"{told} {scene.say('number_mistyped_maybe')}")


def _list(scene: Scene) -> Turn:
    own = scene.know.own[:MOST_LISTED]
    if not own:
        return beside(scene, scene.say("no_reports_yet"))
    if len(own) == 1:
        return tell(scene, own[0])
    lines = "\n".join(_line(scene, report) for report in own)
    offered = tuple(Choice(f"about:{report.number}", report.number) for report in own)
    return beside(scene, f"{scene.say('your_reports')}\n{lines}", offered)


def _line(scene: Scene, report: ReportFacts) -> str:
    """One report of several, with the time until when there is news."""
    waits = scene.know.city.statuses[report.status].open and report.status != EMERGENCY
    due = ""
    if waits and report.due_at:
        due = f" · {scene.say('due_short', tenggat=scene.speech.short_moment(report.due_at))}"
    return f"• {report.number} · {scene.speech.category(report.category)} · {scene.speech.status(report.status)}{due}"


def tell(scene: Scene, report: ReportFacts) -> Turn:
    """Where one report stands; the timeline only to its own reporter."""
    if not report.mine:
        text = scene.say("phrase.number_not_yours", nomor=report.number, status=scene.speech.status(report.status))
        return beside(scene, text)
    lines = [
        f"{report.number} · {scene.speech.category(report.category)}",
        *([report.place] if report.place else []),
        "",
    ]
    for step in report.timeline:
        lines.append(_history_line(scene, step))
        if step.note:
            lines.append(f"   {step.note}")
    if report.parts:
        lines += ["", scene.say("parts_of_report"), *(part_line(scene, part) for part in report.parts)]
    if report.status == EMERGENCY:
        lines += ["", scene.say("sends_no_help", nomor=report.number)]
    elif report.due_at and scene.know.city.statuses[report.status].open:
        lines += ["", scene.say("next_news_by", tenggat=scene.speech.moment(report.due_at))]
    if report.status == "menunggu_konfirmasi":
        lines += ["", scene.say("phrase.ask_done", nomor=report.number)]
        return beside(scene, "\n".join(lines), closing_choices(scene, report.number))
    asked = (Choice(f"answer:{report.number}", scene.say("choice_answer")),) if report.status == ASKED else ()
    return beside(scene, "\n".join(lines), asked)


def part_line(scene: Scene, part: PartFacts) -> str:
    """One agency, where its part stands, and until when."""
    due = f" · {scene.say('due_short', tenggat=scene.speech.short_moment(part.due_at))}" if part.due_at else ""
    number = f" · {part.number}" if part.number else ""
    return f"• {scene.speech.agency(part.agency)}: {scene.speech.status(part.status)}{due}{number}"


def _history_line(scene: Scene, step: TimelineStep) -> str:
    if step.answer:
        receiver = step.receiver or scene.speech.agency(step.agency)
        return f"• {scene.speech.short_moment(step.at)} {scene.say('history_answer', instansi=receiver)}"
    by = f" ({name_in(scene, step)})" if step.agency or step.receiver else ""
    why = f" ({scene.say('closed_without_answer')})" if step.reason == NO_ANSWER else by
    return f"• {scene.speech.short_moment(step.at)} {scene.speech.status(step.status)}{why}"


def name_in(scene: Scene, step: TimelineStep) -> str:
    """Who has the report since this step, with their own number for it."""
    name = step.receiver or scene.speech.agency(step.agency)
    return scene.say("history_reference", instansi=name, ref_eksternal=step.reference) if step.reference else name


def closing_choices(scene: Scene, number: str) -> tuple[Choice, ...]:
    return (
        Choice(f"done:{number}", scene.say("choice.done")),
        Choice(f"not_done:{number}", scene.say("choice.not_done")),
    )


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A report picked from the list; None for anything else."""
    if value == "status":
        return _list(scene)
    kind, _, number = value.partition(":")
    if kind == "ombudsman":
        return ombudsman(scene, number)
    if kind != "about":
        return None
    found = next((report for report in scene.know.own if report.number == number), scene.know.named)
    return tell(scene, found) if found else beside(scene, scene.say("phrase.number_not_found", nomor=number))


def ombudsman(scene: Scene, argument: str) -> Turn:
    """How to go to the Ombudsman, with the number of the report where it is known."""
    closed = (report for report in scene.know.own if report.status == "ditutup")
    found = scene.know.named or next(closed, None)
    return beside(scene, scene.say("ombudsman_how", nomor=found.number if found else "-"))


def correct(scene: Scene, argument: str) -> Turn:
    """``UBAH <number>`` and ``BEDA <number>``: what the reporter says is wrong goes to the administrator with the report.

    Without a number ``UBAH`` is about the draft, if there is one.
    """
    if scene.session.draft and not scene.know.number_heard:
        return ask_what_to_change(scene) if scene.draft.description else repeat(scene)
    report = _own_report(scene) or _being_corrected(scene)
    if report is None:
        return beside(scene, scene.say("phrase.ask_number"))
    if scene.session.draft:
        return beside(scene, scene.say("draft_first", nomor=report.number))
    return scene.cleared().reply(
        scene.say("ask_correction", nomor=report.number),
        hope="words",
        step="correction",
        about=report.number,
        wants_photo=True,
    )


def is_correcting(scene: Scene) -> bool:
    """Whether we have just asked what is wrong in a filed report."""
    return scene.session.step == "correction"


def keep_as_filed(scene: Scene) -> Turn:
    """Nothing was wrong after all."""
    return scene.cleared().reply(scene.say("correction_dropped", nomor=scene.session.about))


def _being_corrected(scene: Scene) -> ReportFacts | None:
    if not is_correcting(scene) or scene.know.number_heard:
        return None
    return next((report for report in scene.know.own if report.number == scene.session.about), None)


def take_correction(scene: Scene, text: str) -> Turn:
    """What was wrong goes to the report that we asked about, or that was filed just now."""
    filed = _filed_lately(scene)
    number = scene.session.about or (filed.number if filed else "")
    return scene.cleared().reply(
        scene.say("added_to", nomor=number), effects=(AddToReport(number, words=text),), about=number, wants_photo=True
    )


def corrects_filed(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether somebody finds, right after the number, that something in the report was wrong."""
    filed = _filed_lately(scene)
    if filed is None:
        return False
    if news_words.sets_right(text):
        return True
    return corrects(text) and (sure_category(scene, heard) in ("", filed.category) or puts_right(text))


def _filed_lately(scene: Scene) -> ReportFacts | None:
    """The report that the talk is about; when it is about nothing any more, the one that was filed just now."""
    about, newest = scene.session.about, scene.know.own[:1]
    soon = SOON if about else JUST_NOW
    found = (report for report in scene.know.own if report.number == about) if about else iter(newest)
    filed = next(found, None)
    late = filed is None or filed.created_at is None or scene.know.now - filed.created_at >= soon
    return None if late else filed


def is_recent(scene: Scene, report: ReportFacts) -> bool:
    """Whether it was filed so short a time ago that what comes now may well belong to it."""
    return report.created_at is not None and scene.know.now - report.created_at < JUST_NOW


def _own_report(scene: Scene) -> ReportFacts | None:
    if scene.know.number_heard:
        return scene.know.named if scene.know.named and scene.know.named.mine else None
    return scene.know.own[0] if len(scene.know.own) == 1 else None


def asks_for_news(text: str) -> bool:
    """Whether somebody asks in their own words how their report stands."""
    return len(plain(text).split()) <= MOST_WORDS and speaks_of_own(text)


def speaks_of_own(text: str) -> bool:
    """Whether somebody speaks of a report that they made."""
    said = f" {plain(text)} "
    return any(f" {words} " in said for words in MY_REPORT)


def wants_news(scene: Scene, text: str) -> bool:
    """The same, also by "when?" alone and by words that name no report; never by words that tell a new place or problem.

    Beside a draft only words that can be no part of it. Where nobody told us anything only when they are surely no report.
    """
    own, heard = bool(scene.know.own), scene.know.heard
    if news_words.asks_how_it_stands(text) and (own or news_words.speaks_of_standing(text)):
        return True
    if scene.session.draft:
        return False
    if speaks_of_own(text) and news_words.waits_for_news(text) and (heard is None or heard.place is None):
        return True
    if own and _names_nothing_new(scene) and (_asks_when(text) or news_words.asks_about_the_matter(text)):
        return True
    empty = heard is not None and heard.place is None and heard.categories[0][0] == scene.know.city.fallback_category
    return asks_for_news(text) and (own or empty) and not topic_in(text)


def _asks_when(text: str) -> bool:
    return plain(text).startswith(WHEN) and len(plain(text).split()) <= MOST_AFTER_WHEN


def _names_nothing_new(scene: Scene) -> bool:
    """Whether the words name no place, and no other problem than those that the person told."""
    heard = scene.know.heard
    if heard is None:
        return True
    told = ("", scene.know.city.fallback_category, *(report.category for report in scene.know.own))
    return heard.place is None and not heard.several and sure_category(scene, heard) in told


def news(scene: Scene, text: str) -> Turn:
    """How the report stands that the talk is about, else one's own reports."""
    about = next((report for report in scene.know.own if report.number == scene.session.about), None)
    return tell(scene, about) if about and not speaks_of_own(text) else _list(scene)


def refused(scene: Scene, event: ActRefused) -> Turn:
    """What was wanted is no longer possible; where the report stands is told instead, and a draft goes on."""
    if scene.session.step == "similar" and scene.session.draft:
        return next_question(scene.with_draft(similar_settled=True), scene.say("similar_gone"))
    if event.now_status:
        status = scene.speech.status(event.now_status)
        return beside(scene, scene.say("not_possible_now", nomor=event.number, status=status), ())
    return beside(scene, scene.say("phrase.number_not_found", nomor=event.number), ())
