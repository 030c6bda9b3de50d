"""A command of the back office that nobody knows: the one that was probably meant, by a button where a tap can give it."""

from difflib import get_close_matches

from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn

NEAR = 0.7  # of `difflib`'s ratio: two letters changed places or one is missing in a word of six
BY_TAP = frozenset(
    "verifikasi lengkapi disposisi proses jadwalkan selesai gabung pisah arsipkan teruskan kabar surat tutup buka darurat"
    " kembalikan urungkan".split()
)
"""Commands that have a button."""


def unknown(scene: Scene, name: str, argument: str) -> Turn:
    """Say that nobody knows it, and which one it is like."""
    queue = to_queue(scene)
    said = scene.say("unknown_command", perintah=f"/{name}")
    commands = [command for command, _ in scene.know.staff.commands] if scene.know.staff else []
    meant = next(iter(get_close_matches(name, commands, 1, NEAR)), "")
    if not meant:
        return scene.reply(said, (queue,))
    said = scene.say("staff_meant_command", perintah=f"/{name}", usulan=f"/{meant} {argument}".strip())
    number = scene.know.named.number if scene.know.named and argument else ""
    if not number or meant not in BY_TAP:
        return scene.reply(said, (queue,))
    return scene.reply(said, (Choice(f"{meant}:{number}", scene.say(f"staff_button_{meant}")), queue))
