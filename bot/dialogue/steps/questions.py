"""The questions of a report. The table of steps is the whole talk: each says when it is needed and how it asks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.dialogue import where_words
from bot.dialogue.effects import FindSimilar
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft
from bot.dialogue.steps import known_places, posters
from bot.dialogue.steps.read_back import QUESTION, place_labels, read_back, summary
from bot.dialogue.steps.reading import VAGUE
from bot.dialogue.turn import Scene, Turn

OFFERED = 3  # categories or places at a time
LONG = frozenset({"street", "kelurahan"})  # kinds of place in which a crew needs something to look for
CHANGES = ("description", "category", "location", "privacy")


@dataclass(frozen=True, slots=True)
class Step:
    """One question of the talk."""

    name: str
    needed: Callable[[Draft, Knowledge], bool]
    ask: Callable[[Scene, str], Turn]  # the text goes before the question


# ---------------------------------------------------------------- when is it needed


def no_description(draft: Draft, know: Knowledge) -> bool:
    return not draft.description


def category_unsure(draft: Draft, know: Knowledge) -> bool:
    return not draft.category


def place_unsure(draft: Draft, know: Knowledge) -> bool:
    rule = know.city.categories[draft.category].place_rule(draft.sub_category)
    if draft.place_settled or rule == "optional" or draft.kind == QUESTION:
        return False
    if draft.place is None or torn(draft):
        return True
    return too_wide(draft) if rule == "required" else draft.place.kind == "kota"


def too_wide(draft: Draft) -> bool:
    """Whether the place is known, but nobody could find the problem there: a district, or a long street without a landmark."""
    place = draft.place
    if place is None or place.kind in VAGUE:
        return place is not None
    if where_words.names_what_is_seen(draft.place_words):
        return False
    if place.kind == "kelurahan" and where_words.names_a_way(draft.place_words):
        return False
    long = place.kind == "kelurahan" or not place.kelurahan
    return place.kind in LONG and long and place.lat is None and not where_words.points_closer(draft.description)


def torn(draft: Draft) -> bool:
    """Whether the point on the map and the place in words are two places, and nobody has said yet which one it is."""
    return any(place.kind == "pin" for place in draft.place_options)


def similar_unknown(draft: Draft, know: Knowledge) -> bool:
    return not draft.similar_settled and may_be_similar(draft, know)


def may_be_similar(draft: Draft, know: Knowledge) -> bool:
    """Whether others may already have told the same; confidential and supervisory matters are never compared."""
    category = know.city.categories[draft.category]
    secret = draft.privacy == "rahasia" or category.is_confidential(draft.sub_category)
    return bool(
        category.dedup and draft.place and draft.place.lat is not None and draft.kind != QUESTION and not secret
    )


def always(draft: Draft, know: Knowledge) -> bool:
    return True


# ---------------------------------------------------------------- how it asks


def ask_description(scene: Scene, before: str) -> Turn:
    draft = scene.draft
    key = (
        "phrase.location_without_words"
        if draft.place
        else "phrase.photo_without_words"
        if draft.evidence
        else "phrase.ask_what"
    )
    return scene.reply(joined(before, scene.say(key)), hope="words", step="describe")


def ask_category(scene: Scene, before: str) -> Turn:
    """Up to three that fit best."""
    if scene.draft.category:
        return _ask_category_anew(scene, before)
    offered_last = [choice for choice in scene.session.offered if choice.value.startswith("category")]
    if scene.session.step == "category" and scene.session.tries and offered_last:
        return scene.reply(
            joined(before, scene.say("ask_category_anew")), tuple(offered_last), hope="words", step="category"
        )
    likely = list(scene.draft.category_options[:OFFERED])
    offered = tuple(Choice(f"category:{id_}", scene.speech.category_button(id_)) for id_ in likely)
    key = "phrase.offer_categories" if len(likely) == OFFERED else "ask_category"
    return scene.reply(joined(before, scene.say(key)), offered, hope="words", step="category")


def ask_other_categories(scene: Scene, before: str) -> Turn:
    """None of those that were offered was taken: others, and never the same again."""
    return _ask_category_anew(scene, before, {choice.value for choice in scene.session.offered})


def _ask_category_anew(scene: Scene, before: str, shown: Collection[str] = ()) -> Turn:
    """Those that fit too, the one for everything else, and a way to see all; without the present one and those that were shown."""
    others = dict.fromkeys((*scene.draft.category_options, scene.know.city.fallback_category))
    likely = [id_ for id_ in others if id_ != scene.draft.category and f"category:{id_}" not in shown]
    offered = tuple(Choice(f"category:{id_}", scene.speech.category_button(id_)) for id_ in likely[:OFFERED])
    every = Choice("category_list", scene.say("choice.category_list"))
    return scene.reply(joined(before, scene.say("ask_category_anew")), (*offered, every), hope="words", step="category")


def ask_location(scene: Scene, before: str, *, sorry: str = "") -> Turn:
    """Where it is. ``sorry`` is said instead of the regret that an answer was not found."""
    draft, again = scene.draft, scene.session.step == "location" and scene.session.tries > 0
    if draft.place_options:
        return _ask_which(scene, joined(before, sorry))
    other = "ask_location_tips" if sorry or scene.session.tries > 1 else "ask_location_again"
    key, named = other if again else "phrase.ask_location", ""
    if draft.place and too_wide(draft):
        key = "ask_landmark" if draft.place.kind == "street" else "ask_location_closer"
        named = draft.place.name or draft.place.kecamatan
    elif draft.place is None and where_words.tells_a_place(draft.place_words) and not again:
        key, named = "ask_location_unmapped", draft.place_words
    skip = scene.choices("skip") if may_skip(scene) else ()
    asked = " ".join(part for part in (sorry, scene.say(key, tempat=named)) if part)
    text = joined(before, joined(known_places.told_by_photo(scene), asked))
    return scene.reply(text, (*known_places.choices(scene), *skip), hope="location", step="location")


def _ask_which(scene: Scene, before: str) -> Turn:
    """The places that may be meant, by buttons: a point and words, the parts of one street, or places of one name."""
    draft = scene.draft
    options = draft.place_options[:OFFERED]
    torn_points = torn(draft) and any(place.kind != "pin" for place in options)
    marks = [scene.say("choice.pin") if torn_points and place.kind == "pin" else "" for place in options]
    labels = [mark or label for mark, label in zip(marks, place_labels(options), strict=True)]
    offered = tuple(Choice(f"place:{n}", label) for n, label in enumerate(labels))
    listed = [
        f"{mark}: {summary(place)}" if mark else summary(place) for mark, place in zip(marks, options, strict=True)
    ]
    key = _which_asked(draft)
    said = scene.say(key, tempat=draft.place.name if draft.place else "")
    text = "\n".join([said, *(f"• {each}" for each in listed)])
    skip = scene.choices("skip") if key == "ask_which_part" else ()
    return scene.reply(joined(before, text), (*offered, *skip), hope="location", step="location")


def _which_asked(draft: Draft) -> str:
    """The question that goes with the places a draft may be at."""
    if torn(draft):
        one_point = all(place.kind == "pin" for place in draft.place_options)
        return "ask_side_of_border" if one_point else "ask_pin_or_words"
    return "ask_which_part" if draft.place else "phrase.ask_location_choice"


def ask_similar(scene: Scene, before: str) -> Turn:
    return scene.quietly(FindSimilar(scene.draft, before), step="similar")


def ask_confirmation(scene: Scene, before: str) -> Turn:
    theirs = scene.know.kim.active
    remarks = [*posters.remarks(scene, scene.draft), *([scene.say("kim_read_back")] if theirs else [])]
    offered = scene.choices("send", "change", "cancel")
    if theirs:
        offered = (*offered, Choice("send_neighbour", scene.say("batch_choice_neighbour")))
    return scene.reply(joined(before, read_back(scene, remarks)), offered, step="confirm", tries=0)


STEPS = (
    Step("describe", no_description, ask_description),
    Step("category", category_unsure, ask_category),
    Step("location", place_unsure, ask_location),
    Step("similar", similar_unknown, ask_similar),
    Step("confirm", always, ask_confirmation),
)
ASK = {step.name: step.ask for step in STEPS}


def next_question(scene: Scene, before: str = "") -> Turn:
    """Ask the first thing that is still needed."""
    step = next(step for step in STEPS if step.needed(scene.draft, scene.know))
    return step.ask(scene, before)


def repeat(scene: Scene, before: str = "") -> Turn:
    """Say again where we are; whatever was begun stays."""
    step = scene.session.step
    if scene.session.draft is None:
        return scene.reply(before or scene.say("phrase.ask_what"), scene.session.offered)
    if step == "change":
        return ask_what_to_change(scene, before)
    if step in ("category", "location"):
        return ASK[step](scene, before)
    return next_question(scene, before)


def ask_what_to_change(scene: Scene, before: str = "") -> Turn:
    offered = tuple(scene.speech.choice(f"edit:{part}", f"edit_{part}") for part in CHANGES)
    return scene.reply(joined(before, scene.say("ask_what_to_change")), offered, step="change")


def may_skip(scene: Scene) -> bool:
    """Whether the place may be left open: where it is only recommended, told at least roughly, or was asked in vain."""
    category = scene.know.city.categories.get(scene.draft.category)
    recommended = category is not None and category.place_rule(scene.draft.sub_category) != "required"
    told = scene.draft.place is not None or where_words.tells_a_place(scene.draft.place_words)
    return recommended or told or scene.session.tries > 0


def joined(before: str, text: str) -> str:
    return "\n\n".join(part for part in (before, text) if part)
