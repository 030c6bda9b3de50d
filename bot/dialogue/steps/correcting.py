"""While a report is verified: its kind, its place and its secrecy are set right; then the question whether all is right again."""

from bot.dialogue.effects import CorrectFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.read_back import summary
from bot.dialogue.turn import Scene, Turn

KINDS = ("pengaduan", "aspirasi", "permintaan_informasi")
CLOSER = ("anonim", "rahasia")
"""Staff may hide more than the reporter chose, never less."""
PLACE_STEP = "verify_place"
VERIFYING = frozenset({"verifikasi", "verify_category", PLACE_STEP})


def verify_choices(scene: Scene) -> tuple[Choice, ...]:
    """All right, or which part is not."""
    return (
        Choice("right", scene.say("staff_right")),
        Choice("category", scene.say("staff_wrong_category")),
        Choice("fix:place", scene.say("staff_wrong_place")),
        Choice("fix:kind", scene.say("staff_wrong_kind")),
        Choice("fix:secrecy", scene.say("staff_wrong_secrecy")),
        Choice("stop", scene.say("choice.cancel")),
    )


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
