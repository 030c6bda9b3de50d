"""Forwarded messages: gathered without a word, read together, shown once, corrected line by line, filed with one tap."""

from dataclasses import replace

from bot.dialogue.batches import showing
from bot.dialogue.batches.drafts import is_complete
from bot.dialogue.batches.grouping import grouped
from bot.dialogue.batches.neighbourly import speaks_of_danger
from bot.dialogue.effects import CompareBatch, DropBatch, Effect, Gather, ReadBatch, WakeAfter
from bot.dialogue.events import BatchCompared, Forwarded, LocationShared, MediaShared, Origin, TextSent, UnreadableSent
from bot.dialogue.replies import Choice
from bot.dialogue.session import Batch
from bot.dialogue.steps import emergency
from bot.dialogue.steps.aftermath import SELF_HARM
from bot.dialogue.steps.patience import LEFT_ALONE
from bot.dialogue.steps.questions import next_question
from bot.dialogue.turn import Scene, Turn

MOST = 30  # messages that are read together; the others come in the next list
STEP = "batch"
NEIGHBOUR, MINE, SEND, CANCEL, LIST = "batch:neighbour", "batch:mine", "batch:send", "batch:cancel", "batch:list"


def reviewing(scene: Scene) -> bool:
    """Whether a list was shown and waits for a word."""
    batch = scene.session.batch
    return batch is not None and bool(batch.lines or batch.left) and not batch.filed and scene.session.draft is None


def gathering(scene: Scene) -> bool:
    """Whether messages are being gathered now."""
    return scene.know.batch is not None and scene.know.batch.gathering


# ---------------------------------------------------------------- gathering


def take_forwarded(scene: Scene, event: Forwarded) -> Turn:
    """Keep a forwarded message. The first of a batch is answered; danger is, each time; the others wait for the list."""
    return _gather(scene, event.content, event.origin)


def take_own(scene: Scene, content: TextSent | MediaShared | LocationShared) -> Turn:
    """What the person adds in their own words while messages are gathered or listed belongs to them."""
    return _gather(scene, content, Origin("own", "own", int(scene.know.now.timestamp())))


def _gather(scene: Scene, content: TextSent | MediaShared | LocationShared | UnreadableSent, origin: Origin) -> Turn:
    know = scene.know
    keep: tuple[Effect, ...] = (Gather(content, origin, know.heard, know.located, know.located_beside),)
    full = know.batch is not None and know.batch.count == MOST
    keep = (*keep, ReadBatch()) if full else keep
    said = content.caption if isinstance(content, MediaShared) else getattr(content, "text", "")
    if know.heard and know.heard.danger and speaks_of_danger(said, know.heard):
        key = "phrase.crisis_someone_else" if know.heard.danger.kind == SELF_HARM else "batch_danger"
        return scene.reply(scene.say(key), scene.session.offered, effects=keep)
    if full:
        return scene.reply(scene.say("batch_full", jumlah=MOST), scene.session.offered, effects=keep)
    if know.batch is None:
        return scene.reply(scene.say("batch_begun"), scene.session.offered, effects=keep)
    return scene.quietly(*keep)


def enough(scene: Scene) -> Turn:
    """The person says that this is all."""
    return scene.quietly(ReadBatch())


# ---------------------------------------------------------------- the list


def read(scene: Scene) -> Turn:
    """Sort what was gathered into reports; what came after a list was shown joins it."""
    if scene.know.batch is None:
        return scene.quietly()
    before = scene.session.batch if reviewing(scene) else None
    before = before or Batch()
    known = {id_ for line in before.lines for id_ in line.items} | set(before.left)
    fresh = [item for item in scene.know.batch.items if item.id not in known][: max(0, MOST - len(known))]
    if not fresh:
        return scene.quietly()
    found = grouped(scene, fresh, before.lines)
    batch = replace(
        before, lines=found.lines, left=(*before.left, *found.left), missing=False, lines_before=(), left_before=()
    )
    return compared(_set_aside(scene).with_session(batch=batch, nudged=False), "")


def _set_aside(scene: Scene) -> Scene:
    """A draft that was begun comes after the batch."""
    session = scene.session
    later = (session.draft, *session.later) if session.draft else session.later
    return scene.with_session(draft=None, later=later, tries=0, past=())


def compared(scene: Scene, before: str) -> Turn:
    """Look whether open reports tell the same already; then the list is shown."""
    batch = scene.session.batch
    assert batch is not None
    return scene.quietly(CompareBatch(tuple(line.draft for line in batch.lines), before), step=STEP)


