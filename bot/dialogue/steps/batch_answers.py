"""What people answer to the list of a batch: a tap, one word, or corrections line by line."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import where_words, words
from bot.dialogue.batches import corrections as typed
from bot.dialogue.batches.corrections import Correction, corrections_in
from bot.dialogue.batches.drafts import answered, calmed, draft_of, is_complete, moved, of_category, told_anew
from bot.dialogue.batches.grouping import grouped
from bot.dialogue.events import ActRefused
from bot.dialogue.knowledge import Heard, Item
from bot.dialogue.session import Batch, Draft, Line
from bot.dialogue.steps import batch as steps
from bot.dialogue.steps import batch_filing, small_talk
from bot.dialogue.steps.reading import names_a_problem, sure_category
from bot.dialogue.turn import Scene, Turn

MINE_ALONE = frozenset("saya abdi sendiri nyalira mine me kirim milik punya untuk kanggo".split())
NEIGHBOURS_ALONE = frozenset(
    "tetangga tatangga warga neighbour neighbours neighbor kirim milik punya untuk kanggo".split()
)
SHOW = frozenset({"daftar", "lihat", "lihat daftar", "tingali", "daptar", "list", "show"})
ENOUGH = frozenset(
    "sudah selesai cukup lanjut segitu semua itu aja saja beres parantos cekap sakitu rengse done enough".split()
)
Lines = dict[int, tuple[Line, ...]]


class NoSuchLine(Exception):
    """A correction names a line that the list does not have."""


class OnlyOne(Exception):
    """One line alone cannot be joined."""


# ---------------------------------------------------------------- words


def take_words(scene: Scene, text: str) -> Turn | None:
    """An answer to the list, or "that is all" while messages are gathered; None for anything else."""
    said = words.spelt(text).split()
    if not steps.reviewing(scene):
        done = steps.gathering(scene) and scene.session.draft is None and bool(said)
        return steps.enough(scene) if done and all(word in ENOUGH | words.FILLERS for word in said) else None
    batch = scene.session.batch or Batch()
    if found := corrections_in(text):
        return corrected(scene, found)
    if words.command_in(text)[0] == "batal":
        return steps.drop(scene)
    if batch.missing and words.is_refusal(text, scene.speech.choice("skip"), scene.know.city):
        return batch_filing.send_rest(scene)
    return _one_word(scene, text, frozenset(said))


def _one_word(scene: Scene, text: str, said: frozenset[str]) -> Turn | None:
    city = scene.know.city
    if said and said <= MINE_ALONE and said & {"saya", "abdi", "mine", "me", "nyalira", "sendiri"}:
        return batch_filing.send(scene, "mine")
    if said and said <= NEIGHBOURS_ALONE and said - {"kirim", "milik", "punya", "untuk", "kanggo"}:
        return batch_filing.send(scene, "neighbour")
    if words.plain(text) in SHOW:
        return steps.say_list(scene)
    if words.picked(text, (scene.speech.choice("send"),), city):
        return batch_filing.send(scene)
    return None


def take_other(scene: Scene, text: str) -> Turn:
    """Other words while the list waits: what one report lacks, one more problem, or nothing that we understand."""
    heard, batch = scene.know.heard, scene.session.batch or Batch()
    lacking = [n for n, line in enumerate(batch.lines, 1) if not is_complete(scene, line.draft)]
    if heard is not None:
        placed = heard.place or heard.place_options or where_words.begins_like_a_place(text)
        if len(lacking) == 1 and (placed or batch.missing):
            return corrected(scene, (Correction(typed.ANSWER, (lacking[0],), words=text),))
        problem = names_a_problem(scene, heard)
        if problem and not small_talk.is_plain_answer(scene, text) and not batch.missing:
            added = Line(draft_of(scene, text, heard), ())
            return _again(scene, replace(batch, lines=(*batch.lines, added)), scene.say("added"))
    return scene.reply(scene.say("batch_not_understood"), scene.session.offered)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap under the list; None for anything else."""
    if not steps.reviewing(scene):
        return None
    match value:
        case steps.NEIGHBOUR:
            return batch_filing.send(scene, "neighbour")
        case steps.MINE:
            return batch_filing.send(scene, "mine")
        case steps.SEND:
            return batch_filing.send(scene)
        case steps.CANCEL:
            return steps.drop(scene)
        case "skip" if scene.session.batch and scene.session.batch.missing:
            return batch_filing.send_rest(scene)
    return None


def take_silence(scene: Scene, turn: int) -> Turn:
    """Nobody answered: danger is filed after two minutes, what is confirmed but incomplete after hours; a list is shown once more."""
    batch, session = scene.session.batch or Batch(), scene.session
    if turn != session.turn:
        return scene.quietly()
    if any(line.draft.danger for line in batch.lines):
        return batch_filing.danger_in_silence(scene)
    if batch.missing:
        return batch_filing.send_rest(scene)
    return scene.quietly() if session.nudged else steps.say_list(scene.with_session(nudged=True))


def refused(scene: Scene, event: ActRefused) -> Turn:
    """A report that a line was to join is closed by now: the line is a report of its own."""
    batch = scene.session.batch or Batch()
    lines = tuple(
        replace(line, like="", like_mine=False, apart=True) if line.like == event.number or not event.number else line
        for line in batch.lines
    )
    return steps.say_list(scene.with_session(batch=replace(batch, lines=lines)), scene.say("similar_gone"))


