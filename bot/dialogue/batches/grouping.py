"""From gathered messages to the reports in them: a photo with its words, the same problem once, talk that is no report left out.

Every message ends in exactly one place: in a report (in two where it tells two problems), or among those left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue.batches.drafts import borrowed, draft_of, endangered, lacks_place
from bot.dialogue.batches.echoes import (
    adds,
    begins_with_it,
    echoes,
    names_another,
    says_nothing_new,
    says_the_same,
    speaks_of_it,
    takes_up,
)
from bot.dialogue.batches.parts import CLEARLY, Part, Role, believed, explains_a_voice, parts_of
from bot.dialogue.batches.sameness import distance_m, nearness, placed, same_problem
from bot.dialogue.knowledge import Clause, Item
from bot.dialogue.session import Draft, Line
from bot.dialogue.steps.reading import names_a_problem, sure_category, with_place
from bot.dialogue.steps.two_places import at_point
from bot.dialogue.turn import Scene

SOON = 10 * 60  # seconds between two messages of one writer that belong together
LATEST = 3  # messages until somebody goes on: pictures and talk between do not interrupt them
PIECE = 5  # words up to which a message may be a piece of what is told, where nobody tells who wrote it
MOST_APART = 2  # messages between two that belong together, where nobody tells who wrote them
QUIET = 3  # messages that are no report are as near as one that is
OWN_AND_SOON = 2.3  # nearness of a detail to what its writer told just before
OF_ONE_ALBUM = 0.7  # nearness of pictures to the words under the one just before them
NEAR_PIN_M = 1500.0  # a point farther from the place in words is that of another problem


@dataclass(frozen=True, slots=True)
class Grouped:
    """The reports that were found, and the messages that are none."""

    lines: tuple[Line, ...]
    left: tuple[int, ...] = ()


@dataclass(slots=True)
class Row:
    """A report while it grows, with the parts that went into it."""

    line: Line
    first: int  # where it stands among the reports: those found before come first, the others as they were told
    parts: list[Part] = field(default_factory=list)


def grouped(scene: Scene, items: Sequence[Item], before: Sequence[Line] = ()) -> Grouped:
    """Sort messages, in the order in which they were sent, into reports; those of `before` may grow by them."""
    parts = believed(parts_of(scene, items))
    rows = [Row(line, n - len(before), _parts_before(scene, line)) for n, line in enumerate(before)]
    for n, part in enumerate(parts):
        if part.role is Role.PROBLEM:
            for clause in part.clauses():
                _tell(scene, rows, parts[:n], part, clause)
    left = [part for part in parts if part.role is Role.CHATTER]
    quiet = frozenset(place for part in left for place in range(part.first, part.last + 1))
    for role in (Role.PLACE, Role.FILE, Role.VOICE, Role.PIN, Role.DETAIL):
        for part in parts:
            if part.role is role and not _attach(scene, rows, part, quiet):
                if role in (Role.FILE, Role.VOICE):
                    rows.append(Row(_wordless(scene, part), part.first, [part]))
                else:
                    left.append(part)
    rows.sort(key=lambda row: row.first)
    outside = {id_ for part in left for id_ in part.items}
    return Grouped(tuple(row.line for row in rows), tuple(item.id for item in items if item.id in outside))


def _parts_before(scene: Scene, line: Line) -> list[Part]:
    """What went into a report of an earlier list: a picture that comes late still finds its words and its album."""
    known = scene.know.batch.items if scene.know.batch else ()
    return parts_of(scene, [item for item in known if item.id in line.items])


def _tell(scene: Scene, rows: list[Row], before: Sequence[Part], part: Part, clause: Clause) -> None:
    """A problem: with the report of the same one, or a report of its own."""
    draft = _told(scene, before, part, clause)
    if part.place is not None and _is_nowhere(draft):  # a picture that knows where it was taken
        draft = at_point(scene.with_session(draft=draft), part.place, part.beside).draft
    alike = scene.know.alike
    fitting = [row for row in rows if same_problem(scene.know.city, row.line.draft, draft, alike)]
    if names_another(clause.words):
        fitting = [row for row in fitting if nearness(row.line.draft.place, draft.place) == "near"]
    same = max(fitting, key=lambda row: alike(row.line.draft.description, draft.description), default=None)
    if same is None and echoes(clause.words) and not placed(draft):
        same = _agreed_with(scene, rows, draft, clause)
    same = same or next((row for row in reversed(rows) if _goes_on(row, before, part, draft)), None)
    if same is None:
        there = _where_it_belongs(rows, part, draft)
        rows.append(Row(Line(replace(draft, **there), part.items), part.first, [part]))
        return
    same.line = with_words(scene, same.line, part, clause)
    if draft.danger and not same.line.draft.danger:
        same.line = replace(same.line, draft=endangered(same.line.draft, draft))
    same.parts.append(part)


def _where_it_belongs(rows: list[Row], part: Part, draft: Draft) -> dict[str, Any]:
    """The place of the problem told just before, for one that only speaks of what belongs there ("lampunya mati")."""
    just = next((row for row in rows if any(part.first - each.last == 1 for each in row.parts)), None)
    if just is None or placed(draft) or draft.danger or not begins_with_it(part.words):
        return {}
    told = just.line.draft
    names = ("place", "place_words", "place_options", "place_settled")
    return {name: getattr(told, name) for name in names}


def _told(scene: Scene, before: Sequence[Part], part: Part, clause: Clause) -> Draft:
    """The report that a clause tells; where it only names one more place, what is wrong is taken from what was told before."""
    draft = draft_of(scene, clause.words, clause.heard, part.evidence)
    if not takes_up(clause.words) or not placed(draft):
        return draft
    told = (each for each in reversed(before) if each.heard and names_a_problem(scene, each.heard))
    subject = next(told, None)
    if subject is None or subject.heard is None:
        return draft
    if draft.danger and says_nothing_new(clause.words, clause.heard.place_words, subject.words):
        draft = draft_of(scene, clause.words, replace(clause.heard, danger=None), part.evidence)
    named = names_a_problem(scene, clause.heard) and clause.heard.categories[0][1] >= CLEARLY
    return draft if draft.danger or named else borrowed(scene, draft, subject.heard)


def _agreed_with(scene: Scene, rows: list[Row], draft: Draft, clause: Clause) -> Row | None:
    """The problem that somebody goes along with: the last of the same kind, else the last one told; None where they add another."""
    kinds = {draft.category, sure_category(scene, clause.heard)}
    alike = next((row for row in reversed(rows) if row.line.draft.category in kinds), None)
    another = draft.danger or (adds(clause.words) and clause.heard.category_sure)
    if says_the_same(clause.words):
        another = names_a_problem(scene, clause.heard)
    return alike or (None if another or not rows else rows[-1])


def _goes_on(row: Row, before: Sequence[Part], part: Part, draft: Draft) -> bool:
    """Whether a problem is the next piece of the one told just before, as people type who send before they have finished."""
    told = row.line.draft
    if told.category != draft.category or told.danger or draft.danger or (placed(told) and placed(draft)):
        return False
    told_since = [each.last for each in before if each.role is Role.PROBLEM]
    last = [each for each in row.parts if each.last == max(told_since, default=-1) and part.first - each.last <= LATEST]
    just = [each for each in last if part.first - each.last <= 1]
    own = any(each.author and each.author == part.author and abs(each.at - part.at) <= SOON for each in last)
    unknown = any(not each.author and not part.author and _is_piece(each) for each in just)
    of_it = bool(last) and not placed(draft) and (speaks_of_it(part.words) or adds(part.words))
    return own or of_it or (unknown and _is_piece(part))


def _is_piece(part: Part) -> bool:
    return 0 < len(part.words.split()) <= PIECE


def with_words(scene: Scene, line: Line, part: Part, clause: Clause) -> Line:
    """The report with the same problem in other words: what these know better is taken from them."""
    draft = line.draft
    fuller = scene.with_session(draft=draft)
    if clause.words not in draft.description:
        fuller = fuller.with_draft(description=f"{draft.description}\n{clause.words}".strip())
    fuller = with_place(fuller, clause.heard)
    return _with_files(replace(line, draft=fuller.draft), part)


def _with_files(line: Line, part: Part) -> Line:
    files = tuple(dict.fromkeys((*line.draft.evidence, *part.evidence)))
    items = tuple(dict.fromkeys((*line.items, *part.items)))
    return replace(line, draft=replace(line.draft, evidence=files), items=items)


def _wordless(scene: Scene, part: Part) -> Line:
    """A picture or a voice note that belongs to no words: somebody has to say what it is."""
    if part.heard and part.words and (part.heard.place or part.heard.place_options):
        placed = with_place(scene.with_session(draft=Draft(evidence=part.evidence)), part.heard).draft
        return Line(placed, part.items)
    return Line(Draft(evidence=part.evidence), part.items)


# ---------------------------------------------------------------- what belongs to a problem


def _attach(scene: Scene, rows: list[Row], part: Part, quiet: frozenset[int]) -> bool:
    """Give a picture, a point, a place or a detail to the report that it belongs to; whether there is one.

    ``quiet``: where messages stand that are no report.
    """
    if part.role is Role.DETAIL and echoes(part.words) and (told := _gone_along_with(scene, rows, part)):
        told.line = _with_part(scene, told.line, part)
        told.parts.append(part)
        return True
    again = next((row for row in rows if any(_is_of(each, part) for each in row.parts)), None)
    if again is not None:  # the same bytes once more, or a late picture of the same album
        again.line = _with_files(again.line, part)
        return True
    fits = [(_fit(scene, row, part, quiet), -n, row) for n, row in enumerate(rows)]
    best = max(fits, key=lambda each: each[:2], default=None)
    if best is None or best[0] <= 0:
        return False
    best[2].line = _with_part(scene, best[2].line, part)
    best[2].parts.append(part)
    return True


def _gone_along_with(scene: Scene, rows: list[Row], part: Part) -> Row | None:
    """The problem that was told last before this; of its own kind, where words that begin by agreeing name one."""
    named = sure_category(scene, part.heard) if part.heard and names_a_problem(scene, part.heard) else ""
    before = [
        (each.last, n)
        for n, row in enumerate(rows)
        for each in row.parts
        if each.last < part.first and named in ("", row.line.draft.category)
    ]
    return rows[max(before)[1]] if before else None


def _is_nowhere(draft: Draft) -> bool:
    return draft.place is None and not draft.place_options


def _is_of(one: Part, part: Part) -> bool:
    return bool(part.contents & one.contents or part.albums & one.albums)


def _with_part(scene: Scene, line: Line, part: Part) -> Line:
    fuller = scene.with_session(draft=line.draft)
    if part.words and part.words not in line.draft.description and line.draft.description:
        fuller = fuller.with_draft(description=f"{line.draft.description}\n{part.words}")
    if part.words and part.heard:
        fuller = with_place(fuller, part.heard)
    if part.words and part.role is Role.PLACE and fuller.draft.place is None and not fuller.draft.place_words:
        fuller = fuller.with_draft(place_words=part.words)
    if part.place is not None and (part.role is Role.PIN or _is_nowhere(fuller.draft)):
        named = fuller.draft.place
        said = fuller.draft.place_words or (named.name if named else "")
        fuller = at_point(fuller.with_draft(place_words=said), part.place, part.beside, named)
    return _with_files(replace(line, draft=fuller.draft), part)


def _fit(scene: Scene, row: Row, part: Part, quiet: frozenset[int]) -> float:
    """How well a part fits a report: by writer, time and order first, then by what the report still lacks. 0: not at all."""
    score = max((_nearness(each, part, quiet) for each in row.parts), default=0.0)
    if score <= 0:
        return 0.0
    if part.role in (Role.VOICE, Role.DETAIL):  # only their own writer's words can explain them
        own = any(each.author and each.author == part.author for each in row.parts)
        own = own or (part.role is Role.VOICE and any(explains_a_voice(each.words) for each in row.parts))
        return score if own and (part.role is Role.VOICE or score > OWN_AND_SOON) else 0.0
    if part.role in (Role.PIN, Role.PLACE):
        return score + _lacks_place(scene, row.line.draft, part)
    album = any(_goes_on_showing(each, part) for each in row.parts)
    return score + (OF_ONE_ALBUM if album else 0.5 if not row.line.draft.evidence else 0.0)


def _goes_on_showing(one: Part, part: Part) -> bool:
    """Whether pictures follow one with words directly, where nobody tells of albums or writers: they were sent together."""
    told = bool(one.evidence and one.words) and not (one.author or one.albums)
    return told and not part.author and part.first - one.last == 1


def _lacks_place(scene: Scene, draft: Draft, part: Part) -> float:
    """More for a report without a place; nothing at all is left for one that lies elsewhere, or needs none."""
    if draft.place is None and not draft.place_words and not lacks_place(scene, draft):
        return -10.0
    told = part.place or (part.heard.place if part.heard else None)
    metres = distance_m(draft.place, told) if draft.place and told else None
    of_a_street = draft.place and told and draft.place.kind == "street" and draft.place.kelurahan == told.kelurahan
    if part.role is Role.PLACE and not of_a_street and nearness(draft.place, told) == "far":
        return -10.0
    if metres is not None:
        return 1.5 if metres <= NEAR_PIN_M else -10.0
    if draft.place is None:
        return 1.0
    return 0.5 if draft.place.lat is None else -0.8


def _nearness(one: Part, part: Part, quiet: frozenset[int]) -> float:
    """How near two parts stand: 0 where nothing speaks for their belonging together."""
    begin, end = sorted((one, part), key=lambda each: each.first)
    apart = range(begin.last + 1, end.first)
    silent = sum(place in quiet for place in apart)
    between = len(apart) - silent + silent // QUIET
    beside = 1.0 / (1 + len(apart))
    if one.author and part.author and one.author == part.author:
        known = bool(one.at and part.at)
        return 2.0 + beside if known and abs(one.at - part.at) <= SOON else beside if between <= MOST_APART else 0.6
    follows = one.last < part.first
    if one.author and part.author:  # somebody else says where it is, or shows it, too
        return beside / 2 if follows and between == 0 and part.role in (Role.PLACE, Role.PIN, Role.FILE) else 0.0
    if part.role is Role.PLACE and not follows:  # one says what before one says where
        return beside / 3 if between == 0 else 0.0
    return beside + (0.1 if follows else 0.0) if between <= MOST_APART else 0.0
