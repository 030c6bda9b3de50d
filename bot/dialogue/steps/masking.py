"""``/foto``: a citizen's photo becomes public only as a copy that a person masked, saw and approved."""

import re

from bot.dialogue import words
from bot.dialogue.effects import ApprovePhoto, WithdrawPhoto
from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Task
from bot.dialogue.turn import Scene, Turn

STEP, APPROVE = "photo_mask", "photo_approve"
MOST_CELLS = 24  # services/masking.py: six by four
NUMBERS = re.compile(r"(\d{1,2})(?:\s*-\s*(\d{1,2}))?")
NOTHING = frozenset({"tidak ada", "tidak perlu", "kosong", "teu aya", "none", "nothing"})
ALL = frozenset({"semua", "sadayana", "all"})


def begin(scene: Scene, report: ReportFacts) -> Turn:
    """Show the photo that comes next, or the one whose place in the row was given, with numbered cells."""
    if not report.may_be_public:
        return _end(scene, scene.say("photo_never_public", nomor=report.number))
    if not report.photos:
        return _end(scene, scene.say("photo_none", nomor=report.number))
    task = scene.session.task
    asked = task.note if task else ""
    if asked.isdecimal() and 1 <= int(asked) <= len(report.photos):
        return _show(scene, report, report.photos[int(asked) - 1])
    waiting = [photo for photo in report.photos if photo not in report.public_photos]
    return _show(scene, report, waiting[0] if waiting else report.photos[0])


def _show(scene: Scene, report: ReportFacts, photo: int) -> Turn:
    public = photo in report.public_photos
    place = report.photos.index(photo) + 1
    text = scene.say("photo_which_cells", nomor=report.number, urutan=place, dari=len(report.photos))
    if public:
        text = f"{scene.say('photo_is_public')} {text}"
    offered = [Choice(f"photo_none:{photo}", scene.say("choice_photo_nothing"))]
    if public:
        offered.append(Choice(f"photo_withdraw:{photo}", scene.say("choice_photo_withdraw")))
    offered.append(_stop(scene))
    return scene.reply(
        text,
        tuple(offered),
        hope="photo",
        photos=(photo,),
        enclosed=(f"photo:{report.number}:{photo}:grid",),
        step=STEP,
        task=Task("foto", report.number, report.status, note=str(photo)),
    )


def take_words(scene: Scene, text: str) -> Turn:
    """The cells to be masked; then the copy is shown as everybody would see it."""
    said = words.plain(text)
    if said in NOTHING:
        return _preview(scene, "")
    cells = frozenset(range(1, MOST_CELLS + 1)) if said in ALL else cells_in(text)
    if not cells:
        return scene.reply(scene.say("photo_cells_unclear"), scene.session.offered, hope="photo")
    return _preview(scene, ",".join(map(str, sorted(cells))))


def take_file(scene: Scene, event: MediaShared) -> Turn:
    """A copy that was masked elsewhere."""
    task = _task(scene)
    if event.kind != "photo" or not event.evidence:
        return scene.reply(scene.say("photo_send_picture"), scene.session.offered, hope="photo")
    return _asked(scene, Task("foto", task.number, task.status, note=task.note, agency=str(event.evidence)))


def take_choice(scene: Scene, kind: str, what: str) -> Turn | None:
    """What was tapped under a photo or its copy; None for anything else."""
    task = scene.session.task
    if task is None or task.command != "foto":
        return None
    match kind:
        case "photo_none":
            return _preview(scene, "")
        case "photo_again":
            return scene.reply(scene.say("photo_cells_again"), (_stop(scene),), hope="photo", step=STEP)
        case "photo_withdraw":
            effect = WithdrawPhoto(task.number, int(task.note))
            return _end(scene, scene.say("photo_withdrawn"), effect)
        case "photo_approve" if scene.session.step == APPROVE:
            copy = int(task.agency) if task.agency else 0
            approve = ApprovePhoto(task.number, int(task.note), task.way, copy)
            return _end(scene, scene.say("photo_approved", nomor=task.number), approve)
    return None


def cells_in(text: str) -> frozenset[int]:
    """The numbers and ranges of numbers in a text, as far as there are such cells."""
    found: set[int] = set()
    for first, last in NUMBERS.findall(text):
        found |= set(range(int(first), int(last or first) + 1))
    return frozenset(cell for cell in found if 1 <= cell <= MOST_CELLS)


def _preview(scene: Scene, cells: str) -> Turn:
    task = _task(scene)
    return _asked(scene, Task("foto", task.number, task.status, note=task.note, way=cells))


def _asked(scene: Scene, task: Task) -> Turn:
    """The copy exactly as everybody would see it, and whether that is right."""
    own = (int(task.agency),) if task.agency else ()
    made = () if own else (f"photo:{task.number}:{task.note}:{task.way}",)
    offered = (
        Choice("photo_approve", scene.say("choice_photo_approve")),
        Choice("photo_again", scene.say("choice_photo_again")),
        _stop(scene),
    )
    key = "photo_ask_own" if own else "photo_ask_masked" if task.way else "photo_ask_unmasked"
    text = scene.say(key, kotak=task.way.replace(",", ", "))
    return scene.reply(text, offered, photos=own, enclosed=made, step=APPROVE, task=task)


def _task(scene: Scene) -> Task:
    assert scene.session.task is not None
    return scene.session.task


def _end(scene: Scene, text: str, *effects: ApprovePhoto | WithdrawPhoto) -> Turn:
    number = _task(scene).number if scene.session.task else scene.session.about
    offered = (Choice(f"see:{number}", number),) if number else ()
    return scene.reply(text, offered, effects=effects, task=None, step="idle", about=number)


def _stop(scene: Scene) -> Choice:
    return Choice("stop", scene.say("choice.cancel"))
