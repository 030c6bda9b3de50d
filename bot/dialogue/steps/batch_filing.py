"""Filing a batch: the complete reports at once, what the others lack asked for in one message, and nothing left behind."""

from dataclasses import replace

from bot.dialogue.batches import showing
from bot.dialogue.batches.drafts import is_complete, unfinished
from bot.dialogue.effects import Effect, FileBatch, FiledLine, WakeAfter
from bot.dialogue.replies import Choice
from bot.dialogue.session import Batch, Draft, Line
from bot.dialogue.steps import batch as steps
from bot.dialogue.steps import batch_late, filing, neighbours
from bot.dialogue.turn import Scene, Turn

PATIENCE = 6 * 60 * 60  # seconds until what is missing is no longer waited for: an administrator asks
HIGH = "tinggi"


def send(scene: Scene, whose: str = "") -> Turn:
    """File what is complete; ``whose`` it is holds for every line of which nothing else was said."""
    batch = scene.session.batch or Batch()
    told = replace(batch, whose=whose or batch.whose) if scene.know.kim.active else _all_mine(batch)
    if not all(line.whose or told.whose for line in told.lines):
        return steps.ask_whose(scene.with_session(batch=told))
    if not told.lines:
        return steps.drop(scene)
    ready = tuple(line for line in told.lines if is_complete(scene, line.draft))
    return _file(scene, told, ready if not told.missing else told.lines)


def _all_mine(batch: Batch) -> Batch:
    """Who is in no KIM, or not any more, reports for nobody else."""
    return replace(batch, whose="mine", lines=tuple(replace(line, whose="", contact="") for line in batch.lines))


def send_rest(scene: Scene) -> Turn:
    """File what is left as it is: nobody can say more."""
    batch = scene.session.batch or Batch()
    told = batch if scene.know.kim.active else _all_mine(batch)
    return _file(scene, told, told.lines)


def send_answered(scene: Scene) -> Turn:
    """File what has become complete; what others lack is asked for again."""
    batch = scene.session.batch or Batch()
    told = batch if scene.know.kim.active else _all_mine(batch)
    return _file(scene, told, tuple(line for line in told.lines if is_complete(scene, line.draft)))


def ask_rest(scene: Scene) -> Turn:
    """What is still lacking, once more."""
    return _file(scene, scene.session.batch or Batch(), ())


def danger_in_silence(scene: Scene) -> Turn:
    """Nobody answered: a person must see what may be an emergency, with high priority; the rest waits on."""
    batch = scene.session.batch or Batch()
    ready = tuple(
        replace(line, draft=replace(line.draft, danger="", priority=HIGH, needs_check=True), whose=line.whose or "mine")
        for line in batch.lines
        if line.draft.danger
    )
    rest = tuple(line for line in batch.lines if not line.draft.danger)
    return _file(scene, replace(batch, lines=(*ready, *rest)), ready)


def _file(scene: Scene, batch: Batch, ready: tuple[Line, ...]) -> Turn:
    """File these lines of the batch and say their numbers; go on with the others."""
    rest = tuple(line for line in batch.lines if line not in ready)
    lines = _filed(scene, batch, ready)
    albums = (*batch.albums, *batch_late.albums_of(scene, lines))
    after = replace(batch, lines=rest, missing=bool(rest), albums=albums, lines_before=(), left_before=(), shown=0)
    effects: tuple[Effect, ...] = ()
    if lines:
        effects = (FileBatch(lines, steps.known_items(batch), over=not rest, language=scene.session.language),)
    said = _numbers_told(scene, lines) if lines else ""
    if not rest:
        told = scene.say("batch_contact_how", contoh=1) if any(line.neighbour for line in lines) else ""
        told = told or (scene.say("batch_news_here") if lines else "")
        text = "\n\n".join(part for part in (said, told) if part)
        return steps.over(scene, text, effects, _once_filed(lines, albums))
    waiting = scene.with_session(batch=after)
    if any(not line.draft.danger and is_complete(scene, line.draft) for line in rest):
        return _with(steps.say_list(scene.with_session(batch=replace(after, missing=False)), said), effects)
    text = "\n".join((scene.say("batch_missing_head"), showing.listed(waiting, after), showing.missing(waiting, after)))
    skip = (Choice("skip", scene.say("choice.skip")), Choice(steps.CANCEL, scene.say("choice.cancel")))
    return waiting.reply(
        "\n\n".join(part for part in (said, text) if part), skip, step=steps.STEP,
        effects=(*effects, WakeAfter(PATIENCE)), hope="words",
    )  # fmt: skip


def _once_filed(lines: tuple[FiledLine, ...], albums: tuple[tuple[str, str], ...]) -> Batch:
    return Batch(filed=tuple(line.number for line in lines), albums=albums)


def _with(turn: Turn, effects: tuple[Effect, ...]) -> Turn:
    return replace(turn, effects=(*effects, *turn.effects))


def _filed(scene: Scene, batch: Batch, ready: tuple[Line, ...]) -> tuple[FiledLine, ...]:
    fresh = iter(scene.know.fresh_numbers)
    lines = []
    for line in ready:
        neighbour = (line.whose or batch.whose) == "neighbour"
        draft = _as_filed(scene, line.draft)
        draft = replace(draft, privacy=neighbours.hidden(draft.privacy)) if neighbour else draft
        added = bool(line.like) and line.like_mine
        lines.append(
            FiledLine(
                draft=draft,
                items=line.items,
                number=line.like if added else next(fresh),
                parent=line.like if line.like and not added else "",
                added=added,
                neighbour=neighbour,
                contact=line.contact,
            )
        )
    return tuple(lines)


def _as_filed(scene: Scene, draft: Draft) -> Draft:
    fallback = scene.know.city.fallback_category
    whole = draft if is_complete(scene, draft) else unfinished(draft, fallback)
    described = whole.description or scene.say("batch_without_words")
    return replace(
        whole, description=described, priority=filing.priority(scene.with_session(draft=whole)), similar_settled=True
    )


def _numbers_told(scene: Scene, lines: tuple[FiledLine, ...]) -> str:
    told = [f"{n}. {_told(scene, line)}" for n, line in enumerate(lines, 1)]
    urgent = [scene.say("batch_danger_filed")] if any(line.draft.danger for line in lines) else []
    return "\n".join([*urgent, scene.say("batch_filed", jumlah=len(lines)), *told])


def _told(scene: Scene, line: FiledLine) -> str:
    what = f"{line.number} {scene.speech.category(line.draft.category)}: {showing.place_in(scene, line.draft)}"
    if line.added:
        return f"{what} [{scene.say('batch_filed_added')}]"
    if line.parent:
        return f"{what} [{scene.say('batch_filed_joined', nomor=line.parent)}]"
    return f"{what} [{scene.say('batch_filed_check')}]" if line.draft.needs_check else what
