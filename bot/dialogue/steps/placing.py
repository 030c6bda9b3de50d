"""Where the problem is: what an answer to that question, a point on the map or a file says about it."""

from dataclasses import replace

from bot.dialogue import where_words, words
from bot.dialogue.effects import AddToReport
from bot.dialogue.knowledge import Heard, PlaceFound
from bot.dialogue.session import IN_DANGER
from bot.dialogue.steps import known_places, place_words, two_places
from bot.dialogue.steps.questions import ask_location, may_skip, next_question, repeat, too_wide, torn
from bot.dialogue.steps.reading import VAGUE, option_named
from bot.dialogue.turn import Scene, Turn

AREA = frozenset({"kelurahan", "kecamatan"})


def place_in_answer(scene: Scene, text: str, heard: Heard) -> Scene | None:
    """The draft with the place that the answer names, describes or leaves open; None when it says nothing about a place."""
    draft = scene.draft
    if may_skip(scene) and refused(scene, text):
        return left_open(scene)
    if picked := option_named(text, draft.place_options):
        return two_places.picked(
            scene.with_draft(place_words=place_words.joined(scene.draft.place_words, text)), picked
        )
    if heard.place is None and heard.place_options:
        return scene.with_draft(
            place_options=heard.place_options, place_words=place_words.joined(draft.place_words, text)
        )
    if heard.place and not _is_a_namesake(scene, text, heard.place):
        return _named(scene, text, heard.place, heard.place_options)
    if draft.place is None or torn(draft) or where_words.tells_on(text):
        return None
    return left_open(scene) if only_agrees(scene, text) else _described(scene, text)


def only_agrees(scene: Scene, text: str) -> bool:
    """Whether it is a bare yes or no in whatever words ("muhun leres", "ya udah itu aja"), which describes no place."""
    return words.only_agrees(text, scene.know.city) or (
        len(words.plain(text).split()) == 1 and words.is_yes_or_no(text, scene.know.city) != ""
    )


def refused(scene: Scene, text: str) -> bool:
    """Whether somebody cannot or will not say where."""
    return words.is_refusal(text, scene.speech.choice("skip"), scene.know.city)


def left_open(scene: Scene) -> Scene:
    """Nobody can say more about the place; where that is too little, a person has to ask."""
    place = scene.draft.place
    return scene.with_draft(
        place_settled=True,
        place_options=(),
        needs_check=scene.draft.needs_check or place is None or place.kind in VAGUE,
    )


def _named(scene: Scene, text: str, found: PlaceFound, options: tuple[PlaceFound, ...]) -> Scene:
    """A place that is on the map. A wide one is narrowed once; what narrows a street is joined with it."""
    known = scene.draft.place
    if known and known.kind == "street" and found.kind in AREA:
        found = replace(known, kelurahan=found.kelurahan, kecamatan=found.kecamatan)
    said = place_words.joined(scene.draft.place_words, text)
    named = scene.with_draft(place=found, place_words=said, place_options=() if known else options)
    wide = too_wide(named.draft) and not where_words.points_closer(text)
    return named.with_draft(place_settled=known is not None or not wide)


def _is_a_namesake(scene: Scene, text: str, found: PlaceFound) -> bool:
    """Whether a street lies outside the area that was told, and nothing says that this area was wrong: another bears its name there."""
    area, said = scene.draft.place, f" {words.plain(text)} "
    if area is None or area.kind not in AREA or found.kind != "street" or not two_places.disagree(found, area):
        return False
    named = any(f" {words.plain(part)} " in said for part in (found.kelurahan, found.kecamatan) if part)
    return not (named or words.says_wrong(text) or words.corrects(text))


def _described(scene: Scene, text: str) -> Scene:
    """A landmark that no map knows, within a place that is known: a crew can ask for it there."""
    known = scene.draft.place
    assert known is not None
    unclear = known.kind in VAGUE and not where_words.begins_like_a_place(text)
    return scene.with_draft(
        place_words=place_words.joined(scene.draft.place_words, text),
        place_options=(),
        place_settled=True,
        needs_check=scene.draft.needs_check or unclear,
    )


def take_photo_place(scene: Scene, evidence: int) -> Turn:
    """A photo of the draft says where it was taken: offered as the place while none is known, and never more than that."""
    draft, located = scene.draft, scene.know.located
    ours = scene.session.draft is not None and evidence in draft.evidence and scene.session.step not in IN_DANGER
    if located is None or not ours or draft.place or draft.place_options or draft.place_settled or draft.photo_place:
        return scene.quietly()
    found = scene.with_draft(photo_place=located, photo_beside=scene.know.located_beside)
    return ask_location(found, "") if scene.session.step == "location" else found.quietly()


def take_known(scene: Scene, kind: str, number: str) -> Turn:
    """The photo's place, or one of an earlier report."""
    place = known_places.picked(scene, kind, number)
    if place is None:
        return repeat(scene)
    if kind == known_places.PHOTO:
        return next_question(two_places.at_point(scene, place, scene.draft.photo_beside))
    return next_question(scene.with_draft(place=place, place_words="", place_settled=True, similar_settled=False))


def take_pin(scene: Scene) -> Turn:
    """A point on the map: the place of the problem, or of the report just filed."""
    place = scene.know.located
    assert place is not None
    if not scene.session.draft and scene.session.about and scene.session.wants_photo:
        where = f"{place.name or 'pin'} ({place.lat:.5f}, {place.lon:.5f}) {place.kelurahan}".strip()
        effect = AddToReport(scene.session.about, words=where)
        return scene.reply(scene.say("added_to", nomor=scene.session.about), effects=(effect,))
    named, beside = _in_words(scene), scene.know.located_beside
    near = bool(beside) and (named is None or bool(two_places.left_by(named, (place, *beside))))
    if named and not near and two_places.disagree(place, named):
        return next_question(two_places.with_both(scene, place, named, scene.draft.place_words))
    return next_question(two_places.at_point(scene, place, beside, named))


def _in_words(scene: Scene) -> PlaceFound | None:
    """The place that the draft has from words; None when it has none, or a point already."""
    known = (*scene.draft.place_options, scene.draft.place) if torn(scene.draft) else (scene.draft.place,)
    return next((place for place in known if place and place.kind != "pin"), None)
