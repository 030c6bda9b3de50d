"""The back office by chat: the queue, a report's card, and the moves that the person may make.

Rights and the lifecycle are checked by the services; what they refuse is told by `staff_refusals`.
"""

from collections.abc import Callable, Mapping

from bot.dialogue.events import (
    ChoicePicked,
    CommandGiven,
    Event,
    MediaShared,
    SilenceFell,
    TextSent,
)
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.report_numbers import IN_WORDS, PIECE
from bot.dialogue.session import Task
from bot.dialogue.steps import (
    access,
    agency_group,
    asking,
    broadcasting,
    closing,
    closures,
    correcting,
    desk_lists,
    exchange,
    figures,
    group_desk,
    handling,
    joining,
    masking,
    message_list,
    mistyped,
    moving,
    person,
    referring,
    remarks,
    saved,
    scheduling,
    sharing,
    staff_language,
    summary_of_week,
    undoing,
)
from bot.dialogue.steps.card import card, move_choices
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import language_named, plain, words_for

MOST_NUMBERS = 5  # on buttons
MOST_PICTURES = 3  # of the problem, and as many of the result


def advance(scene: Scene, event: Event) -> Turn:
    """Play one event of a staff talk; nobody but staff gets more than a polite refusal."""
    if isinstance(event, SilenceFell):
        return scene.quietly()
    event = saved.meant(scene, event)
    if scene.know.agency_group is not None and (here := agency_group.guard(scene, event)):
        return here
    if isinstance(event, CommandGiven) and event.name == "start" and event.argument:
        return joining.join(scene, event.argument)
    if scene.know.staff is None:
        return scene.reply(scene.say("phrase.staff_refusal", kanal_warga=scene.know.citizen_channel))
    if passed := saved.unknown_in(scene, event) or person.relay(scene, event):
        return passed
    match event:
        case CommandGiven(name, argument):
            return _command(scene, name, argument)
        case ChoicePicked(value, turn):
            return _picked(scene, value, turn)
        case TextSent(text):
            return _text(scene, text)
        case MediaShared():
            return _file(scene, event)
        case _:
            return scene.reply(scene.say("staff_not_understood"), scene.session.offered)


# ---------------------------------------------------------------- commands


def _command(scene: Scene, name: str, argument: str) -> Turn:
    staff = scene.know.staff
    assert staff is not None
    name = ALSO.get(name, name)
    act = ACTS.get(name)
    if act is None:
        return mistyped.unknown(scene, name, argument)
    if name not in {command for command, _ in staff.commands} and name not in FREE:
        return scene.reply(scene.say("staff_command_not_yours", perintah=f"/{name}"), _queue_choice(scene))
    return act(scene, argument)


def _see(scene: Scene, argument: str) -> Turn:
    """``/lihat``: a report's card with the moves that are possible."""
    if argument.strip() and not scene.know.number_heard:  # nothing else is shown instead of what was asked for
        listed = tuple(choice for choice in scene.session.offered if choice.value.startswith("see:"))
        return scene.reply(scene.say("phrase.ask_number"), listed or _queue_choice(scene))
    report = named(scene)
    if isinstance(report, Turn):
        return report
    theirs = correcting.take_over_choice(scene, report)
    offered = (*theirs, *move_choices(scene, report.number, report.moves, report.status), *_queue_choice(scene))
    shown = (*report.photos[:MOST_PICTURES], *report.proofs[-MOST_PICTURES:])
    enclosed = (f"map:{report.number}",) if report.on_map else ()
    return scene.reply(
        card(scene, report), offered, photos=shown, enclosed=enclosed, task=None, step="idle", about=report.number
    )


def _access(scene: Scene, argument: str) -> Turn:
    """``/akses``: who looked at the reporter of a report."""
    report = named(scene)
    return report if isinstance(report, Turn) else access.show(scene, report.number)


def _messages(scene: Scene, argument: str) -> Turn:
    """``/pesan``: what became of every message about a report."""
    report = named(scene)
    return report if isinstance(report, Turn) else message_list.show(scene, report)


def _help(scene: Scene, argument: str) -> Turn:
    staff = scene.know.staff
    assert staff is not None
    one = dict(staff.commands).get(argument.strip().lower().removeprefix("/"))
    if one:
        return scene.reply(scene.say(one), _queue_choice(scene))
    lines = [scene.say(help_id) for _, help_id in staff.commands]
    return scene.reply("\n".join([scene.say("staff_help"), *lines]), _queue_choice(scene))


