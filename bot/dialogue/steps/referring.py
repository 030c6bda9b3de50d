"""``/teruskan`` and ``/kabar``: a report that an outside agency must solve, and what that agency answers."""

from dataclasses import replace

from bot.dialogue.effects import MoveReport, RecordAnswer, ReferReport, RenewLink
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.steps.undoing import undo_choice
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import is_yes_or_no, plain

WAYS = ("letter", "sp4n", "phone", "chat", "visit")
MOST_RECEIVERS = 4  # offered on buttons; any other can be typed
RECEIVER, REASON, WAY, REFERENCE, MENU = "refer_to", "refer_reason", "refer_way", "refer_reference", "refer_menu"
ANSWER = "kabar"
LONGEST_NAME = 120  # characters


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """``/teruskan``: to whom? A report that lies outside already can go on to the next one, or its link be renewed."""
    task = _task(scene)
    if "diteruskan" not in report.moves:
        return scene.quietly(MoveReport(report.number, "diteruskan", task.status))
    if task.note:
        return _take_receiver(scene, task.note)
    return _menu(scene, report) if report.referral else _ask_receiver(scene, report)


def _menu(scene: Scene, report: ReportFacts) -> Turn:
    lies = report.referral
    assert lies is not None
    text = scene.say(
        "staff_referred_to", nomor=report.number, instansi=lies.receiver, tanggal=scene.speech.day(lies.since),
        kali=lies.chases,
    )  # fmt: skip
    if lies.link_until:
        text = f"{text}\n{scene.say('staff_link_until', tanggal=scene.speech.day(lies.link_until))}"
    offered = [Choice("hop", scene.say("staff_next_hop"))]
    if scene.know.links:
        offered.append(Choice("link", scene.say("staff_new_link")))
    if lies.link_until:
        offered.append(Choice("revoke", scene.say("staff_revoke_link")))
    if scene.know.city.letter:
        offered.append(Choice("letter", scene.say("staff_button_surat")))
    return scene.reply(text, (*offered, _stop(scene)), step=MENU)


def _ask_receiver(scene: Scene, report: ReportFacts) -> Turn:
    category = scene.know.city.categories[report.category]
    likely = dict.fromkeys([report.proposed_agency, category.owner, *category.support])
    agencies = scene.know.city.agencies
    outside = [id_ for id_ in likely if id_ and not agencies[id_].inside_city]
    outside = outside or [id_ for id_, agency in agencies.items() if agency.tracked and not agency.inside_city]
    offered = tuple(Choice(f"out:{id_}", scene.speech.agency(id_)[:20]) for id_ in outside[:MOST_RECEIVERS])
    asked = scene.say("staff_ask_receiver", nomor=report.number)
    return scene.reply(asked, (*offered, _stop(scene)), hope="words", step=RECEIVER)


def _take_receiver(scene: Scene, text: str) -> Turn:
    """One outside agency that we know, one of several, or a name that we do not know."""
    known = scene.know.outside_heard
    if len(known) == 1:
        return _receiver_is(scene, known[0], "")
    if known:
        offered = tuple(Choice(f"out:{id_}", scene.speech.agency(id_)[:20]) for id_ in known[:MOST_RECEIVERS])
        return scene.reply(scene.say("staff_which_receiver"), (*offered, _stop(scene)), hope="words", step=RECEIVER)
    if scene.know.agencies_heard:
        name = scene.speech.agency(scene.know.agencies_heard[0])
        return scene.reply(scene.say("staff_receiver_inside", opd=name), (_stop(scene),), hope="words", step=RECEIVER)
    return _receiver_is(scene, "", " ".join(text.split())[:LONGEST_NAME])


def _receiver_is(scene: Scene, agency: str, name: str) -> Turn:
    task = replace(_task(scene), agency=agency, receiver=name, note="")
    text = scene.say("staff_ask_refer_reason", nomor=task.number, instansi=name or scene.speech.agency(agency))
    return scene.reply(text, (_stop(scene),), hope="words", step=REASON, task=task)


def _take_reason(scene: Scene, text: str) -> Turn:
    task = replace(_task(scene), note=text.strip())
    offered = tuple(Choice(f"way:{way}", scene.say(f"staff_way_{way}")) for way in WAYS)
    return scene.reply(scene.say("staff_ask_way"), (*offered, _stop(scene)), step=WAY, task=task)


def _ask_reference(scene: Scene, way: str) -> Turn:
    task = replace(_task(scene), way=way)
    offered = (Choice("no_reference", scene.say("staff_no_reference")), _stop(scene))
    return scene.reply(scene.say("staff_ask_reference"), offered, hope="words", step=REFERENCE, task=task)


def _refer(scene: Scene, reference: str) -> Turn:
    task, know = _task(scene), scene.know
    said = plain(reference)
    if plain(scene.say("staff_no_reference")).startswith(said) or is_yes_or_no(reference, know.city) == "no":
        reference = ""  # a dash, "belum ada": there is none
    token = know.fresh_token if know.links else ""
    name = task.receiver or scene.speech.agency(task.agency)
    text = scene.say("staff_referred", nomor=task.number, instansi=name)
    if token:
        text = f"{text}\n\n{scene.say('staff_link', instansi=name, tautan=know.links + token)}"
    effect = ReferReport(
        task.number, task.status, task.agency, task.receiver, task.note, task.way, reference.strip(), token
    )
    enclosed: tuple[str, ...] = ()
    if task.way == "letter" and know.city.letter:
        text, enclosed = f"{text}\n\n{scene.say('staff_letter_enclosed')}", (_letter(task.number, token),)
    see, queue = _after(scene, task.number)
    return scene.reply(
        text, (see, undo_choice(scene, task.number), queue), enclosed=enclosed, effects=(effect,), task=None,
        step="idle", about=task.number,
    )  # fmt: skip


