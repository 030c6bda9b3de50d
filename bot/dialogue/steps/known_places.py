"""Places that need not be told: where the photo was taken, and those of the reporter's earlier reports. Only offered, never assumed."""

from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.replies import Choice
from bot.dialogue.steps.read_back import clipped, summary
from bot.dialogue.turn import Scene

MOST_USUAL = 2
LABEL = 20  # characters; replies.Choice
PHOTO, USUAL = "photo_place", "usual"


def choices(scene: Scene) -> tuple[Choice, ...]:
    """What may be picked instead of telling where; nothing once a place is known."""
    draft = scene.draft
    if draft.place or draft.place_options:
        return ()
    photo = (Choice(PHOTO, scene.say("choice_photo_place")),) if draft.photo_place else ()
    offered: dict[str, Choice] = {}
    for usual in scene.know.usual_places:
        label = clipped(usual.place.name, LABEL)
        offered.setdefault(label, Choice(f"{USUAL}:{usual.number}", label))
    return (*photo, *tuple(offered.values())[:MOST_USUAL])


def told_by_photo(scene: Scene) -> str:
    """Where the photo was taken, in words; "" where it does not say, or a place is known."""
    draft = scene.draft
    if draft.place or draft.place_options or draft.photo_place is None:
        return ""
    return scene.say("photo_tells_place", tempat=summary(draft.photo_place))


def picked(scene: Scene, kind: str, number: str) -> PlaceFound | None:
    """The place behind a choice; None when it is not known any more."""
    if kind == PHOTO:
        return scene.draft.photo_place
    return next((usual.place for usual in scene.know.usual_places if usual.number == number), None)
