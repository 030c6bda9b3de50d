"""A report as staff see it: on a line of the queue, and whole on its card."""

from collections.abc import Iterable

from bot.dialogue.knowledge import ReportFacts, TimelineStep
from bot.dialogue.replies import Choice
from bot.dialogue.steps.correcting import told
from bot.dialogue.steps.read_back import PRIVACY_WORDS, clipped
from bot.dialogue.steps.tracking import name_in, part_line
from bot.dialogue.time_left import time_left
from bot.dialogue.turn import Scene

COMMAND_OF_MOVE = {
    "perlu_dilengkapi": "lengkapi",
    "terverifikasi": "verifikasi",
    "didisposisikan": "disposisi",
    "diproses": "proses",
    "dijadwalkan": "jadwalkan",
    "menunggu_konfirmasi": "selesai",
    "diteruskan": "teruskan",
    "ditutup": "tutup",
    "digabung": "gabung",
    "diarsipkan": "arsipkan",
    "dibuka_kembali": "buka",
    "diterima": "buka",
    "dialihkan_darurat": "darurat",
}
"""Which command makes which move."""
COMMAND_FROM = {
    ("didisposisikan", "terverifikasi"): "kembalikan",
    ("diproses", "terverifikasi"): "kembalikan",
    ("diteruskan", "terverifikasi"): "kembalikan",
    ("diteruskan", "menunggu_konfirmasi"): "kabar",
    ("digabung", "terverifikasi"): "pisah",
}
"""The same where it depends on the status that the report is in."""
WITHDRAWN, UNDONE = "dibatalkan", "diurungkan"  # the status and the reason of a part that was taken back
MOST_HISTORY = 8  # lines


def status_of(scene: Scene, report: ReportFacts) -> str:
    """What its status is called; a part of a report that was given to several agencies by mistake is void, not withdrawn."""
    last = report.timeline[-1] if report.timeline else None
    return scene.say("part_void") if last and _is_void(last, report) else scene.speech.status(report.status)


def _is_void(step: TimelineStep, report: ReportFacts) -> bool:
    return bool(report.part_of) and (step.status, step.reason) == (WITHDRAWN, UNDONE)


def listed(scene: Scene, report: ReportFacts) -> str:
    """Two lines: number, category and status; what was written and where."""
    flag = f" · {scene.say('flag_needs_check')}" if report.needs_check else ""
    first = f"{report.number} · {scene.speech.category(report.category)} · {status_of(scene, report)}{flag}"
    due = f" · {_time(scene, report)}" if report.due_at else ""
    return f"{first}\n{clipped(report.description, 90)} — {report.place or scene.say('place_unknown')}{due}"


def card(scene: Scene, report: ReportFacts) -> str:
    """Everything that this person may know of the report."""
    speech = scene.speech
    flag = f" · {scene.say('flag_needs_check')}" if report.needs_check else ""
    rows = [
        f"{report.number} · {status_of(scene, report)}{flag}",
        report.description or scene.say("staff_hidden"),
        "",
        scene.say("card_category", kategori=speech.category(report.category), jenis=scene.say(f"kind_{report.kind}")),
        scene.say("card_priority", prioritas=scene.say(f"priority_{report.priority}")),
        scene.say("card_place", lokasi=report.place or scene.say("place_unknown")),
        scene.say("card_reporter", nama=report.reporter_name or scene.say(PRIVACY_WORDS[report.privacy])),
    ]
    if report.agency:
        rows.append(scene.say("card_owner", opd=speech.agency(report.agency)))
    elif report.proposed_agency and scene.know.city.statuses[report.status].open:
        key = "card_proposal" if report.proposal_sure else "card_proposal_unsure"
        rows.append(scene.say(key, opd=speech.agency(report.proposed_agency), alasan=report.proposed_because))
        if report.category_confidence < 1:
            rows.append(scene.say("card_confidence", persen=round(report.category_confidence * 100)))
    rows += _proposals(scene, report)
    if report.part_of:
        rows.append(scene.say("card_part_of", nomor=report.part_of))
    if report.parts:
        rows += [scene.say("parts_of_report"), *(part_line(scene, part) for part in report.parts)]
    if report.referral:
        rows.append(scene.say("card_referral", instansi=report.referral.receiver, kali=report.referral.chases))
    if report.supporters:
        rows.append(scene.say("card_supporters", jumlah=report.supporters))
    if report.due_at:
        left = f" ({_time(scene, report)})" if report.time else ""
        rows.append(f"{scene.say('card_due', tenggat=speech.moment(report.due_at))}{left}")
    rows += ["", *_history(scene, report), *(f"✎ {note}" for note in report.notes)]
    return "\n".join(rows).strip()


def _proposals(scene: Scene, report: ReportFacts) -> list[str]:
    """What the reporter put right, and which reports may be the same."""
    rows = []
    if put_right := report.correction:
        becomes = f" → {told(scene, put_right)}" if put_right.can_be_taken else ""
        rows.append(scene.say("card_correction", kata=f"{clipped(put_right.words)}”{becomes}"))
    if report.similar:
        rows.append(scene.say("card_similar", nomor=report.number, daftar=", ".join(report.similar)))
    return rows


def command_of(move: str, status: str = "") -> str:
    """The command that makes this move (from this status); "" when no command does."""
    return COMMAND_FROM.get((status, move)) or COMMAND_OF_MOVE.get(move, "")


def _time(scene: Scene, report: ReportFacts) -> str:
    """How much working time is left, for a hurried reader; the bare date where nobody's working time runs."""
    time = report.time
    if time is None:
        return scene.say("due_short", tenggat=scene.speech.short_moment(report.due_at or scene.know.now))
    if time.over:
        return scene.say("time_over", sisa=time_left(scene.speech, time.over, day_and_night=time.day_and_night))
    return scene.say("time_left", sisa=time_left(scene.speech, time.left, day_and_night=time.day_and_night))


def usable(scene: Scene, moves: Iterable[str], status: str = "") -> tuple[str, ...]:
    """The moves that a command of this person makes."""
    commands = {name for name, _ in scene.know.staff.commands} if scene.know.staff else set()
    return tuple(move for move in moves if command_of(move, status) in commands)


def move_choices(scene: Scene, number: str, moves: Iterable[str], status: str = "") -> tuple[Choice, ...]:
    """A button for each of these moves that is usable."""
    commands = dict.fromkeys(command_of(move, status) for move in usable(scene, moves, status))
    return tuple(Choice(f"{command}:{number}", scene.say(f"staff_button_{command}")) for command in commands)


def _history(scene: Scene, report: ReportFacts) -> list[str]:
    lines = []
    for step in report.timeline[-MOST_HISTORY:]:
        agency = f" ({name_in(scene, step)})" if step.agency or step.receiver else ""
        note = f": {step.note}" if step.note else ""
        known = scene.say("part_void") if _is_void(step, report) else scene.speech.status(step.status)
        what = scene.say("history_answer", instansi="") if step.answer else known
        lines.append(f"• {scene.speech.short_moment(step.at)} {what.strip()}{agency}{note}")
    return lines
