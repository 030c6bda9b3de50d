"""What comes late for a batch: a picture of an album that is filed, where a picture was taken, a correction of a list that is gone."""

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.batches import wanted as typed
from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.batches.drafts import lacks_place
from bot.dialogue.effects import AddToReport, FiledLine, PlaceGathered
from bot.dialogue.events import Forwarded, MediaShared
from bot.dialogue.session import Line
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.two_places import at_point
from bot.dialogue.turn import Scene, Turn

OF_A_LIST = frozenset(
    {
        typed.JOIN,
        typed.SPLIT,
        typed.REMOVE,
        typed.APART,
        typed.TAKE_IN,
        typed.MINE,
        typed.NEIGHBOURS,
        typed.ONLY,
        typed.SWAP,
        typed.MOVE_FILES,
    }
)


def albums_of(scene: Scene, lines: Iterable[FiledLine]) -> tuple[tuple[str, str], ...]:
    """Which report the albums among these messages went into, as pairs of album and number."""
    items = {item.id: item for item in (scene.know.batch.items if scene.know.batch else ())}
    found = ((items[id_].album, line.number) for line in lines for id_ in line.items if id_ in items)
    return tuple(dict.fromkeys((album, number) for album, number in found if album))


def take_forwarded(scene: Scene, event: Forwarded) -> Turn | None:
    """A picture of an album whose report is filed belongs to that report; None for anything else."""
    batch = scene.session.batch
    if batch is None or not batch.filed or not isinstance(event.content, MediaShared) or scene.session.draft:
        return None
    number = dict(batch.albums).get(event.content.album, "")
    if not number:
        return None
    effect = AddToReport(number, event.content.caption, (event.content.evidence,))
    return beside(scene, scene.say("photo_added", nomor=number), effects=(effect,))


def take_words(scene: Scene, text: str) -> Turn | None:
    """A correction of a list that is filed already: told what its reports are called now; None for anything else."""
    batch = scene.session.batch
    if batch is None or not batch.filed or scene.session.draft:
        return None
    found = corrections_in(text)
    if not found or any(each.what not in OF_A_LIST or each.words for each in found):
        return None
    told = "\n".join(f"{n}. {number}" for n, number in enumerate(batch.filed, 1))
    return beside(scene, scene.say("batch_is_filed", daftar=told))


def take_photo_place(scene: Scene, evidence: int) -> Turn | None:
    """A forwarded picture says where it was taken: kept with its message, and believed where nobody has said where."""
    located, batch = scene.know.located, scene.session.batch
    if located is None or scene.know.batch is None:
        return None
    beside_border = scene.know.located_beside
    kept = PlaceGathered(evidence, located, beside_border)
    if batch is None or not any(_wants(scene, line, evidence) for line in batch.lines):
        return scene.quietly(kept) if evidence not in scene.draft.evidence else None
    lines = tuple(
        replace(line, draft=at_point(scene.with_session(draft=line.draft), located, beside_border).draft)
        if _wants(scene, line, evidence)
        else line
        for line in batch.lines
    )
    return scene.quietly(kept, batch=replace(batch, lines=lines))


def _wants(scene: Scene, line: Line, evidence: int) -> bool:
    return evidence in line.draft.evidence and line.draft.place is None and lacks_place(scene, line.draft)
