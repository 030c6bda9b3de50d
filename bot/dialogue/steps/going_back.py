"""``kembali``: the question before the present one is asked again, as often as wanted; every other answer stays."""

from dataclasses import replace

from bot.dialogue.effects import JoinReport, OpenReport
from bot.dialogue.events import SimilarFound
from bot.dialogue.session import Session
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.changing import change
from bot.dialogue.steps.questions import ask_similar, next_question
from bot.dialogue.turn import Scene, Turn

MOST_REMEMBERED = 12  # questions
FIRST = "describe"
ASKED_AS = {"idle": FIRST, "care": FIRST, "bystander": FIRST, "aftermath": FIRST, "describe": FIRST}
"""By step before a draft was begun: the question that its first words answered."""
READ_BACK = ("confirm", "change")
"""The questions from which one part of a draft is asked anew."""
PARTS = {FIRST: "description", "category": "category", "location": "location"}


def back(scene: Scene, argument: str) -> Turn:
    """Ask the question before the present one; at the first one say so."""
    session = scene.session
    if session.draft is None:
        return beside(scene, scene.say("nothing_to_go_back"))
    *earlier, last = session.past or (FIRST,)
    if last == session.step:
        anew = scene.say("ask_description_anew" if scene.draft.description else "phrase.ask_what")
        return scene.reply(f"{scene.say('first_question')} {anew}", hope="words")
    there = scene.with_session(past=tuple(earlier), tries=0)
    if last in READ_BACK and session.undone:
        kept = replace(session.undone, evidence=scene.draft.evidence)
        return next_question(there.with_session(draft=kept, undone=None))
    if last in PARTS:
        return change(there, PARTS[last])
    if last == "similar":
        return ask_similar(there.with_draft(similar_settled=False), "")
    return next_question(there)


def with_question(before: Session, event: object, turn: Turn) -> Session:
    """The session after a turn, with the question that was just answered among those one can go back to."""
    after = turn.session
    ended = any(isinstance(effect, OpenReport | JoinReport) for effect in turn.effects)
    if after.draft is None or ended or len(after.later) < len(before.later):
        return replace(after, past=())
    if after.undone is not None and after.undone == before.undone and after.step != before.step:
        after = replace(after, undone=None)
    if after.step == before.step or isinstance(event, SimilarFound) or after.past != before.past:
        return after
    asked = ASKED_AS.get(before.step, before.step)
    return replace(after, past=(*after.past, asked)[-MOST_REMEMBERED:])