def show(scene: Scene, event: BatchCompared) -> Turn:
    """The list, with what open reports tell already."""
    batch = scene.session.batch or Batch()
    like = {n: (number, mine) for n, number, mine in event.alike}
    lines = tuple(
        replace(line, like="", like_mine=False)
        if n not in like or line.apart
        else replace(line, like=like[n][0], like_mine=like[n][1])
        for n, line in enumerate(batch.lines)
    )
    return say_list(scene.with_session(batch=replace(batch, lines=lines)), event.before)


def say_list(scene: Scene, before: str = "") -> Turn:
    """Everything that is known of the batch in one bubble, and the one tap that files it."""
    batch = scene.session.batch or Batch()
    items = scene.know.batch.items if scene.know.batch else ()
    if not batch.lines:
        text = scene.say("batch_nothing", jumlah=len(batch.left))
        parts = [before, text, showing.left_out(scene, batch, items), scene.say("batch_take_in")]
        return _said(scene, parts, (Choice(CANCEL, scene.say("choice.cancel")),))
    count = len({id_ for line in batch.lines for id_ in line.items}) + len(batch.left)
    head = scene.say("batch_head", pesan=count, jumlah=len(batch.lines))
    asked = scene.know.kim.active and not all(line.whose or batch.whose for line in batch.lines)
    parts = [
        before,
        f"{head}\n{showing.listed(scene, batch)}",
        showing.left_out(scene, batch, items),
        showing.missing(scene, batch),
        how(scene),
        scene.say("batch_whose") if asked else "",
        "" if scene.know.kim.active else scene.say("privacy_in_read_back"),
    ]
    return _said(scene, parts, _choices(scene, asked=asked))


def how(scene: Scene) -> str:
    """The words that correct a list; only members report for neighbours."""
    return scene.say("batch_how" if scene.know.kim.active else "batch_how_own")


def ask_whose(scene: Scene) -> Turn:
    """ "Kirim" alone does not say whose reports they are."""
    return _said(scene, [scene.say("batch_whose_first"), scene.say("batch_whose")], _choices(scene, asked=True))


def _said(scene: Scene, parts: list[str], choices: tuple[Choice, ...]) -> Turn:
    batch = scene.session.batch or Batch()
    danger = any(line.draft.danger for line in batch.lines)
    wait = WakeAfter(emergency.SILENCE if danger else LEFT_ALONE)
    text = "\n\n".join(part for part in parts if part)
    return scene.with_session(batch=replace(batch, shown=0)).reply(text, choices, step=STEP, effects=(wait,))


def is_under_list(scene: Scene, turn: int) -> bool:
    """Whether what was tapped stood under the list as it is, or under the last question."""
    return turn == scene.session.turn or turn == (scene.session.batch or Batch()).shown != 0


def _choices(scene: Scene, *, asked: bool) -> tuple[Choice, ...]:
    cancel = Choice(CANCEL, scene.say("choice.cancel"))
    if asked:
        return (
            Choice(NEIGHBOUR, scene.say("batch_choice_neighbour")),
            Choice(MINE, scene.say("batch_choice_mine")),
            cancel,
        )
    return Choice(SEND, scene.say("choice.send")), cancel


def known_items(batch: Batch) -> tuple[int, ...]:
    """The messages that a batch has dealt with."""
    return tuple(dict.fromkeys((*(id_ for line in batch.lines for id_ in line.items), *batch.left)))


def drop(scene: Scene) -> Turn:
    """Nothing (more) of the batch is filed; a draft that waited comes next."""
    batch = scene.session.batch or Batch()
    return over(scene, scene.say("batch_dropped"), (DropBatch(known_items(batch)),))


def over(scene: Scene, text: str, effects: tuple[Effect, ...], batch: Batch | None = None) -> Turn:
    """The batch is done with; what was begun before it comes next."""
    ended = scene.with_session(batch=batch, step="idle", nudged=False)
    session = ended.session
    if not session.later:
        return ended.reply(text, effects=effects)
    waiting = ended.with_session(draft=session.later[0], later=session.later[1:])
    turn = next_question(waiting, text)
    return replace(turn, effects=(*effects, *turn.effects))


def complete(scene: Scene, batch: Batch) -> bool:
    """Whether every report of it can be filed as it is."""
    return all(is_complete(scene, line.draft) for line in batch.lines)
