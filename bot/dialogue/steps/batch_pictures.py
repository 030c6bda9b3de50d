"""Pictures that go to another line of a list; what was said under a picture stays where it is."""

from dataclasses import replace

from bot.dialogue.batches.wanted import Correction
from bot.dialogue.session import Line
from bot.dialogue.steps.numbered_lines import Lines, Unclear, at, items_of
from bot.dialogue.turn import Scene


def swap(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    """The pictures of two lines change places; where none are named, those of the only two that have some."""
    with_files = tuple(number for number in lines if lines[number] and lines[number][0].draft.evidence)
    numbers = wanted.lines or with_files
    one, other = (at(lines, number) for number in numbers) if len(numbers) == 2 else (None, None)
    if one is None or other is None or not (one.draft.evidence or other.draft.evidence):
        raise Unclear
    lines[numbers[0]] = (_with_files_of(scene, one, (other,)),)
    lines[numbers[1]] = (_with_files_of(scene, other, (one,)),)


def move_files(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    """The pictures of one line go to another; a line that was nothing but pictures is gone then."""
    source, target = (at(lines, number) for number in wanted.lines)
    if not source.draft.evidence:
        raise Unclear
    bare = _with_files_of(scene, source, ())
    lines[wanted.lines[0]] = (bare,) if bare.draft.description else ()
    lines[wanted.lines[1]] = (_with_files_of(scene, target, (target, source)),)


def _with_files_of(scene: Scene, line: Line, others: tuple[Line, ...]) -> Line:
    """The line with the files of these lines, and none else; what was said under a file stays where it is."""
    wordless = {item.id for item in items_of(scene, line.items) if item.evidence and not item.words}
    brought = [item.id for other in others for item in items_of(scene, other.items) if item.evidence and not item.words]
    kept = [id_ for id_ in line.items if id_ not in wordless]
    files = tuple(dict.fromkeys(file for other in others for file in other.draft.evidence))
    return replace(line, draft=replace(line.draft, evidence=files), items=tuple(dict.fromkeys((*kept, *brought))))
