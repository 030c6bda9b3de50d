"""``/pesan``: whether each message about a report was really delivered, and if not, why."""

from bot.dialogue.knowledge import MessageFacts, ReportFacts
from bot.dialogue.turn import Scene, Turn

MOST_LISTED = 15


def show(scene: Scene, report: ReportFacts) -> Turn:
    """The newest messages, oldest first; those to staff are only counted."""
    told = [each for each in scene.know.messages if each.to != "staff"]
    staff = len(scene.know.messages) - len(told)
    lines = [scene.say("messages_of", nomor=report.number, jumlah=len(told), petugas=staff)]
    lines += [_line(scene, each) for each in told[-MOST_LISTED:]]
    if not told:
        lines = [scene.say("messages_none", nomor=report.number, petugas=staff)]
    return scene.reply("\n".join(lines), task=None, step="idle", about=report.number)


def _line(scene: Scene, message: MessageFacts) -> str:
    line = scene.say(
        "message_line",
        kapan=scene.speech.short_moment(message.at),
        kanal=scene.say(f"channel_{message.channel}"),
        kepada=scene.say(f"message_to_{message.to}"),
        keadaan=scene.say(f"message_{message.state}"),
        isi=message.words,
    )
    why = _why(scene, message)
    return f"{line}\n  {why}" if why else line


def _why(scene: Scene, message: MessageFacts) -> str:
    """The reason, for a person; what the platform said where nobody worded it."""
    if not message.reason and not message.detail:
        return ""
    if not message.reason:
        return scene.say("message_because", alasan=message.detail)
    known = scene.say(f"channel_{message.detail}") if message.reason == "elsewhere" else message.detail
    return scene.say(f"message_because_{message.reason}", di=known)
