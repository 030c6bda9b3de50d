"""What corrections do to the lines of a list. A correction that cannot be done changes nothing, and is told apart from one that was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue import where_words, words
from bot.dialogue.batches import wanted as typed
from bot.dialogue.batches.drafts import (
    answered,
    calmed,
    draft_of,
    is_complete,
    lacks_words,
    moved,
    of_category,
    told_anew,
)
from bot.dialogue.batches.grouping import grouped
from bot.dialogue.batches.wanted import Correction
from bot.dialogue.knowledge import Heard, Item
from bot.dialogue.session import Batch, Draft, Line
from bot.dialogue.steps.batch_pictures import move_files, swap
from bot.dialogue.steps.numbered_lines import Lines, NoSuchLine, OnlyOne, Unclear, at, items_of
from bot.dialogue.steps.reading import category_named, category_spoken_of, names_a_problem, sure_category
from bot.dialogue.turn import Scene

MOST_BESIDE = 2  # words beside the name of a place that still leave it an answer to "where?"
LONGEST_PLACE = 10  # words


@dataclass(slots=True)
class Outcome:
    """The list after corrections, and those of them that were not understood."""

    batch: Batch
    unclear: list[Correction] = field(default_factory=list)


def applied(scene: Scene, batch: Batch, found: tuple[Correction, ...]) -> Outcome:
    """The list after these corrections, which all name the lines as they were shown.

    Raises NoSuchLine or OnlyOne, and then nothing is changed.
    """
    lines: Lines = {n: (line,) for n, line in enumerate(batch.lines, 1)}
    left = list(batch.left)
    more: list[Line] = []
    unclear = []
    for said in found:
        each = replace(said, lines=tuple(lines)) if said.lines == typed.EVERY else said
        try:
            if each.what == typed.TAKE_IN:
                more += _taken_in(scene, batch, each, left)
            else:
                ACTS[each.what](scene, lines, each, left)
        except Unclear:
            unclear.append(each)
    changed = tuple(line for n in sorted(lines) for line in lines[n])
    return Outcome(replace(batch, lines=(*changed, *more), left=tuple(left)), unclear)


def _join(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    into, *others = wanted.lines
    if not others:
        raise OnlyOne
    whole = at(lines, into)
    for number in others:
        whole = _joined(whole, at(lines, number))
        lines[number] = ()
    lines[into] = (whole,)


def _joined(one: Line, other: Line) -> Line:
    """Both lines as one report: the words of both, and of each fact the one that is known."""
    first, second = (one.draft, other.draft) if one.draft.category else (other.draft, one.draft)
    said = [draft.description for draft in (one.draft, other.draft) if draft.description]
    place = first if first.place or not (second.place or second.place_words) else second
    draft = replace(
        first,
        description="\n".join(dict.fromkeys(said)),
        place=place.place,
        place_words=place.place_words,
        place_options=place.place_options,
        place_settled=place.place_settled,
        evidence=tuple(dict.fromkeys((*one.draft.evidence, *other.draft.evidence))),
        danger=one.draft.danger or other.draft.danger,
    )
    items = tuple(dict.fromkeys((*one.items, *other.items)))
    return replace(one, draft=draft, items=items, contact=one.contact or other.contact, whose=one.whose or other.whose)


def _split(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        line = at(lines, number)
        pieces = tuple(
            replace(piece, whose=line.whose, contact=line.contact)
            for item in items_of(scene, line.items)
            for piece in _alone(scene, item)
        )
        lines[number] = pieces if len(pieces) > 1 else (line,)


def _alone(scene: Scene, item: Item) -> tuple[Line, ...]:
    """One message as a report of its own, whatever it is for the others."""
    found = grouped(scene, [item]).lines
    if found:
        return found
    if item.heard and item.words:
        return (Line(draft_of(scene, item.words, item.heard, (item.evidence,) if item.evidence else ()), (item.id,)),)
    draft = Draft(place=item.place, place_settled=item.place is not None)
    return (Line(replace(draft, evidence=(item.evidence,) if item.evidence else ()), (item.id,)),)


def _remove(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        gone = at(lines, number)
        lines[number] = ()
        still = {id_ for each in lines.values() for line in each for id_ in line.items}
        left += [id_ for id_ in gone.items if id_ not in still and id_ not in left]


def _taken_in(scene: Scene, batch: Batch, wanted: Correction, left: list[int]) -> list[Line]:
    if any(not 1 <= number <= len(batch.left) for number in wanted.lines):
        raise NoSuchLine(wanted.lines)
    taken = [batch.left[number - 1] for number in wanted.lines]
    left[:] = [id_ for id_ in left if id_ not in taken]
    return [line for item in items_of(scene, tuple(taken)) for line in _alone(scene, item)]


def _only(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        at(lines, number)
    others = tuple(number for number in lines if number not in wanted.lines and lines[number])
    _remove(scene, lines, replace(wanted, lines=others), left)


def _change(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    line = at(lines, wanted.lines[0])
    heard = _heard(scene, wanted.words)
    if not wanted.words or heard is None:
        raise Unclear
    part = wanted.part or _part_meant(scene, wanted.words, heard)
    if part == "place":
        draft = _placed(scene, line.draft, wanted.words, heard, asked=bool(wanted.part))
    elif part == "category":
        draft = _classified(scene, line.draft, wanted.words, heard)
    else:
        draft = told_anew(scene, line.draft, wanted.words, heard)
    lines[wanted.lines[0]] = (replace(line, draft=draft, apart=False),)


def _part_meant(scene: Scene, said: str, heard: Heard) -> str:
    """What is changed by words that name no part of a line."""
    if category_named(scene, said) or category_spoken_of(scene, said):
        return "category"
    placed = bool(heard.place or heard.place_options or where_words.begins_like_a_place(said))
    if placed and not sure_category(scene, heard):
        return "place"
    if placed and says_where(said, heard):
        return "place"
    if not names_a_problem(scene, heard) and len(words.plain(said).split()) < MOST_BESIDE:
        raise Unclear
    return "words"


def _classified(scene: Scene, draft: Draft, said: str, heard: Heard) -> Draft:
    named = of_category(scene, draft, said, heard)
    if named is None:
        raise Unclear
    return named


def _placed(scene: Scene, draft: Draft, said: str, heard: Heard, *, asked: bool) -> Draft:
    """The draft at the place that was said. Where the place is clear, one that no map knows stands in for it only when the place was
    spoken of; else it is a landmark there."""
    known = bool(heard.place or heard.place_options)
    if says_where(said, heard) or (asked and known):
        return moved(scene, draft, said, heard)
    if known or not where_words.sounds_like_a_place(said) or len(words.plain(said).split()) > LONGEST_PLACE:
        raise Unclear
    clear = is_complete(scene, draft) and draft.place is not None
    return answered(scene, draft, said, heard) if clear and not asked else moved(scene, draft, said, heard)


def says_where(said: str, heard: Heard) -> bool:
    """Whether words name a place that a map knows, and little else."""
    if not (heard.place or heard.place_options):
        return False
    known = set(words.plain(heard.place_words).split()) | where_words.OF_A_PLACE | words.FILLERS
    beside = [word for word in words.plain(said).split() if word not in known and not word.isdecimal()]
    return len(beside) <= MOST_BESIDE or (
        where_words.begins_like_a_place(said) and len(words.plain(said).split()) <= LONGEST_PLACE
    )


def _answer(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    line = at(lines, wanted.lines[0])
    heard = _heard(scene, wanted.words)
    if heard is None:
        raise Unclear
    lines[wanted.lines[0]] = (replace(line, draft=_answered(scene, line.draft, wanted.words, heard)),)


def _answered(scene: Scene, draft: Draft, said: str, heard: Heard) -> Draft:
    if lacks_words(draft):
        return answered(scene, draft, said, heard)
    if is_complete(scene, draft):
        return _placed(scene, draft, said, heard, asked=False)
    if not (heard.place or heard.place_options or where_words.sounds_like_a_place(said)) or where_words.tells_on(said):
        raise Unclear
    return answered(scene, draft, said, heard)


def _heard(scene: Scene, said: str) -> Heard | None:
    """What these words of the message mean by themselves."""
    heard = scene.know.heard
    if heard is None:
        return None
    return next((clause.heard for clause in heard.spoken if clause.words == said), heard)


def _whose(whose: str) -> Callable[[Scene, Lines, Correction, list[int]], None]:
    def change(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
        for number in wanted.lines:
            lines[number] = (replace(at(lines, number), whose=whose),)

    return change


def _apart(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        lines[number] = (replace(at(lines, number), apart=True, like="", like_mine=False),)


def _safe(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        line = at(lines, number)
        heard = next((item.heard for item in items_of(scene, line.items) if item.heard and item.heard.danger), None)
        if line.draft.danger and heard is not None:
            lines[number] = (replace(line, draft=calmed(scene, line.draft, heard)),)


def _contact(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    number = wanted.lines[0]
    lines[number] = (replace(at(lines, number), contact=wanted.words[:80], whose="neighbour"),)


ACTS: Mapping[str, Callable[[Scene, Lines, Correction, list[int]], None]] = {
    typed.JOIN: _join,
    typed.SPLIT: _split,
    typed.REMOVE: _remove,
    typed.CHANGE: _change,
    typed.ANSWER: _answer,
    typed.MINE: _whose("mine"),
    typed.NEIGHBOURS: _whose("neighbour"),
    typed.APART: _apart,
    typed.CONTACT: _contact,
    typed.SAFE: _safe,
    typed.ONLY: _only,
    typed.SWAP: swap,
    typed.MOVE_FILES: move_files,
}
