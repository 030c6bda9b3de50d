"""Drafts of a batch: what words tell, and what is still missing before somebody could be sent there."""

from dataclasses import replace

from bot.dialogue.batches.neighbourly import speaks_of_danger
from bot.dialogue.knowledge import Heard
from bot.dialogue.session import Draft
from bot.dialogue.steps import placing, reading
from bot.dialogue.steps.questions import place_unsure
from bot.dialogue.steps.reading import classified
from bot.dialogue.turn import Scene

GUESSED = 0.3  # confidence from which an unsure category is filed as such; below it under the one for everything else


def draft_of(scene: Scene, words: str, heard: Heard, evidence: tuple[int, ...] = ()) -> Draft:
    """The report that these words tell. A category that is not sure is the likeliest one, for an administrator to check."""
    told = reading.read(scene.with_session(draft=Draft(evidence=evidence)), words, heard)
    if heard.danger and speaks_of_danger(words, heard):
        return _in_danger(told, heard.danger.kind)
    return told.draft if told.draft.category else _guessed(told, heard)


def _in_danger(scene: Scene, kind_id: str) -> Draft:
    city = scene.know.city
    kind = city.categories[city.emergency.category].subs.get(kind_id)
    return replace(
        scene.draft,
        category=city.emergency.category,
        sub_category=kind.id if kind else "",
        danger=kind_id,
        priority="darurat",
        privacy="rahasia" if kind and kind.confidential else "anonim",
        place_settled=True,
    )


def _guessed(scene: Scene, heard: Heard) -> Draft:
    best = next(iter(reading.options(scene, heard)), scene.know.city.fallback_category)
    sure = dict(heard.categories)[best]
    named = best if sure >= GUESSED else scene.know.city.fallback_category
    return classified(scene, named, sure).with_draft(needs_check=True).draft


def endangered(draft: Draft, alarming: Draft) -> Draft:
    """The draft with the danger that somebody else's words about the same problem tell."""
    return replace(
        draft, category=alarming.category, sub_category=alarming.sub_category, danger=alarming.danger,
        priority=alarming.priority, privacy=alarming.privacy, place_settled=True, needs_check=False,
    )  # fmt: skip


def borrowed(scene: Scene, draft: Draft, subject: Heard) -> Draft:
    """The draft as one more of what was told before."""
    told = replace(draft, sub_options=subject.sub_categories, category_options=())
    sure, confidence = subject.categories[0]
    return replace(classified(scene.with_session(draft=told), sure, confidence).draft, needs_check=False)


def calmed(scene: Scene, draft: Draft, heard: Heard) -> Draft:
    """The same as an ordinary report with high priority: nobody is in danger."""
    told = draft_of(scene, draft.description, replace(heard, danger=None), draft.evidence)
    return replace(told, priority="tinggi", place=draft.place or told.place, place_words=draft.place_words)


def lacks_words(draft: Draft) -> bool:
    """Whether nobody has said what is wrong."""
    return not draft.description


def lacks_place(scene: Scene, draft: Draft) -> bool:
    """Whether nobody could find the problem."""
    return bool(draft.category) and place_unsure(draft, scene.know)


def is_complete(scene: Scene, draft: Draft) -> bool:
    """Whether it can be filed as it is."""
    return not lacks_words(draft) and not lacks_place(scene, draft)


def answered(scene: Scene, draft: Draft, words: str, heard: Heard) -> Draft:
    """The draft with what was missing: what is wrong, else where. A place that no map knows is kept in the words given."""
    if lacks_words(draft):
        told = draft_of(scene, words, heard, draft.evidence)
        return replace(told, place=draft.place, place_settled=True) if draft.place else told
    open_ = scene.with_session(draft=draft, step="location")
    found = placing.place_in_answer(open_, words, heard)
    if found is not None:
        return replace(found.draft, similar_settled=False)
    said = f"{draft.place_words}, {words}".strip(", ")
    return replace(draft, place_words=said, place_settled=True, place_options=(), needs_check=True)


def moved(scene: Scene, draft: Draft, words: str, heard: Heard) -> Draft:
    """The draft at another place."""
    nowhere = replace(draft, place=None, place_words="", place_options=(), place_settled=False)
    found = answered(scene, nowhere, words, heard)
    return replace(found, place_settled=found.place_settled or found.place is not None)


def told_anew(scene: Scene, draft: Draft, words: str, heard: Heard) -> Draft:
    """The draft with other words for what is wrong; its place stays where the new words name none."""
    told = draft_of(scene, words, heard, draft.evidence)
    if told.place or told.place_options:
        return told
    return replace(
        told, place=draft.place, place_words=draft.place_words, place_options=draft.place_options,
        place_settled=draft.place_settled,
    )  # fmt: skip


def of_category(scene: Scene, draft: Draft, words: str, heard: Heard) -> Draft | None:
    """The draft under the category that was named, or that the words sound most like; None when they sound like none."""
    named = reading.category_named(scene, words) or reading.category_spoken_of(scene, words)
    likely = next((id_ for id_ in reading.options(scene, heard) if dict(heard.categories)[id_] >= GUESSED), "")
    if not (named or likely):
        return None
    return replace(classified(scene.with_session(draft=draft), named or likely).draft, needs_check=False)


def unfinished(draft: Draft, city_fallback: str) -> Draft:
    """The draft as it is filed when nobody can say more: an administrator reads it and asks."""
    return replace(
        draft, category=draft.category or city_fallback, needs_check=True, place_settled=True, place_options=()
    )
