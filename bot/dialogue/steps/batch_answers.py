"""What people answer to the list of a batch: a tap, one word, or corrections line by line."""

from dataclasses import replace

from bot.dialogue import where_words, words
from bot.dialogue.batches import showing
from bot.dialogue.batches import wanted as typed
from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.batches.drafts import draft_of, is_complete
from bot.dialogue.batches.sentences import speaks_of_lines
from bot.dialogue.batches.wanted import Correction
from bot.dialogue.events import ActRefused
from bot.dialogue.replies import Choice
from bot.dialogue.session import Batch, Line
from bot.dialogue.steps import batch as steps
from bot.dialogue.steps import batch_filing, changing, small_talk
from bot.dialogue.steps.batch_lines import applied
from bot.dialogue.steps.numbered_lines import NoSuchLine, OnlyOne
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.steps.reading import names_a_problem
from bot.dialogue.turn import Scene, Turn

TO_SEND = frozenset("kirim kirimkan kirimin dikirim kintun kintunkeun dikintun send".split())
AS_WHOSE = (
    frozenset("milik punya kagungan untuk kanggo atas nama laporan sebagai jadi for".split())
    | words.FILLERS
    | typed.ALL
)
MINE = frozenset("saya abdi sendiri nyalira mine me".split())
NEIGHBOURS = frozenset("tetangga tatangga warga neighbour neighbours neighbor".split())
FOR_OTHERS = frozenset({typed.NEIGHBOURS, typed.CONTACT})
"""What only a member may say of a line."""
SHOW = frozenset({"daftar", "lihat", "lihat daftar", "tingali", "daptar", "list", "show"})
ENOUGH = frozenset(
    "sudah selesai cukup lanjut segitu semua itu aja saja beres parantos cekap sakitu rengse done enough enggeus geus ges tos atos"
    " eta sagitu sakieu sadaya sadayana kabeh kabehna mung ngan bae that s all".split()
)
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
    around = TO_SEND | AS_WHOSE
    if said & MINE and said <= MINE | around:
        return batch_filing.send(scene, "mine")
    if said & NEIGHBOURS and said <= NEIGHBOURS | around:
        return _send_for_neighbours(scene)
    if privacy := changing.privacy_in(scene, text):
        return _shown_as(scene, privacy)
    if words.plain(text) in SHOW:
        return show(scene)
    everything = said & TO_SEND and said <= TO_SEND | words.FILLERS | typed.ALL
    if everything or words.named(text, (scene.speech.choice("send"),), city):
        return batch_filing.send(scene)
    return None


def _send_for_neighbours(scene: Scene) -> Turn:
    """The reports are neighbours', who agreed: only a member can say so."""
    if scene.know.kim.active:
        return batch_filing.send(scene, "neighbour")
    return _refused(scene, scene.say("kim_members_only"))


def _shown_as(scene: Scene, privacy: str) -> Turn:
    """All reports of the list with the name shown, hidden, or confidential."""
    batch = scene.session.batch or Batch()
    lines = tuple(
        replace(line, draft=replace(line.draft, privacy=privacy, privacy_chosen=True)) for line in batch.lines
    )
    after = replace(batch, lines=lines, lines_before=batch.lines, left_before=batch.left)
    return _again(scene, after, scene.say("phrase.changed"))


def show(scene: Scene) -> Turn:
    """The list once more: all of it, or what is still lacking where the rest is filed."""
    missing = scene.session.batch and scene.session.batch.missing
    return batch_filing.ask_rest(scene) if missing else steps.say_list(scene)


def take_other(scene: Scene, text: str) -> Turn:
    """Other words while the list waits: what one report lacks, one more problem, or nothing that we understand."""
    heard, batch = scene.know.heard, scene.session.batch or Batch()
    if speaks_of_lines(text):
        return not_understood(scene)
    lacking = [n for n, line in enumerate(batch.lines, 1) if not is_complete(scene, line.draft)]
    if heard is not None:
        placed = heard.place or heard.place_options or where_words.begins_like_a_place(text)
        if len(lacking) == 1 and (placed or batch.missing):
            return corrected(scene, (Correction(typed.ANSWER, (lacking[0],), words=text),))
        problem = names_a_problem(scene, heard)
        if problem and not small_talk.is_plain_answer(scene, text) and not batch.missing:
            added = Line(draft_of(scene, text, heard), ())
            after = replace(batch, lines=(*batch.lines, added), lines_before=batch.lines, left_before=batch.left)
            return _again(scene, after, scene.say("added"))
    return not_understood(scene)


