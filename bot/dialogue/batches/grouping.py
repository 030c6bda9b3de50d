"""From gathered messages to the reports in them: a photo with its words, the same problem once, talk that is no report left out.

Every message ends in exactly one place: in a report (in two where it tells two problems), or among those left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue.batches.attaching import SOON, Row, attach, is_nowhere, with_files
from bot.dialogue.batches.drafts import borrowed, draft_of, endangered
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
from bot.dialogue.batches.parts import Part, believed, parts_of
from bot.dialogue.batches.roles import CLEARLY, Role
from bot.dialogue.batches.sameness import nearness, placed, same_problem
from bot.dialogue.knowledge import Clause, Item
from bot.dialogue.session import Draft, Line
from bot.dialogue.steps.reading import names_a_problem, sure_category, with_place
from bot.dialogue.steps.two_places import at_point
from bot.dialogue.turn import Scene

LATEST = 3  # messages until somebody goes on: pictures and talk between do not interrupt them
PIECE = 5  # words up to which a message may be a piece of what is told, where nobody tells who wrote it


@dataclass(frozen=True, slots=True)
class Grouped:
    """The reports that were found, and the messages that are none."""

    lines: tuple[Line, ...]
    left: tuple[int, ...] = ()


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
            if part.role is role and not attach(scene, rows, part, quiet):
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
    if part.place is not None and is_nowhere(draft):  # a picture that knows where it was taken
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
    return with_files(replace(line, draft=fuller.draft), part)


def _wordless(scene: Scene, part: Part) -> Line:
    """A picture or a voice note that belongs to no words: somebody has to say what it is."""
    if part.heard and part.words and (part.heard.place or part.heard.place_options):
        placed = with_place(scene.with_session(draft=Draft(evidence=part.evidence)), part.heard).draft
        return Line(placed, part.items)
    return Line(Draft(evidence=part.evidence), part.items)
