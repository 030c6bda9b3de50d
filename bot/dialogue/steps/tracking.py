"""How reports stand: by number, or one's own list."""

from bot.dialogue.effects import AddToReport
from bot.dialogue.events import ActRefused
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.turn import Scene, Turn

MOST_LISTED = 5


def status(scene: Scene, argument: str) -> Turn:
    """``/status``: the report that was named, or a list of one's own."""
    know = scene.know
    if know.number_heard:
        if know.number_mistyped:
            return scene.reply(scene.say("number_mistyped", nomor=know.number_heard), scene.session.offered)
        if know.named is None:
            return scene.reply(scene.say("phrase.number_not_found", nomor=know.number_heard), scene.session.offered)
        return tell(scene, know.named)
    if argument.strip():
        return scene.reply(scene.say("phrase.ask_number"), scene.session.offered)
    return _list(scene)


def _list(scene: Scene) -> Turn:
    own = scene.know.own[:MOST_LISTED]
    if not own:
        return scene.reply(scene.say("no_reports_yet"), scene.session.offered, hope="words")
    if len(own) == 1:
        return tell(scene, own[0])
    lines = "\n".join(
        f"• {report.number} · {scene.speech.category(report.category)} · {scene.speech.status(report.status)}"
        for report in own
    )
    offered = tuple(Choice(f"about:{report.number}", report.number) for report in own)
    return _kept_draft(scene, f"{scene.say('your_reports')}\n{lines}", offered)


def tell(scene: Scene, report: ReportFacts) -> Turn:
    """Where one report stands; the timeline only to its own reporter."""
    if not report.mine:
        text = scene.say("phrase.number_not_yours", nomor=report.number, status=scene.speech.status(report.status))
        return scene.reply(text, scene.session.offered)
    lines = [f"{report.number} · {scene.speech.category(report.category)}", report.place, ""]
    for step in report.timeline:
        lines.append(
            f"• {scene.speech.short_moment(step.at)} {scene.speech.status(step.status)}{_by(scene, step.agency)}"
        )
        if step.note:
            lines.append(f"   {step.note}")
    if report.due_at and scene.know.city.statuses[report.status].open:
        lines += ["", scene.say("next_news_by", tenggat=scene.speech.moment(report.due_at))]
    if report.status == "menunggu_konfirmasi":
        lines += ["", scene.say("phrase.ask_done", nomor=report.number)]
        return _kept_draft(scene, "\n".join(lines), closing_choices(scene, report.number))
    return _kept_draft(scene, "\n".join(lines), ())


def _by(scene: Scene, agency: str) -> str:
    return f" ({scene.speech.agency(agency)})" if agency else ""


def _kept_draft(scene: Scene, text: str, offered: tuple[Choice, ...]) -> Turn:
    """A look at other reports leaves a draft as it is: its question can still be answered."""
    if scene.session.draft is None:
        return scene.reply(text, offered)
    return scene.reply(f"{text}\n\n{scene.say('draft_waits')}", (*scene.session.offered, *offered)[:10])


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
    if kind != "about":
        return None
    found = next((report for report in scene.know.own if report.number == number), scene.know.named)
    return tell(scene, found) if found else scene.reply(scene.say("phrase.number_not_found", nomor=number))


def correct(scene: Scene, argument: str) -> Turn:
    """``UBAH <number>`` and ``BEDA <number>``: what the reporter says is wrong goes to the administrator with the report."""
    report = _own_report(scene)
    if report is None:
        return scene.reply(scene.say("phrase.ask_number"), scene.session.offered)
    return scene.cleared().reply(
        scene.say("ask_correction", nomor=report.number), hope="words", step="correction", about=report.number
    )


def take_correction(scene: Scene, text: str) -> Turn:
    number = scene.session.about
    return scene.cleared().reply(
        scene.say("added_to", nomor=number), effects=(AddToReport(number, words=text),), about=number, wants_photo=True
    )


def _own_report(scene: Scene) -> ReportFacts | None:
    if scene.know.number_heard:
        return scene.know.named if scene.know.named and scene.know.named.mine else None
    return scene.know.own[0] if len(scene.know.own) == 1 else None


def refused(scene: Scene, event: ActRefused) -> Turn:
    """What was wanted is no longer possible; where the report stands is told instead."""
    if event.now_status:
        return scene.reply(
            scene.say("not_possible_now", nomor=event.number, status=scene.speech.status(event.now_status))
        )
    return scene.reply(scene.say("phrase.number_not_found", nomor=event.number))