def not_understood(scene: Scene) -> Turn:
    """Nothing was changed, and the words that would change something."""
    return _refused(scene, f"{scene.say('batch_not_understood')}\n\n{steps.how(scene)}")


def _refused(scene: Scene, text: str) -> Turn:
    """Nothing was changed. Only the list is offered: a bare number typed now means a line, and must file nothing. What was offered under
    the list itself can still be tapped there."""
    batch = scene.session.batch or Batch()
    standing = scene.with_session(batch=replace(batch, shown=batch.shown or scene.session.turn))
    return standing.reply(text, (Choice(steps.LIST, scene.say("batch_choice_list")),), step=steps.STEP)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap under the list; None for anything else."""
    if not steps.reviewing(scene):
        return None
    match value:
        case steps.NEIGHBOUR:
            return _send_for_neighbours(scene)
        case steps.MINE:
            return batch_filing.send(scene, "mine")
        case steps.SEND:
            return batch_filing.send(scene)
        case steps.LIST:
            return show(scene)
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
    """The list after these corrections; those that were not understood are named, and change nothing."""
    batch = scene.session.batch or Batch()
    if any(each.what == typed.REMOVE and each.lines == typed.EVERY for each in found):
        return steps.drop(scene)
    if any(each.what == typed.UNDO for each in found):
        return _undone(scene, batch)
    if not scene.know.kim.active and any(each.what in FOR_OTHERS for each in found):
        return _refused(scene, scene.say("kim_members_only"))
    try:
        outcome = applied(scene, batch, found)
    except OnlyOne:
        return _refused(scene, scene.say("batch_join_two"))
    except NoSuchLine:
        return _refused(scene, scene.say("batch_no_such_line", jumlah=len(batch.lines)))
    if len(outcome.unclear) == len(found):
        return _unclear(scene, found)
    after = replace(outcome.batch, lines_before=batch.lines, left_before=batch.left)
    if not after.lines and (batch.missing or not after.left):  # the rest was filed before, or nothing is there
        return steps.drop(scene)
    if batch.missing:
        waiting = scene.with_session(batch=after)
        return batch_filing.send_answered(waiting) if outcome.unclear else batch_filing.send_rest(waiting)
    before = "\n".join((scene.say("phrase.changed"), *(_told_unclear(scene, each) for each in outcome.unclear)))
    return _again(scene, after, before)


def _undone(scene: Scene, batch: Batch) -> Turn:
    """The list as it stood before the last correction."""
    if not (batch.lines_before or batch.left_before) or batch.missing:
        return not_understood(scene)
    before = replace(
        batch, lines=batch.lines_before, left=batch.left_before, lines_before=batch.lines, left_before=batch.left
    )
    return _again(scene, before, scene.say("batch_undone"))


def _unclear(scene: Scene, found: tuple[Correction, ...]) -> Turn:
    batch = scene.session.batch or Batch()
    told = "\n".join(dict.fromkeys(_told_unclear(scene, each) for each in found))
    help_ = showing.missing(scene, batch) or steps.how(scene)
    return _refused(scene, f"{told}\n\n{help_}" if batch.missing else f"{told}\n\n{steps.how(scene)}")


def _told_unclear(scene: Scene, wanted: Correction) -> str:
    if wanted.what in (typed.SWAP, typed.MOVE_FILES):
        return scene.say("batch_swap_which")
    number = wanted.lines[0]
    if not wanted.words:
        return scene.say("batch_unclear_line", nomor=number)
    return scene.say("batch_unclear_words", nomor=number, kata=clipped(wanted.words, showing.QUOTE))


def _again(scene: Scene, batch: Batch, before: str) -> Turn:
    return steps.compared(scene.with_session(batch=batch), before)
