"""The end of a draft: filed, joined to another report, or given up; then the next one that waits."""

from dataclasses import replace

from bot.dialogue.effects import Effect, JoinReport, OpenReport
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.turn import Scene, Turn


def file(scene: Scene, told: str = "") -> Turn:
    """File it: the number is said in the same transaction that keeps the report. ``told`` is said instead of the usual text."""
    number = scene.know.fresh_number
    draft = replace(scene.draft, priority=priority(scene))
    key = told or ("phrase.not_understood_3" if draft.needs_check else "status.diterima")
    due = scene.know.answer_by[draft.priority]
    text = scene.say(key, nomor=number, tenggat=scene.speech.moment(due), sapaan=scene.speech.address())
    photo_helps = scene.know.city.categories[draft.category].photo in ("required", "recommended")
    asks_photo = photo_helps and not draft.evidence and not told and not scene.session.later
    if asks_photo:
        text = f"{text}\n\n{scene.say('phrase.ask_photo')}"
    return _ended(scene, text, number, OpenReport(draft, number), asks_photo=asks_photo)


def join(scene: Scene, parent: str) -> Turn:
    """File it as one that supports an open report: own number, all its news."""
    number = scene.know.fresh_number
    draft = replace(scene.draft, priority=priority(scene))
    text = scene.say("status.digabung", nomor=number, nomor_induk=parent)
    return _ended(scene, text, number, JoinReport(draft, number, parent))


def cancel(scene: Scene, argument: str) -> Turn:
    """Nothing is filed; the draft goes."""
    if scene.session.draft is None:
        return scene.cleared().with_session(poster=None).reply(scene.say("nothing_to_cancel"))
    if scene.session.later:
        return next_question(scene.with_session(**_next(scene.session)), scene.say("cancelled_next"))
    return scene.cleared().with_session(poster=None).reply(scene.say("phrase.cancelled"))


def priority(scene: Scene) -> str:
    """What the words call for, or what the city gives the category or its sub-category: the most urgent of them.

    A category alone never makes an emergency, and its sub-category neither.
    """
    levels = [level.id for level in scene.know.city.priorities]
    category = scene.know.city.categories[scene.draft.category]
    sub = category.subs.get(scene.draft.sub_category)
    given = (category.priority, sub.priority) if sub and sub.priority else (category.priority,)
    usual = max(1, min(levels.index(each) for each in given))
    said = levels.index(scene.draft.priority) if scene.draft.priority in levels else usual
    return levels[min(said, usual)]


def _ended(scene: Scene, text: str, number: str, effect: Effect, *, asks_photo: bool = False) -> Turn:
    if scene.session.later:
        waiting = scene.say("next_report", ringkasan=clipped(scene.session.later[0].description))
        turn = next_question(scene.with_session(**_next(scene.session)), f"{text}\n\n{waiting}")
        return replace(turn, effects=(effect, *turn.effects))
    return (
        scene.cleared()
        .with_session(poster=None)
        .reply(
            text,
            scene.choices("skip") if asks_photo else (),
            hope="photo" if asks_photo else "nothing",
            effects=(effect,),
            about=number,
            wants_photo=True,
        )
    )


def _next(session: Session) -> dict[str, Draft | tuple[Draft, ...] | str | int | None]:
    """What changes in a session when the problem that waited becomes the draft."""
    return {
        "poster": None,
        "draft": session.later[0],
        "later": session.later[1:],
        "step": "idle",
        "tries": 0,
        "about": "",
    }
