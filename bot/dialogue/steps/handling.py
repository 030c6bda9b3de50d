"""What staff do with one report: verify, hand to an agency, take on, resolve. Each asks only for what the command left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.effects import AddProof, CorrectReport, MoveReport
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps import sharing
from bot.dialogue.steps.card import card, move_choices
from bot.dialogue.steps.correcting import take_place, verify_choices
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.steps.reading import category_named, category_spoken_of
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import is_yes_or_no

MOST_AGENCIES = 5  # offered on buttons; any other can be typed
MOST_CATEGORIES = 5


# ---------------------------------------------------------------- verifikasi


def _verify(scene: Scene, report: ReportFacts) -> Turn:
    if "terverifikasi" not in report.moves:
        return _move(scene, report.number, "terverifikasi")
    if note := _task(scene).note:
        return _take_category_words(scene, note)
    offered = verify_choices(scene)
    return scene.reply(
        f"{card(scene, report)}\n\n{scene.say('staff_ask_right')}",
        offered,
        photos=report.photos[:3],
        enclosed=(f"map:{report.number}",) if report.on_map else (),
    )


def _ask_category(scene: Scene, before: str = "") -> Turn:
    text = scene.say("staff_ask_category")
    return scene.reply(
        f"{before}\n\n{text}".strip(),
        (Choice("stop", scene.say("choice.cancel")),),
        hope="words",
        step="verify_category",
    )


def _take_category_words(scene: Scene, text: str) -> Turn:
    if named := category_named(scene, text) or category_spoken_of(scene, text):
        return _correct(scene, named)
    heard = scene.know.heard
    ids = [id_ for id_, _ in heard.categories[:MOST_CATEGORIES]] if heard else []
    offered = tuple(Choice(f"as:{id_}", scene.speech.category_button(id_)) for id_ in ids)
    asked = scene.say("staff_which_category", nomor=_task(scene).number, kata=clipped(text, 60))
    stop = Choice("stop", scene.say("choice.cancel"))
    return scene.reply(asked, (*offered, stop), hope="words", step="verify_category")


def _correct(scene: Scene, category: str) -> Turn:
    task = _task(scene)
    text = scene.say("staff_corrected", nomor=task.number, kategori=scene.speech.category(category))
    offered = verify_choices(scene)
    return scene.reply(
        f"{text}\n\n{scene.say('staff_ask_right')}",
        offered,
        effects=(CorrectReport(task.number, category),),
        step="verifikasi",
    )


# ---------------------------------------------------------------- disposisi


def _dispose(scene: Scene, report: ReportFacts) -> Turn:
    if "didisposisikan" not in report.moves:
        return _move(scene, report.number, "didisposisikan")
    if _task(scene).note and len(scene.know.owners_heard) > 1:
        return sharing.share(scene, scene.know.owners_heard, scene.know.behind_owners)
    if _task(scene).note and (named := _named_owner(scene)):
        return _to_agency(scene, named, scene.know.behind_owners)
    if _task(scene).note and scene.know.outside_heard:
        return _is_outside(scene)
    return _ask_agency(
        scene, report, scene.say("staff_unknown_agency", opd=_task(scene).note) if _task(scene).note else ""
    )


def _is_outside(scene: Scene) -> Turn:
    """Who was named is no agency of the city's: a report is passed on to them, and followed."""
    number, name = _task(scene).number, scene.speech.agency(scene.know.outside_heard[0])
    said = scene.say("staff_owner_outside", nomor=number, instansi=name)
    offered = (*move_choices(scene, number, ("diteruskan",)), Choice(f"see:{number}", number))
    return scene.reply(said, offered, task=None, step="idle", about=number)