# ---------------------------------------------------------------- the letter and the link


def begin_letter(scene: Scene, report: ReportFacts) -> Turn:
    """``/surat``: the letter as PDF for whom it lies with now. Its link is new, as the old one's words are not kept anywhere."""
    if report.referral is None:
        return _nowhere(scene, report)
    if scene.know.city.letter is None:
        return scene.reply(scene.say("staff_no_letters"), _after(scene, report.number), task=None, step="idle")
    token = scene.know.fresh_token if scene.know.links else ""
    text = scene.say("staff_letter", nomor=report.number, instansi=report.referral.receiver)
    if token:
        text = f"{text} {scene.say('staff_letter_new_link')}"
    return scene.reply(
        text, _after(scene, report.number), enclosed=(_letter(report.number, token),),
        effects=(RenewLink(report.number, token),) if token else (), task=None, step="idle", about=report.number,
    )  # fmt: skip


def begin_revoking(scene: Scene, report: ReportFacts) -> Turn:
    """``/cabut``: the receiver can no longer answer by its link."""
    if report.referral is None:
        return _nowhere(scene, report)
    return _done(scene, scene.say("staff_link_revoked", nomor=report.number), RenewLink(report.number))


def _letter(number: str, token: str) -> str:
    return f"letter:{number}:{token}".rstrip(":")


def _nowhere(scene: Scene, report: ReportFacts) -> Turn:
    text = scene.say("staff_no_referral", nomor=report.number)
    return scene.reply(text, _after(scene, report.number), task=None, step="idle")


# ---------------------------------------------------------------- the answer of the outside agency


def begin_answer(scene: Scene, report: ReportFacts) -> Turn:
    """``/kabar``: keep what stands behind the number, or ask for it."""
    if report.referral is None:
        return _nowhere(scene, report)
    note = _task(scene).note
    if scene.file:
        return take_file(scene, replace(scene.file, caption=note))
    if note:
        return take_answer(scene, note)
    text = scene.say("staff_ask_answer", nomor=report.number, instansi=report.referral.receiver)
    return scene.reply(text, (_stop(scene),), hope="words", step=ANSWER)


def take_answer(scene: Scene, text: str, evidence: int = 0) -> Turn:
    """The reporter reads it; it may be the result as well."""
    number = _task(scene).number
    claimed = Choice(f"result:{number}", scene.say("staff_answer_is_result"))
    said = scene.say("staff_answer_kept", nomor=number)
    return scene.reply(
        said, (claimed, *_after(scene, number)), effects=(RecordAnswer(number, text, evidence),), task=None,
        step="idle", about=number,
    )  # fmt: skip


def take_file(scene: Scene, event: MediaShared) -> Turn:
    """A picture that came with the answer."""
    return take_answer(scene, event.caption or scene.say("staff_result_in_picture"), event.evidence)


def claim_result(scene: Scene, number: str) -> Turn:
    """What the outside agency answered last is the result: the reporter is asked whether it is."""
    report = scene.know.named
    if report is None or report.referral is None or not report.referral.last_answer:
        return scene.reply(
            scene.say("staff_no_answer_yet", nomor=number), _after(scene, number), task=None, step="idle"
        )
    effect = MoveReport(number, "menunggu_konfirmasi", report.status, note=report.referral.last_answer)
    text = scene.say("staff_resolved", nomor=number)
    return scene.reply(text, _after(scene, number), effects=(effect,), task=None, step="idle", about=number)


# ---------------------------------------------------------------- answers


def take_words(scene: Scene, text: str) -> Turn:
    """Words while a referral is being made."""
    match scene.session.step:
        case "refer_to" | "refer_menu":
            return _take_receiver(scene, text)
        case "refer_reason":
            return _take_reason(scene, text)
        case "refer_way":
            return _take_reason(scene, f"{_task(scene).note}\n{text}")
    return _refer(scene, text)


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """A tap while a referral is being made; None for one that is not its own."""
    number, know = _task(scene).number, scene.know
    match kind:
        case "out":
            return _receiver_is(scene, what, "")
        case "way":
            return _ask_reference(scene, what)
        case "no_reference":
            return _refer(scene, "")
        case "hop" if know.named:
            return _ask_receiver(scene, know.named)
        case "link" if know.named and know.named.referral:
            text = scene.say("staff_link", instansi=know.named.referral.receiver, tautan=know.links + know.fresh_token)
            return _done(scene, text, RenewLink(number, know.fresh_token))
        case "letter" if know.named:
            return begin_letter(scene, know.named)
        case "revoke":
            return _done(scene, scene.say("staff_link_revoked", nomor=number), RenewLink(number))
    return None


def _done(scene: Scene, text: str, effect: RenewLink) -> Turn:
    return scene.reply(
        text, _after(scene, effect.number), effects=(effect,), task=None, step="idle", about=effect.number
    )


def _after(scene: Scene, number: str) -> tuple[Choice, ...]:
    return (Choice(f"see:{number}", number), to_queue(scene))


def _stop(scene: Scene) -> Choice:
    return Choice("stop", scene.say("choice.cancel"))


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task
