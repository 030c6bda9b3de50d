"""What each gathered message is for the others: a problem, a picture, a place, a detail, or talk that is no report.

Files that were sent as one album are one part, with the words of any of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.batches.roles import Role, role_of_words
from bot.dialogue.knowledge import Clause, Heard, Item, PlaceFound
from bot.dialogue.turn import Scene

SOON_SAID = 3  # messages until somebody says where that was


@dataclass(frozen=True, slots=True)
class Part:
    """One message, or the files of one album."""

    role: Role
    items: tuple[int, ...]
    first: int  # its place in the batch, and that of its last message
    last: int
    words: str = ""
    heard: Heard | None = None
    place: PlaceFound | None = None  # of a pin
    beside: tuple[PlaceFound, ...] = ()  # as of an item
    evidence: tuple[int, ...] = ()
    contents: frozenset[str] = frozenset()
    albums: frozenset[str] = frozenset()
    author: str = ""
    at: int = 0

    def clauses(self) -> tuple[Clause, ...]:
        """The problems that it tells: one, or several that are surely different."""
        assert self.heard is not None
        return self.heard.several or (Clause(self.words, self.heard),)

    def followed_by(self, other: "Part") -> "Part":
        """Both as one."""
        return replace(
            self,
            items=(*self.items, *other.items),
            last=other.last,
            evidence=(*self.evidence, *other.evidence),
            contents=self.contents | other.contents,
            albums=self.albums | other.albums,
        )


def parts_of(scene: Scene, items: Sequence[Item]) -> list[Part]:
    """The parts of a batch, in the order in which they began; where they stand is told by all messages that are known."""
    known = scene.know.batch.items if scene.know.batch else ()
    stands = {item.id: position for position, item in enumerate(known)}
    found: list[list[tuple[int, Item]]] = []
    albums: dict[str, list[tuple[int, Item]]] = {}
    fresh = _fresh(items)
    for n, item in enumerate(items):
        position = stands.get(item.id, n)
        if item.album and item.album in albums:
            albums[item.album].append((position, item))
            continue
        together = [(position, item)]
        found.append(together)
        if item.album:
            albums[item.album] = together
    return list(_runs(_part(scene, together, fresh) for together in found))


def _fresh(items: Sequence[Item]) -> frozenset[int]:
    """The evidence to keep: the same bytes once more, in whichever album they come, are no further evidence."""
    seen: set[str] = set()
    fresh = []
    for item in items:
        if item.evidence and item.content not in seen:
            fresh.append(item.evidence)
        seen |= {item.content} - {""}
    return frozenset(fresh)


def _part(scene: Scene, together: Sequence[tuple[int, Item]], fresh: frozenset[int]) -> Part:
    items = [item for _, item in together]
    told = next((item for item in items if item.words), items[0])
    placed = told if told.place else next((item for item in items if item.place), told)
    said = "\n".join(dict.fromkeys(item.words for item in items if item.words))
    return Part(
        role=_role(scene, told, said),
        items=tuple(item.id for item in items),
        first=together[0][0],
        last=together[-1][0],
        words=said,
        heard=told.heard,
        place=placed.place,
        beside=placed.beside,
        evidence=tuple(item.evidence for item in items if item.evidence in fresh),
        contents=frozenset(item.content for item in items if item.content),
        albums=frozenset(item.album for item in items if item.album),
        author=told.author,
        at=told.at,
    )


def _role(scene: Scene, item: Item, said: str) -> Role:
    if item.what == "pin":
        return Role.PIN
    of_words = role_of_words(scene, said, item.heard) if said and item.heard else Role.CHATTER
    if not item.evidence or of_words is Role.PROBLEM:
        return of_words
    return Role.VOICE if item.what == "voice" else Role.FILE


def believed(parts: Sequence[Part]) -> list[Part]:
    """The parts, where a problem that was told in jest is one after all if its writer says where it is, and else is chatter."""
    found = []
    for n, part in enumerate(parts):
        if part.role is not Role.JEST:
            found.append(part)
            continue
        behind = [each for each in parts[n + 1 :] if each.author == part.author][:1]
        where = any(each.role in (Role.PLACE, Role.PIN) and each.first - part.last <= SOON_SAID for each in behind)
        found.append(replace(part, role=Role.PROBLEM if where else Role.CHATTER))
    return found


def _runs(parts: Iterator[Part]) -> Iterator[Part]:
    """Pictures without words that follow each other and came from one writer are one part."""
    run: Part | None = None
    for part in parts:
        joins = (
            run
            and part.role is Role.FILE
            and not part.words
            and not run.words
            and bool(part.evidence) == bool(run.evidence)
        )
        if run and joins and run.author == part.author and part.first == run.last + 1:
            run = run.followed_by(part)
            continue
        if run:
            yield run
        run = part if part.role is Role.FILE else None
        if run is None:
            yield part
    if run:
        yield run
