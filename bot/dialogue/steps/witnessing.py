"""A KIM member answers whether a problem near them is solved, with a picture if they have one."""

from bot.dialogue import words
from bot.dialogue.effects import SayAsWitness, ShowAsWitness
from bot.dialogue.events import MediaShared
from bot.dialogue.steps import feedback
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

STEP = "witness"
ANSWERS = {"witness_yes": True, "witness_no": False}


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap under the question; None for anything else."""
    kind, _, number = value.partition(":")
    return _answered(scene, number, solved=ANSWERS[kind]) if kind in ANSWERS and number else None


def take_words(scene: Scene, text: str) -> Turn | None:
    """ "Sudah" or "belum, masih bolong", typed; None where nobody asked, or where one's own report is asked about as well."""
    asked = scene.know.witness_questions
    if not asked or scene.session.draft or feedback.waiting(scene):
        return None
    number = scene.know.number_heard
    about = [each.number for each in asked if not number or each.number == number]
    if not about:
        return None
    if len(asked) == 1 and (picked := words.number_in(text)) in (1, 2):
        return _answered(scene, about[0], solved=picked == 1)  # as numbered under the question
    for choice, solved in (("not_done", False), ("done", True)):
        more = words.begins_with(text, choice, scene.know.city)
        if more is not None:
            said = " ".join(word for word in more.split() if sum(map(str.isdigit, word)) < 4)
            return _answered(scene, about[0], solved=solved, said=said)
    return None


def take_file(scene: Scene, event: MediaShared) -> Turn | None:
    """A picture after the answer; None where none is hoped for."""
    if scene.session.step != STEP or scene.session.draft or event.kind not in ("photo", "video"):
        return None
    number = scene.session.about
    return scene.reply(scene.say("kim_witness_photo", nomor=number), effects=(ShowAsWitness(number, event.evidence),))


def _answered(scene: Scene, number: str, *, solved: bool, said: str = "") -> Turn:
    effect = SayAsWitness(number, solved, said)
    text = scene.say("kim_witness_thanks", nomor=number)
    if scene.session.draft:
        return beside(scene, text, effects=(effect,))
    return scene.reply(text, hope="photo", effects=(effect,), step=STEP, about=number, wants_photo=False)