def _cancel(scene: Scene, argument: str) -> Turn:
    return scene.reply(scene.say("staff_cancelled"), _queue_choice(scene), task=None, step="idle")


def _begin(command: str) -> Callable[[Scene, str], Turn]:
    """A command about one report: find it, remember it as the task, ask the first question of that command."""

    def begin(scene: Scene, argument: str) -> Turn:
        report = named(scene)
        if isinstance(report, Turn):
            return report
        if several := _several(scene, command, argument):
            return several
        task = Task(command, report.number, report.status, note=_after_number(scene, argument))
        return BEGIN[command](scene.with_session(task=task, about=report.number, step=command), report)

    return begin


def _several(scene: Scene, command: str, argument: str) -> Turn | None:
    """More numbers than the command takes, or a piece of one: nothing is done to the wrong report. None where all is well."""
    first, numbers = argument.strip().partition(" ")[0], IN_WORDS.findall(argument)
    if not scene.know.number_heard and PIECE.fullmatch(first):
        return scene.reply(scene.say("staff_whole_number", potongan=first), _queue_choice(scene))
    if len(set(numbers)) < 2 or command == "gabung" or IN_WORDS.sub(" ", argument).strip(" ,;&+"):
        return None
    each = tuple(Choice(f"{command}:{number.upper()}", number.upper()) for number in dict.fromkeys(numbers))
    return scene.reply(
        scene.say("staff_one_number", perintah=f"/{command}"), (*each[:MOST_NUMBERS], *_queue_choice(scene))
    )


BEGIN: Mapping[str, Callable[[Scene, ReportFacts], Turn]] = {
    **handling.BEGIN,
    "catatan": remarks.begin,
    "foto": masking.begin,
    "teruskan": referring.begin,
    "kabar": referring.begin_answer,
    "surat": referring.begin_letter,
    "cabut": referring.begin_revoking,
    "tutup": closing.begin,
    "arsipkan": moving.begin_archive,
    "kembalikan": moving.begin_return,
    "gabung": moving.begin_join,
    "pisah": moving.begin_split,
    "buka": moving.begin_open,
    "urungkan": undoing.begin,
    "darurat": moving.begin_emergency,
    "lengkapi": asking.begin,
    "jadwalkan": scheduling.begin,
}
"""By command: what it does first with the report that was named."""

ACTS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "start": desk_lists.queue,
    "antrean": desk_lists.queue,
    "cari": desk_lists.search,
    "tugas": desk_lists.today,
    "rekap": summary_of_week.show,
    "kim": group_desk.kim,
    "siaran": broadcasting.show,
    "libur": closures.show,
    "lihat": _see,
    "grup": agency_group.offer_code,
    "statistik": figures.show,
    "sp4n": exchange.export,
    "undang": joining.invite,
    "templat": saved.command,
    "keluar": joining.leave,
    "balas": person.answer,
    "akses": _access,
    "pesan": _messages,
    "bahasa": staff_language.choose,
    "bantuan": _help,
    "help": _help,
    "batal": _cancel,
    **{command: _begin(command) for command in BEGIN},
}
WORDS: Mapping[str, Callable[[Scene, str], Turn]] = {
    **broadcasting.WORDS,
    "catatan": remarks.take_words,
    masking.STEP: masking.take_words,
    masking.APPROVE: masking.take_words,
    "kabar": referring.take_answer,
    "tutup": closing.take_words,
    "kembalikan": moving.give_back,
    "gabung": moving.join,
    "buka": moving.open_again,
    "darurat": moving.to_emergency,
    "arsipkan": moving.ask_reason,
    "lengkapi": asking.take_words,
    "jadwalkan": scheduling.take_words,
    sharing.STEP: sharing.take_words,
    **dict.fromkeys(("refer_menu", "refer_to", "refer_reason", "refer_way", "refer_reference"), referring.take_words),
}
"""By step: what takes the words that are typed then."""
OPENING = frozenset({"siaran", "libur", "bahasa"})
"""Commands about no report that a tap may give."""
ALSO = {"status": "pesan"}
"""Other names of commands, for who knows them from the citizens' talk."""
FREE = frozenset({"start", "help", "batal", "bahasa"})
"""What needs no right of its own."""


