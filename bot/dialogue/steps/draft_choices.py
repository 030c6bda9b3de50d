"""What a tapped or typed choice means to a draft."""

from collections.abc import Callable, Mapping

from bot.dialogue.steps import placing, small_talk, two_places, two_reports
from bot.dialogue.steps.changing import change, shown_as
from bot.dialogue.steps.filing import cancel, file, join
from bot.dialogue.steps.questions import ask_category, ask_what_to_change, next_question, repeat
from bot.dialogue.steps.reading import classified
from bot.dialogue.turn import Scene, Turn


def take_choice(scene: Scene, value: str) -> Turn:
    """A tapped or typed choice of the present question."""
    kind, _, what = value.partition(":")
    answer = ANSWERS.get(kind)
    return answer(scene, what) if answer else repeat(scene)


def _send(scene: Scene, _: str) -> Turn:
    return file(scene) if scene.draft.description and scene.draft.category else next_question(scene)


def _support(scene: Scene, parent: str) -> Turn:
    return join(scene, parent) if scene.draft.description and scene.draft.category else next_question(scene)


def _pick_category(scene: Scene, id_: str) -> Turn:
    return next_question(classified(scene, id_))


def _every_category(scene: Scene) -> str:
    city = scene.know.city
    known = [id_ for id_, each in city.categories.items() if not each.retired and id_ != city.emergency.category]
    return scene.say("category_list", daftar="; ".join(map(scene.speech.category_button, known)))


def _pick_place(scene: Scene, index: str) -> Turn:
    return next_question(two_places.picked(scene, scene.draft.place_options[int(index)]))


def _skip(scene: Scene, _: str) -> Turn:
    if scene.session.step == "location":
        return next_question(placing.left_open(scene))
    return scene.reply(scene.say("no_photo_is_fine"), wants_photo=False)


def start_over(scene: Scene, _: str) -> Turn:
    return small_talk.report(scene.cleared(), "")


def _tell_apart(scene: Scene, _: str) -> Turn:
    return next_question(scene.with_draft(similar_settled=True))


ANSWERS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "category": _pick_category,
    "category_list": lambda scene, _: ask_category(scene, _every_category(scene)),
    "place": _pick_place,
    "skip": _skip,
    "send": _send,
    "change": lambda scene, _: ask_what_to_change(scene),
    "cancel": cancel,
    "edit": change,
    "support": _support,
    "photo_place": lambda scene, _: placing.take_known(scene, "photo_place", ""),
    "usual": lambda scene, number: placing.take_known(scene, "usual", number),
    "one_report": two_reports.as_one,
    "different": _tell_apart,
    "continue": lambda scene, _: next_question(scene),
    "start_over": start_over,
    "show_name": lambda scene, _: shown_as(scene, "tampil"),
    "anonymous": lambda scene, _: shown_as(scene, "anonim"),
    "confidential": lambda scene, _: shown_as(scene, "rahasia"),
}
"""What a choice means, by the part of its value before the colon."""
