"""Taking words into the draft: what they say about category, kind and place is kept with them."""

from dataclasses import replace

from bot.dialogue import question_words, where_words, words
from bot.dialogue.knowledge import Heard, PlaceFound
from bot.dialogue.steps import posters
from bot.dialogue.steps.read_back import QUESTION
from bot.dialogue.steps.two_places import at_border, disagree, left_by, with_both
from bot.dialogue.turn import Scene

MOST_OPTIONS = 6  # categories remembered to be offered
FITS_TOO = 0.01  # confidence of a category worth offering beside a sure one
MOST_HINTED = 4  # likely categories among which a poster's is believed
NO_REPORT, COMPLAINT = "bukan_laporan", "pengaduan"
KIND_AT = 0.6  # confidence from which another kind than a complaint is believed
CHOSEN = 1.0  # confidence of a category that the person picked
ASKED_AT = 0.3  # the same of a question that is also put as one
LIKELY_ABOUT = 0.5  # confidence from which a question belongs to the office of its likeliest category
WIDE = ("kota", "kecamatan", "kelurahan")  # widest first; any other kind is finer
VAGUE = frozenset({"kecamatan", "kota"})  # such a place says too little to send somebody there
ABOUT = frozenset(
    "kategori soal tentang masalah perkara perkawis ngeunaan ini itu ieu eta bukan sanes tapi yang about it is".split()
)
"""Words around the name of a category."""
MOST_NAMING = 3  # words of such a name
LEAST_WORDS, CLEARLY = 4, 0.9  # words, and confidence, of a message that may be another problem


def read(scene: Scene, text: str, heard: Heard) -> Scene:
    """The draft after these words: they are kept whole, and what is still open in it is taken from them."""
    draft = scene.draft
    fuller = scene.with_draft(
        description=f"{draft.description}\n{text}".strip(),
        kind=draft.kind if draft.description else kind_of(text, heard),
        category_options=draft.category_options or options(scene, heard),
        sub_options=(draft.sub_options if draft.description else ()) or heard.sub_categories,
        priority=draft.priority or heard.urgency,
        doubtful=draft.doubtful if draft.description else _reads_as_none(scene, heard),
    )
    if not draft.category and (category := sure_category(scene, heard)):
        fuller = classified(fuller, category, heard.categories[0][1])
    elif not draft.category and (hinted := posters.category_proposed(scene, heard, MOST_HINTED)):
        fuller = classified(fuller, hinted, posters.PROPOSED)
    elif not draft.category and fuller.draft.kind == QUESTION and not draft.description:
        fuller = classified(fuller, _about(scene, heard), heard.categories[0][1])
    elif draft.category and not draft.description:
        fuller = _classified_anew(fuller, heard)
    return posters.proposed(with_place(fuller, heard))


def _classified_anew(scene: Scene, heard: Heard) -> Scene:
    """A problem told anew: its category stays where it was chosen or fits still, what it is within it does not."""
    draft, sure = scene.draft, sure_category(scene, heard)
    stays = draft.category_confidence >= CHOSEN or sure in ("", scene.know.city.fallback_category)
    return classified(scene, draft.category if stays else sure, draft.category_confidence)


def _reads_as_none(scene: Scene, heard: Heard) -> bool:
    """Whether words that we take for a report, because we had asked for one, are rather none."""
    none = heard.kind == NO_REPORT and heard.kind_confidence >= KIND_AT
    return none and heard.place is None and not heard.place_words and not names_a_problem(scene, heard)


def kind_of(text: str, heard: Heard) -> str:
    """A complaint, unless the words are clearly a wish or a question."""
    at = ASKED_AT if heard.kind == QUESTION and question_words.asks(text) else KIND_AT
    return heard.kind if heard.kind != NO_REPORT and heard.kind_confidence >= at else COMPLAINT


def _about(scene: Scene, heard: Heard) -> str:
    """What a question is taken to be about: whoever asks is not asked back, an administrator knows the office."""
    best, confidence = heard.categories[0]
    fits = confidence >= LIKELY_ABOUT and best != scene.know.city.emergency.category
    return best if fits else scene.know.city.fallback_category


def sure_category(scene: Scene, heard: Heard) -> str:
    """The category that may be taken as read; "" while unsure. Danger has a way of its own and is never read from a category."""
    best, _ = heard.categories[0]
    return best if heard.category_sure and best != scene.know.city.emergency.category else ""


def names_a_problem(scene: Scene, heard: Heard) -> bool:
    """Whether the words are surely about something that an office looks after."""
    return sure_category(scene, heard) not in ("", scene.know.city.fallback_category)


def options(scene: Scene, heard: Heard) -> tuple[str, ...]:
    """The categories that may be offered, best first."""
    danger = scene.know.city.emergency.category
    least = FITS_TOO if heard.category_sure else 0.0
    return tuple(id_ for id_, confidence in heard.categories if id_ != danger and confidence >= least)[:MOST_OPTIONS]


def classified(scene: Scene, category: str, confidence: float = 1.0) -> Scene:
    """The draft under a category and the sub-category that the words told: they decide whether the report is confidential,
    unless the person has chosen."""
    rules = scene.know.city.categories[category]
    told = dict(scene.draft.sub_options).get(category, "")
    sub = told if told in rules.subs else ""
    usual = "rahasia" if rules.is_confidential(sub) else "anonim"
    return scene.with_draft(
        category=category,
        sub_category=sub,
        category_confidence=confidence,
        privacy=scene.draft.privacy if scene.draft.privacy_chosen else usual,
        similar_settled=False,
    )


