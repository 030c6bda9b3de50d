"""Who looked at the identity of a reporter: ``/akses``, for those who watch over it."""

from bot.dialogue.knowledge import IdentitySeen
from bot.dialogue.turn import Scene, Turn

MOST_LISTED = 20


def show(scene: Scene, number: str) -> Turn:
    """Every view of the reporter's name, the newest first."""
    views = scene.know.views
    if not views:
        return scene.reply(scene.say("access_none", nomor=number), task=None, step="idle", about=number)
    lines = [scene.say("access_list", nomor=number, jumlah=len(views))]
    lines += [_line(scene, view) for view in views[:MOST_LISTED]]
    if len(views) > MOST_LISTED:
        lines.append(scene.say("access_more", jumlah=len(views) - MOST_LISTED))
    return scene.reply("\n".join(lines), task=None, step="idle", about=number)


def _line(scene: Scene, view: IdentitySeen) -> str:
    roles = ", ".join(scene.say(f"role_{role}") for role in view.roles) or "-"
    where = scene.say(f"access_{view.where}")
    return scene.say("access_line", kapan=scene.speech.moment(view.at), nama=view.name or "-", peran=roles, di=where)
