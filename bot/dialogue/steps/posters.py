"""What a poster's code proposes: its place and category go into the draft that follows, and are named as such in the read-back.

The words always win: who says another place or another problem is believed, not the wall on which the code hung.
"""

from datetime import datetime, timedelta

from bot.dialogue import where_words
from bot.dialogue.knowledge import Heard, Opened, PlaceFound
from bot.dialogue.session import Draft, Poster
from bot.dialogue.steps.read_back import offer_to_resume, summary
from bot.dialogue.turn import Scene, Turn

GOOD_FOR = timedelta(hours=12)
"""From opening the code; a complaint told the day after is about something else."""
WIDER = frozenset({"kota", "kecamatan", "kelurahan"})
PROPOSED = 0.5
"""Confidence of a category that only the poster told."""


def taken(scene: Scene) -> Scene:
    """The scene with what this event's code proposes, for the report that may follow."""
    opened = scene.know.opened
    if opened is None or not opened.known:
        return scene
    until = (scene.know.now + GOOD_FOR).isoformat()
    return scene.with_session(poster=Poster(opened.place, opened.category, opened.campaign, until))


def opened(scene: Scene, found: Opened, *, begun: bool) -> Turn:
    """The first words after a code was opened; a draft that was begun is offered first."""
    if not found.known:
        hello = scene.say("phrase.welcome_back" if scene.know.own else "phrase.first_time")
        return scene.cleared().reply(f"{scene.say('code_unknown')}\n\n{hello}", hope="words")
    if begun:
        return offer_to_resume(scene)
    about = [scene.say("code_opened_place", tempat=summary(found.place))] if found.place else []
    about += (
        [scene.say("code_opened_category", kategori=scene.speech.category(found.category))] if found.category else []
    )
    hello = scene.say("code_opened", tentang="; ".join(about)) if about else scene.say("phrase.first_time")
    return taken(scene.cleared()).reply(hello, hope="words", step="describe")


def proposal(scene: Scene) -> Poster | None:
    """What was proposed and still holds."""
    poster = scene.session.poster
    return poster if poster and scene.know.now <= datetime.fromisoformat(poster.until) else None


def proposed(scene: Scene) -> Scene:
    """The draft with what the poster says, where the words leave it open."""
    poster = proposal(scene)
    if poster is None:
        return scene
    return _with_place(scene.with_draft(campaign=scene.draft.campaign or poster.campaign), poster.place)


def category_proposed(scene: Scene, heard: Heard, most: int) -> str:
    """The poster's category, where the words do not speak of something else; "" otherwise."""
    poster = proposal(scene)
    if poster is None or not poster.category:
        return ""
    likely = [id_ for id_, _ in heard.categories[:most]]
    return poster.category if poster.category in likely else ""


def remarks(scene: Scene, draft: Draft) -> list[str]:
    """What in the read-back comes from a poster, and how to change it."""
    poster = proposal(scene)
    if poster is None:
        return []
    said = []
    if poster.place and draft.place == poster.place:
        said.append(scene.say("code_filled_place"))
    if poster.category and draft.category == poster.category and draft.category_confidence == PROPOSED:
        said.append(scene.say("code_filled_category"))
    return said


def _with_place(scene: Scene, place: PlaceFound | None) -> Scene:
    draft = scene.draft
    if place is None or draft.place_settled:
        return scene
    if draft.place_options:
        meant = [each for each in draft.place_options if place.kelurahan and each.kelurahan == place.kelurahan]
        return scene.with_draft(place=meant[0], place_options=()) if len(meant) == 1 else scene
    if draft.place is None:
        closer = bool(draft.place_words) and where_words.points_closer(draft.place_words)
        return scene.with_draft(place=place, place_settled=closer)
    within = draft.place.kind in WIDER and draft.place.kind != place.kind and _lies_in(place, draft.place)
    return scene.with_draft(place=place) if within else scene


def _lies_in(place: PlaceFound, wider: PlaceFound) -> bool:
    """Whether every part that the wider place names is the same for the closer one."""
    return all(
        not getattr(wider, part) or getattr(wider, part) == getattr(place, part)
        for part in ("kelurahan", "kecamatan", "kota_kab")
    )