def with_place(scene: Scene, heard: Heard) -> Scene:
    """The draft with the place that was heard, where it has none yet or a wider one."""
    draft = scene.draft
    if draft.place and draft.place.kind == "pin" and heard.place and not draft.place_words:
        if draft.place_options and left_by(heard.place, draft.place_options):
            told = scene.with_draft(place_words=heard.place_words)
            return at_border(told, draft.place, draft.place_options[1:], heard.place)
        if disagree(draft.place, heard.place):
            return with_both(scene, draft.place, heard.place, heard.place_words)
        return scene.with_draft(place_words=heard.place_words)
    if draft.place and (draft.place_settled or not heard.place or _fineness(heard.place) <= _fineness(draft.place)):
        return scene
    return scene.with_draft(
        place=heard.place or draft.place,
        place_options=heard.place_options or (() if heard.place else draft.place_options),
        place_words=draft.place_words or heard.place_words,
    )


def _fineness(place: PlaceFound) -> int:
    return WIDE.index(place.kind) if place.kind in WIDE else len(WIDE)


def another_problem(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether the words are a clear complaint about something else than the draft."""
    category = sure_category(scene, heard)
    return (
        bool(scene.draft.category and category)
        and category not in (scene.draft.category, scene.know.city.fallback_category)
        and heard.categories[0][1] >= CLEARLY
        and len(words.plain(text).split()) >= LEAST_WORDS
        and not where_words.begins_like_a_place(text)
    )


def elsewhere(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether the words tell a problem, and that at a place which is surely not the draft's: another street, or one far from it."""
    here, there = scene.draft.place, heard.place
    if here is None or there is None or not scene.draft.description or words.says_wrong(text) or words.corrects(text):
        return False
    tells = names_a_problem(scene, heard)
    fine = here.kind not in WIDE and there.kind not in WIDE and here.kind != "pin"
    streets = (here.kind, there.kind) == ("street", "street")
    apart = here.name != there.name if streets else disagree(here, there)
    return tells and fine and apart and len(words.plain(text).split()) >= LEAST_WORDS


def is_vague(scene: Scene) -> bool:
    """Whether the draft tells so little that a clear and complete message is more likely what was meant all along."""
    draft = scene.draft
    unclear = draft.category in ("", scene.know.city.fallback_category) or draft.category_confidence < CLEARLY
    return unclear and draft.place is None


def completed_by(scene: Scene, text: str, heard: Heard) -> Scene:
    """The draft of a clear and complete message; the one without a place that was begun waits, or is part of it where it was vague."""
    earlier, session = scene.draft, scene.session
    anew = read(scene.with_session(draft=None), text, heard)
    together = f"{earlier.description}\n{text}"
    if is_vague(scene):
        return anew.with_draft(description=together, evidence=earlier.evidence).with_session(step="idle", tries=0)
    whole = replace(anew.draft, description=together, evidence=earlier.evidence)
    return anew.with_session(later=(*session.later, earlier), whole=whole, whole_offered=False, step="idle", tries=0)


def kept_for_later(scene: Scene, text: str, heard: Heard) -> Scene:
    """The same draft, and the other problem as one that comes next."""
    other = read(scene.with_session(draft=None), text, heard).draft
    return scene.with_session(later=(*scene.session.later, other))


def category_named(scene: Scene, text: str) -> str:
    """The category whose label somebody typed; "" when none."""
    said = words.plain(text)
    for id_, category in scene.know.city.categories.items():
        labels = (*category.label.values(), *category.button.values())
        if not category.retired and said in map(words.plain, labels):
            return id_
    return ""


def category_spoken_of(scene: Scene, text: str) -> str:
    """The only category whose name, or that of a part of it, has all the words that count; "" when none or several have."""
    said = {word for word in words.spelt(text).split() if word not in words.FILLERS | ABOUT}
    if not said or len(said) > MOST_NAMING:
        return ""
    found = [
        id_
        for id_, category in scene.know.city.categories.items()
        if not category.retired
        for label in (
            *category.label.values(),
            *category.button.values(),
            *(sub.label for sub in category.subs.values()),
        )
        if said <= set(words.plain(label).split())
    ]
    return found[0] if len(set(found)) == 1 else ""


def option_named(text: str, options: tuple[PlaceFound, ...]) -> PlaceFound | None:
    """The one of several places of one name whose kelurahan or kecamatan the words name."""
    said = f" {words.plain(text)} "
    meant = [
        place
        for place in options
        if any(name and f" {words.plain(name)} " in said for name in (place.kelurahan, place.kecamatan))
    ]
    return meant[0] if len(meant) == 1 else None


def tells_nothing(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether words are too few to act on, and no clear problem either ("banjir" is one)."""
    return too_short(text) and not names_a_problem(scene, heard)


def too_short(text: str) -> bool:
    """Fewer than two words of three letters: nothing to act on."""
    return sum(len(word) >= 3 for word in words.plain(text).split()) < 2
