"""While a report is verified: its kind, its place and its secrecy are set right; then the question whether all is right again."""

from dataclasses import replace

from bot.dialogue.effects import CorrectFacts, CorrectReport
from bot.dialogue.knowledge import CorrectionFacts, ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.read_back import summary
from bot.dialogue.turn import Scene, Turn

KINDS = ("pengaduan", "aspirasi", "permintaan_informasi")
CLOSER = ("anonim", "rahasia")
"""Staff may hide more than the reporter chose, never less."""
THEIRS = "theirs"
PLACE_STEP = "verify_place"
VERIFYING = frozenset({"verifikasi", "verify_category", PLACE_STEP})


def verify_choices(scene: Scene) -> tuple[Choice, ...]:
    """All right, or which part is not; what the reporter put right comes first."""
    return (
        *take_over_choice(scene, scene.know.named),
        Choice("right", scene.say("staff_right")),
        Choice("category", scene.say("staff_wrong_category")),
        Choice("fix:place", scene.say("staff_wrong_place")),
        Choice("fix:kind", scene.say("staff_wrong_kind")),
        Choice("fix:secrecy", scene.say("staff_wrong_secrecy")),
        Choice("stop", scene.say("choice.cancel")),
    )


def take_over_choice(scene: Scene, report: ReportFacts | None) -> tuple[Choice, ...]:
    """A tap that takes the reporter's own correction over, for who may verify."""
    may = scene.know.staff is not None and "verifikasi" in {name for name, _ in scene.know.staff.commands}
    if not may or report is None or report.correction is None or not report.correction.can_be_taken:
        return ()
    return (Choice(f"{THEIRS}:{report.number}", scene.say("staff_take_correction")),)


def take_over(scene: Scene, report: ReportFacts) -> Turn:
    """The reporter's own correction becomes what the report says; who is verifying goes on."""
    correction = report.correction
    if correction is None or not take_over_choice(scene, report):
        return scene.reply(scene.say("staff_correction_gone", nomor=report.number), scene.session.offered)
    done = replace(scene, know=replace(scene.know, named=replace(report, correction=None)))
    effects = _effects(report.number, correction)
    said = scene.say("staff_corrected_part", nomor=report.number, isi=told(scene, correction))
    task = scene.session.task
    if task and task.number == report.number and scene.session.step in VERIFYING:
        asked = f"{said}\n\n{scene.say('staff_ask_right')}"
        return done.reply(asked, verify_choices(done), effects=effects, step="verifikasi")
    return done.reply(said, (Choice(f"see:{report.number}", report.number),), effects=effects, about=report.number)


def told(scene: Scene, correction: CorrectionFacts) -> str:
    """What would be otherwise."""
    category = scene.speech.category(correction.category) if correction.category else ""
    place = summary(correction.place) if correction.place else correction.place_words
    return " · ".join(part for part in (category, place) if part)


def _effects(number: str, correction: CorrectionFacts) -> tuple[CorrectReport | CorrectFacts, ...]:
    category = (CorrectReport(number, correction.category),) if correction.category else ()
    moved = correction.place or correction.place_words
    place = CorrectFacts(number, place=correction.place, place_words=correction.place_words, theirs=True)
    return (*category, place) if moved else category


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """A part that is wrong, or what it should be; None for any other tap."""
    if scene.session.step not in VERIFYING:
        return None
    stop = Choice("stop", scene.say("choice.cancel"))
    match kind, what:
        case "fix", "place":
            return scene.reply(scene.say("staff_ask_place"), (stop,), hope="words", step=PLACE_STEP)
        case "fix", "kind":
            offered = tuple(Choice(f"kind:{each}", scene.say(f"kind_{each}")) for each in KINDS)
            return scene.reply(scene.say("staff_ask_kind"), (*offered, stop))
        case "fix", "secrecy":
            offered = tuple(Choice(f"secrecy:{each}", scene.say(f"staff_secrecy_{each}")) for each in CLOSER)
            return scene.reply(scene.say("staff_ask_secrecy"), (*offered, stop))
        case "kind", _ if what in KINDS:
            return _corrected(scene, CorrectFacts(_task(scene).number, kind=what), scene.say(f"kind_{what}"))
        case "secrecy", _ if what in CLOSER:
            said = scene.say(f"staff_secrecy_{what}")
            return _corrected(scene, CorrectFacts(_task(scene).number, privacy=what), said)
    return None


def take_place(scene: Scene, text: str) -> Turn:
    """A place that the map knows; else it is asked for again."""
    heard = scene.know.heard
    place = heard.place if heard else None
    if place is None:
        stop = Choice("stop", scene.say("choice.cancel"))
        return scene.reply(scene.say("staff_place_unknown", tempat=text[:60]), (stop,), hope="words", step=PLACE_STEP)
    return _corrected(scene, CorrectFacts(_task(scene).number, place=place, place_words=text), summary(place))


def _corrected(scene: Scene, effect: CorrectFacts, said: str) -> Turn:
    text = f"{scene.say('staff_corrected_part', nomor=effect.number, isi=said)}\n\n{scene.say('staff_ask_right')}"
    return scene.reply(text, verify_choices(scene), effects=(effect,), step="verifikasi")


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