# ---------------------------------------------------------------- corrections


def corrected(scene: Scene, found: tuple[Correction, ...]) -> Turn:
    """The list after these corrections, which all name the lines as they were shown."""
    batch = scene.session.batch or Batch()
    lines: Lines = {n: (line,) for n, line in enumerate(batch.lines, 1)}
    left = list(batch.left)
    more: list[Line] = []
    if any(each.what == typed.REMOVE and each.lines == typed.EVERY for each in found):
        return steps.drop(scene)
    try:
        for said in found:
            each = replace(said, lines=tuple(lines)) if said.lines == typed.EVERY else said
            if each.what == typed.TAKE_IN:
                more += _taken_in(scene, batch, each, left)
            else:
                ACTS[each.what](scene, lines, each, left)
    except OnlyOne:
        return scene.reply(scene.say("batch_join_two"), scene.session.offered)
    except NoSuchLine:
        text = scene.say("batch_no_such_line", jumlah=len(batch.lines))
        return scene.reply(text, scene.session.offered)
    changed = tuple(line for n in sorted(lines) for line in lines[n])
    after = replace(batch, lines=(*changed, *more), left=tuple(left))
    if not after.lines and (batch.missing or not after.left):  # the rest was filed before, or nothing is there
        return steps.drop(scene)
    if batch.missing:
        return batch_filing.send_rest(scene.with_session(batch=after))
    return _again(scene, after, scene.say("phrase.changed"))


def _again(scene: Scene, batch: Batch, before: str) -> Turn:
    return steps.compared(scene.with_session(batch=batch), before)


def _at(lines: Lines, number: int) -> Line:
    if not lines.get(number):
        raise NoSuchLine(number)
    return lines[number][0]


def _join(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    into, *others = wanted.lines
    if not others:
        raise OnlyOne
    whole = _at(lines, into)
    for number in others:
        whole = _joined(whole, _at(lines, number))
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
        line = _at(lines, number)
        pieces = tuple(
            replace(piece, whose=line.whose, contact=line.contact)
            for item in _items(scene, line.items)
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


def _items(scene: Scene, ids: tuple[int, ...]) -> list[Item]:
    items = scene.know.batch.items if scene.know.batch else ()
    return [item for item in items if item.id in ids]


def _remove(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        gone = _at(lines, number)
        lines[number] = ()
        still = {id_ for each in lines.values() for line in each for id_ in line.items}
        left += [id_ for id_ in gone.items if id_ not in still and id_ not in left]


def _taken_in(scene: Scene, batch: Batch, wanted: Correction, left: list[int]) -> list[Line]:
    if any(not 1 <= number <= len(batch.left) for number in wanted.lines):
        raise NoSuchLine(wanted.lines)
    taken = [batch.left[number - 1] for number in wanted.lines]
    left[:] = [id_ for id_ in left if id_ not in taken]
    return [line for item in _items(scene, tuple(taken)) for line in _alone(scene, item)]


def _change(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    line = _at(lines, wanted.lines[0])
    heard = _heard(scene, wanted.words)
    if not wanted.words or heard is None:
        return
    part = wanted.part or _part_meant(scene, heard)
    change = {"place": moved, "category": of_category, "words": told_anew}[part]
    draft = change(scene, line.draft, wanted.words, heard)
    lines[wanted.lines[0]] = (replace(line, draft=draft, apart=False),)


def _part_meant(scene: Scene, heard: Heard) -> str:
    sure = sure_category(scene, heard)
    return "place" if (heard.place or heard.place_options) and not sure else "words"


def _answer(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    line = _at(lines, wanted.lines[0])
    heard = _heard(scene, wanted.words)
    if heard is None:
        return
    change = moved if is_complete(scene, line.draft) else answered
    lines[wanted.lines[0]] = (replace(line, draft=change(scene, line.draft, wanted.words, heard)),)


def _heard(scene: Scene, said: str) -> Heard | None:
    """What these words of the message mean by themselves."""
    heard = scene.know.heard
    if heard is None:
        return None
    return next((clause.heard for clause in heard.spoken if clause.words == said), heard)


def _whose(whose: str) -> Callable[[Scene, Lines, Correction, list[int]], None]:
    def change(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
        for number in wanted.lines:
            lines[number] = (replace(_at(lines, number), whose=whose),)

    return change


def _apart(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        lines[number] = (replace(_at(lines, number), apart=True, like="", like_mine=False),)


def _safe(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    for number in wanted.lines:
        line = _at(lines, number)
        heard = next((item.heard for item in _items(scene, line.items) if item.heard and item.heard.danger), None)
        if line.draft.danger and heard is not None:
            lines[number] = (replace(line, draft=calmed(scene, line.draft, heard)),)


def _contact(scene: Scene, lines: Lines, wanted: Correction, left: list[int]) -> None:
    number = wanted.lines[0]
    lines[number] = (replace(_at(lines, number), contact=wanted.words[:80], whose="neighbour"),)


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
}
__all__ = ["corrected", "refused", "take_choice", "take_other", "take_silence", "take_words"]
