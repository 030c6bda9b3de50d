"""What belongs to a problem: a picture, a voice note, a point, a place, or a few words more."""

from dataclasses import dataclass, field, replace

from bot.dialogue.batches.drafts import lacks_place
from bot.dialogue.batches.echoes import echoes
from bot.dialogue.batches.parts import Part
from bot.dialogue.batches.roles import Role, explains_a_voice
from bot.dialogue.batches.sameness import distance_m, nearness
from bot.dialogue.session import Draft, Line
from bot.dialogue.steps.reading import names_a_problem, sure_category, with_place
from bot.dialogue.steps.two_places import at_point
from bot.dialogue.turn import Scene

SOON = 10 * 60  # seconds between two messages of one writer that belong together
MOST_APART = 2  # messages between two that belong together, where nobody tells who wrote them
QUIET = 3  # messages that are no report are as near as one that is
OWN_AND_SOON = 2.3  # nearness of a detail to what its writer told just before
OF_ONE_ALBUM = 0.7  # nearness of pictures to the words under the one just before them
NEAR_PIN_M = 1500.0  # a point farther from the place in words is that of another problem


@dataclass(slots=True)
class Row:
    """A report while it grows, with the parts that went into it."""

    line: Line
    first: int  # where it stands among the reports: those found before come first, the others as they were told
    parts: list[Part] = field(default_factory=list)


def attach(scene: Scene, rows: list[Row], part: Part, quiet: frozenset[int]) -> bool:
    """Give a picture, a point, a place or a detail to the report that it belongs to; whether there is one.

    ``quiet``: where messages stand that are no report.
    """
    if part.role is Role.DETAIL and echoes(part.words) and (told := _gone_along_with(scene, rows, part)):
        told.line = _with_part(scene, told.line, part)
        told.parts.append(part)
        return True
    again = next((row for row in rows if any(_is_of(each, part) for each in row.parts)), None)
    if again is not None:  # the same bytes once more, or a late picture of the same album
        again.line = with_files(again.line, part)
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


def is_nowhere(draft: Draft) -> bool:
    """Whether no map knows where it is."""
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
    if part.place is not None and (part.role is Role.PIN or is_nowhere(fuller.draft)):
        named = fuller.draft.place
        said = fuller.draft.place_words or (named.name if named else "")
        fuller = at_point(fuller.with_draft(place_words=said), part.place, part.beside, named)
    return with_files(replace(line, draft=fuller.draft), part)


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


def with_files(line: Line, part: Part) -> Line:
    """The report with what was sent with this part."""
    files = tuple(dict.fromkeys((*line.draft.evidence, *part.evidence)))
    items = tuple(dict.fromkeys((*line.items, *part.items)))
    return replace(line, draft=replace(line.draft, evidence=files), items=items)
