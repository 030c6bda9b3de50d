"""``/disposisi`` to several agencies at once: picked one after the other, or typed in one line."""

from dataclasses import replace

from bot.dialogue.effects import ShareReport
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn

STEP = "share"
LEAST, MOST_OFFERED = 2, 6
PICKED = "✓ "


def several_choice(scene: Scene) -> Choice:
    """The button beside the agencies of which one is enough."""
    return Choice("several", scene.say("staff_several"))


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """Begin to pick, pick one or put it back, or hand the report to those that were picked; None for any other tap."""
    picked = _task(scene).agencies
    match kind:
        case "several":
            return _ask(scene, picked)
        case "pick":
            return _ask(scene, tuple(id_ for id_ in picked if id_ != what) if what in picked else (*picked, what))
        case "share" if len(picked) >= LEAST:
            return share(scene, picked, _task(scene).note)
    return None


def take_words(scene: Scene, text: str) -> Turn:
    """Names that are typed are picked as well; what stands behind them is why."""
    heard = scene.know.owners_heard or scene.know.agencies_heard[:1]
    if not heard:
        return _ask(scene, _task(scene).agencies, scene.say("staff_unknown_agency", opd=text))
    kept = scene.with_session(task=replace(_task(scene), note=scene.know.behind_owners or _task(scene).note))
    return _ask(kept, tuple(dict.fromkeys((*_task(scene).agencies, *heard))))


def share(scene: Scene, agencies: tuple[str, ...], why: str) -> Turn:
    """Each agency gets a part with due times of its own; the reporter keeps one number."""
    number = _task(scene).number
    effect = ShareReport(number, _task(scene).status, agencies, why)
    see, queue = Choice(f"see:{number}", number), to_queue(scene)
    said = scene.say("staff_shared", nomor=number, opd=_names(scene, agencies))
    if scene.know.outside_heard:
        outside = _names(scene, scene.know.outside_heard)
        said = f"{said}\n\n{scene.say('staff_outside_left_out', nomor=number, instansi=outside)}"
    offered = (see, undo_choice(scene, number), queue)
    return scene.reply(said, offered, effects=(effect,), task=None, step="idle", about=number)


def _ask(scene: Scene, picked: tuple[str, ...], before: str = "") -> Turn:
    offered = tuple(
        Choice(f"pick:{id_}", f"{PICKED if id_ in picked else ''}{scene.speech.agency(id_)}"[:20])
        for id_ in dict.fromkeys((*picked, *_likely(scene, scene.know.named)))
    )
    ready = (Choice("share", scene.say("staff_share_now", jumlah=len(picked))),) if len(picked) >= LEAST else ()
    lines = [before, scene.say("staff_picked", opd=_names(scene, picked)) if picked else ""]
    lines += [scene.say("staff_unmanned", opd=scene.speech.agency(id_)) for id_ in picked if id_ in scene.know.unmanned]
    text = "\n".join(line for line in (*lines, scene.say("staff_ask_several")) if line)
    stop = Choice("stop", scene.say("choice.cancel"))
    task = replace(_task(scene), agencies=picked)
    return scene.reply(text, (*ready, *offered, stop), hope="words", step=STEP, task=task)


def _likely(scene: Scene, report: ReportFacts | None) -> tuple[str, ...]:
    """The agencies of the city that may have to do with it, the proposed one first."""
    city = scene.know.city
    if report is None:
        return ()
    category = city.categories[report.category]
    likely = dict.fromkeys((report.proposed_agency, category.owner, *category.support))
    return tuple(id_ for id_ in likely if id_ and city.agencies[id_].inside_city)[:MOST_OFFERED]


def _names(scene: Scene, agencies: tuple[str, ...]) -> str:
    return ", ".join(scene.speech.agency(agency) for agency in agencies)


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
