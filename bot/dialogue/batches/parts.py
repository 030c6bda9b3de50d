"""What each gathered message is for the others: a problem, a picture, a place, a detail, or talk that is no report.

Files that were sent as one album are one part, with the words of any of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.dialogue import words
from bot.dialogue.knowledge import Clause, Danger, Heard, Item, PlaceFound
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.reading import NO_REPORT, sure_category, tells_nothing
from bot.dialogue.turn import Scene

CHATTER_AT = 0.6  # confidence from which a message among neighbours is taken as no report
SURELY_CHATTER = 0.8  # the same for one that names a category and a place, as announcements do
VAGUE_BELOW = 0.35  # confidence of the likeliest category below which words tell no problem of their own
QUESTION = "permintaan_informasi"
SHORT = 8  # words up to which a place is all that a message tells


class Role(Enum):
    """What a message is for the others."""

    PROBLEM = "it tells what is wrong"
    FILE = "a picture or a file without words of its own"
    VOICE = "a voice note, which nobody has heard yet"
    PIN = "a point on the map"
    PLACE = "it only says where"
    DETAIL = "a few words more about something"
    CHATTER = "no report"


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
    evidence: tuple[int, ...] = ()
    contents: frozenset[str] = frozenset()
    author: str = ""
    at: int = 0

    @property
    def danger(self) -> Danger | None:
        return self.heard.danger if self.heard else None

    def clauses(self) -> tuple[Clause, ...]:
        """The problems that it tells: one, or two that are surely different."""
        assert self.heard is not None
        return self.heard.two or (Clause(self.words, self.heard),)

    def followed_by(self, other: "Part") -> "Part":
        """Both as one."""
        return replace(
            self,
            items=(*self.items, *other.items),
            last=other.last,
            evidence=(*self.evidence, *other.evidence),
            contents=self.contents | other.contents,
        )


def parts_of(scene: Scene, items: Sequence[Item]) -> list[Part]:
    """The parts of a batch, in the order in which they began."""
    found: list[list[tuple[int, Item]]] = []
    albums: dict[str, list[tuple[int, Item]]] = {}
    for position, item in enumerate(items):
        if item.album and item.album in albums:
            albums[item.album].append((position, item))
            continue
        together = [(position, item)]
        found.append(together)
        if item.album:
            albums[item.album] = together
    return list(_runs(_part(scene, together) for together in found))


def _part(scene: Scene, together: Sequence[tuple[int, Item]]) -> Part:
    items = [item for _, item in together]
    told = next((item for item in items if item.words), items[0])
    said = "\n".join(dict.fromkeys(item.words for item in items if item.words))
    return Part(
        role=_role(scene, told, said),
        items=tuple(item.id for item in items),
        first=together[0][0],
        last=together[-1][0],
        words=said,
        heard=told.heard,
        place=told.place,
        evidence=tuple(item.evidence for item in items if item.evidence),
        contents=frozenset(item.content for item in items if item.content),
        author=told.author,
        at=told.at,
    )


def _role(scene: Scene, item: Item, said: str) -> Role:
    if item.what == "pin":
        return Role.PIN
    of_words = _role_of_words(scene, said, item.heard) if said and item.heard else Role.CHATTER
    if not item.evidence or of_words is Role.PROBLEM:
        return of_words
    return Role.VOICE if item.what == "voice" else Role.FILE


def _role_of_words(scene: Scene, said: str, heard: Heard) -> Role:
    """What words are; danger is always a problem, and what is no report as the reader sees it is chatter."""
    sure, placed = sure_category(scene, heard), bool(heard.place or heard.place_options)
    sure = "" if sure == scene.know.city.fallback_category else sure
    if heard.danger:
        return Role.PROBLEM
    if small_talk.is_plain_answer(scene, said) or tells_nothing(scene, said, heard):
        return Role.CHATTER
    likeliest = heard.categories[0][1]
    length = len(words.plain(said).split())
    if not sure and likeliest < VAGUE_BELOW and length <= SHORT and (placed or words.points_closer(said)):
        return Role.PLACE
    limit = SURELY_CHATTER if sure and placed else CHATTER_AT
    if heard.kind == NO_REPORT and heard.kind_confidence >= limit:
        return Role.CHATTER
    if sure or (placed and heard.kind != NO_REPORT):
        return Role.PROBLEM
    vague = likeliest < VAGUE_BELOW and length <= SHORT
    return Role.DETAIL if vague or heard.kind in (QUESTION, NO_REPORT) else Role.PROBLEM


def _runs(parts: Iterator[Part]) -> Iterator[Part]:
    """Pictures without words that follow each other and came from one writer are one part."""
    run: Part | None = None
    for part in parts:
        joins = run and part.role is Role.FILE and not part.words and not run.words
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