def _ask_agency(scene: Scene, report: ReportFacts | None, before: str = "") -> Turn:
    category = scene.know.city.categories.get(report.category) if report else None
    proposed = [report.proposed_agency] if report and report.proposed_agency else []
    more = [id_ for id_ in (category.owner, *category.support) if id_ not in proposed] if category else []
    heard = [id_ for id_ in scene.know.agencies_heard if id_ not in proposed]
    inside = [id_ for id_ in (*proposed, *heard, *more) if scene.know.city.agencies[id_].inside_city]
    offered = tuple(Choice(f"to:{id_}", scene.speech.agency(id_)[:20]) for id_ in inside[:MOST_AGENCIES])
    because = (
        scene.say("staff_proposal", opd=scene.speech.agency(proposed[0]), alasan=report.proposed_because)
        if report and proposed
        else ""
    )
    outside = bool(report and proposed and not scene.know.city.agencies[proposed[0]].inside_city)
    refer = scene.say("staff_refer_instead", nomor=report.number) if report and outside else ""
    text = "\n".join(
        part for part in (before, because, refer, scene.say("staff_ask_agency", nomor=_task(scene).number)) if part
    )
    others = (*offered, sharing.several_choice(scene)) if report and not report.part_of else offered
    return scene.reply(text, (*others, Choice("stop", scene.say("choice.cancel"))), hope="words", step="disposisi")


def _named_owner(scene: Scene) -> str:
    """The agency that the words begin with, or else speak of."""
    return next(iter((*scene.know.owners_heard, *scene.know.agencies_heard)), "")


def _to_agency(scene: Scene, agency: str, why: str = "") -> Turn:
    task = _task(scene)
    text = scene.say("staff_disposed", nomor=task.number, opd=scene.speech.agency(agency))
    if scene.know.outside_heard and any(char in ",&+" for char in why[:1] + task.note):
        left_out = ", ".join(scene.speech.agency(each) for each in scene.know.outside_heard)
        text = f"{text}\n\n{scene.say('staff_outside_left_out', nomor=task.number, instansi=left_out)}"
    if agency in scene.know.unmanned:
        text = f"{text}\n\n{scene.say('staff_unmanned', opd=scene.speech.agency(agency))}"
    return _done(scene, text, MoveReport(task.number, "didisposisikan", task.status, note=why, agency=agency))


# ---------------------------------------------------------------- proses


def _process(scene: Scene, report: ReportFacts) -> Turn:
    if "diproses" not in report.moves:
        return _move(scene, report.number, "diproses")
    if note := _task(scene).note:
        return _processed(scene, note)
    return scene.reply(
        scene.say("staff_ask_note", nomor=report.number), (Choice("stop", scene.say("choice.cancel")),), hope="words"
    )


def _processed(scene: Scene, note: str) -> Turn:
    task = _task(scene)
    offered = move_choices(scene, task.number, ("menunggu_konfirmasi",))
    text = scene.say("staff_processed", nomor=task.number)
    return _done(scene, text, MoveReport(task.number, "diproses", task.status, note=note), offered)


# ---------------------------------------------------------------- selesai


def _resolve(scene: Scene, report: ReportFacts) -> Turn:
    if "menunggu_konfirmasi" not in report.moves:
        return _move(scene, report.number, "menunggu_konfirmasi")
    if scene.file:
        return take_file(scene, scene.file)
    stop = (Choice("stop", scene.say("choice.cancel")),)
    if not _task(scene).note:
        return scene.reply(
            scene.say(f"staff_ask_result_{_proof(scene, report)}", nomor=report.number), stop, hope="words"
        )
    return _resolved_or_proof(scene, report)


def _resolved_or_proof(scene: Scene, report: ReportFacts, evidence: tuple[int, ...] = ()) -> Turn:
    task, proof = _task(scene), _proof(scene, report)
    if proof != "text" and not evidence:
        stop = (Choice("stop", scene.say("choice.cancel")),)
        return scene.reply(scene.say(f"staff_ask_proof_{proof}", nomor=task.number), stop, hope="photo", step="selesai")
    text = scene.say("staff_resolved", nomor=task.number)
    return _done(
        scene, text, MoveReport(task.number, "menunggu_konfirmasi", task.status, note=task.note, evidence=evidence)
    )


def _proof(scene: Scene, report: ReportFacts) -> str:
    return scene.know.city.categories[report.category].proof


# ---------------------------------------------------------------- answers