# ---------------------------------------------------------------- files, words and taps


def _file(scene: Scene, event: MediaShared) -> Turn:
    if scene.session.campaign is not None:
        return broadcasting.take_file(scene, event)
    if exchange.brings_sheet(scene, event):
        return exchange.await_file(scene, event)
    if scene.session.step in (masking.STEP, masking.APPROVE) and scene.session.task:
        return masking.take_file(scene, event)
    if scene.session.step == "kabar" and scene.session.task:
        return referring.take_file(scene, event)
    return handling.take_file(scene, event)


def _text(scene: Scene, text: str) -> Turn:
    if scene.session.task and plain(text) in words_for(scene.know.city.choices["cancel"]):
        return _cancel(scene, text)
    if scene.session.step in WORDS and scene.session.task:
        return WORDS[scene.session.step](scene, text)
    if scene.session.task:
        return handling.take_words(scene, text)
    if scene.know.number_heard:
        return _see(scene, text)
    if language := language_named(plain(text)):
        return staff_language.choose(scene, language)
    return scene.reply(scene.say("staff_not_understood"), scene.session.offered or _queue_choice(scene))


def _picked(scene: Scene, value: str, turn: int) -> Turn:
    """Taps that open something are always good; those that answer a question only for that question."""
    kind, _, what = value.partition(":")
    if kind in TAPS:
        return TAPS[kind](scene, what)
    if kind in BEGIN or kind in OPENING:
        return _command(scene, kind, what)
    if turn == scene.session.turn and (left := joining.take_choice(scene, kind)):
        return left
    asked = scene.session.task and value in {choice.value for choice in scene.session.offered}
    if turn != scene.session.turn or not asked:
        return scene.reply(scene.say("stale_choice"), scene.session.offered or _queue_choice(scene))
    return (
        broadcasting.take_choice(scene, kind, what)
        or asking.take_choice(scene, kind, what)
        or correcting.take_choice(scene, kind, what)
        or masking.take_choice(scene, kind, what)
        or moving.take_choice(scene, kind, what)
        or referring.take_choice(scene, kind, what)
        or sharing.take_choice(scene, kind, what)
        or handling.take_choice(scene, kind, what)
    )


def _result(scene: Scene, number: str) -> Turn:
    report = named(scene)
    return report if isinstance(report, Turn) else referring.claim_result(scene, report.number)


def _theirs(scene: Scene, number: str) -> Turn:
    report = named(scene)
    return report if isinstance(report, Turn) else correcting.take_over(scene, report)


def _saved(scene: Scene, name: str) -> Turn:
    return saved.take_choice(scene, name, _text)


TAPS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "see": _see,
    "queue": desk_lists.queue,
    "found": desk_lists.search,
    "figures": figures.turn_to,
    "result": _result,
    correcting.THEIRS: _theirs,
    saved.KIND: _saved,
    person.CLAIM: person.claim,
    "halt": broadcasting.halt,
}
"""By kind of a tap that is always good: what it opens."""


def opens_by_tap(value: str) -> bool:
    """Whether a choice opens something of the back office, whenever it is tapped."""
    kind = value.partition(":")[0]
    return kind in TAPS or kind in BEGIN or kind in OPENING


def named(scene: Scene) -> ReportFacts | Turn:
    """The report that was named, or the one that was looked at last; else the turn that asks for a number."""
    know = scene.know
    if know.number_mistyped:
        return scene.reply(scene.say("number_mistyped", nomor=know.number_heard), _queue_choice(scene))
    if know.named is None and know.number_heard:
        return scene.reply(scene.say("staff_unknown_report", nomor=know.number_heard), _queue_choice(scene))
    return know.named or scene.reply(scene.say("phrase.ask_number"), _queue_choice(scene))


def _after_number(scene: Scene, argument: str) -> str:
    """What stands behind the number in a command."""
    if not scene.know.number_heard:
        return argument.strip()
    head, _, rest = argument.strip().partition(" ")
    return rest.strip() if any(character.isdigit() for character in head) else argument.strip()


def _queue_choice(scene: Scene) -> tuple[Choice, ...]:
    return (to_queue(scene),)