BEGIN: Mapping[str, Callable[[Scene, ReportFacts], Turn]] = {
    "verifikasi": _verify,
    "disposisi": _dispose,
    "proses": _process,
    "selesai": _resolve,
}
"""By command: what it does first with the report that was named."""


def take_words(scene: Scene, text: str) -> Turn:
    """Words while a task is open."""
    report = scene.know.named
    if report is None:
        return scene.reply(scene.say("staff_unknown_report", nomor=_task(scene).number), task=None, step="idle")
    match scene.session.step:
        case "verify_place":
            return take_place(scene, text)
        case "verifikasi" if is_yes_or_no(text, scene.know.city) == "yes":
            return _verified(scene)
        case "verify_category" | "verifikasi":
            return _take_category_words(scene, text)
        case "disposisi":
            if len(scene.know.owners_heard) > 1:
                return sharing.share(scene, scene.know.owners_heard, scene.know.behind_owners)
            if scene.know.owners_heard or len(scene.know.agencies_heard) == 1:
                return _to_agency(scene, _named_owner(scene), scene.know.behind_owners)
            if scene.know.outside_heard and not scene.know.agencies_heard:
                return _is_outside(scene)
            return _ask_agency(
                scene, report, "" if scene.know.agencies_heard else scene.say("staff_unknown_agency", opd=text)
            )
        case "proses":
            return _processed(scene, text)
    task = replace(_task(scene), note=f"{_task(scene).note}\n{text}".strip())
    return _resolved_or_proof(scene.with_session(task=task), report)


def take_choice(scene: Scene, kind: str, what: str) -> Turn:
    """A tap that answers the task's question."""
    match kind:
        case "right":
            return _verified(scene)
        case "category":
            return _ask_category(scene)
        case "as":
            return _correct(scene, what)
        case "to":
            return _to_agency(scene, what)
    return scene.reply(scene.say("staff_cancelled"), (to_queue(scene),), task=None, step="idle")


def take_file(scene: Scene, event: MediaShared) -> Turn:
    """A photo or document: proof when a report is being resolved; its caption is the result where none was typed."""
    task, report = scene.session.task, scene.know.named
    if task is None and report is not None and report.status == "menunggu_konfirmasi" and scene.session.wants_photo:
        effect = AddProof(report.number, event.evidence)
        return scene.reply(
            scene.say("staff_proof_added", nomor=report.number), scene.session.offered, effects=(effect,)
        )
    if task is None or task.command != "selesai" or report is None:
        return scene.reply(scene.say("staff_file_without_task"), scene.session.offered)
    if _proof(scene, report) == "photo" and event.kind != "photo":
        return scene.reply(scene.say("staff_ask_proof_photo", nomor=task.number), scene.session.offered, hope="photo")
    said = ". ".join(dict.fromkeys(words.rstrip(". ") for words in (task.note, event.caption) if words))
    kept = scene.with_session(task=replace(task, note=said or scene.say("staff_result_in_picture")))
    return _resolved_or_proof(kept, report, (event.evidence,))


def _verified(scene: Scene) -> Turn:
    task = _task(scene)
    offered = move_choices(scene, task.number, ("didisposisikan",))
    return _done(
        scene,
        scene.say("staff_verified", nomor=task.number),
        MoveReport(task.number, "terverifikasi", task.status),
        offered,
    )


def _move(scene: Scene, number: str, to: str) -> Turn:
    """A move that cannot be made now: the lifecycle refuses it and says what is possible."""
    return scene.quietly(MoveReport(number, to, _task(scene).status))


def _done(scene: Scene, text: str, effect: MoveReport, offered: tuple[Choice, ...] = ()) -> Turn:
    """The move is made; more pictures of an album may follow the one that was the proof."""
    queue = to_queue(scene)
    resolved = effect.to == "menunggu_konfirmasi"
    return scene.reply(
        text,
        (*offered, undo_choice(scene, effect.number), queue),
        effects=(effect,),
        task=None,
        step="idle",
        about=effect.number,
        wants_photo=resolved,
    )


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
