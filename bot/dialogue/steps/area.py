"""``/wilayah``: what is open where somebody lives, without names."""

from bot.dialogue.knowledge import AreaLine
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn


def show(scene: Scene, argument: str) -> Turn:
    """One page of the open reports of a kelurahan: the one that was named, or that of the person's group."""
    facts = scene.know.area
    if facts is None:
        return beside(scene, scene.say("area_which" if argument.strip() else "area_name_one"))
    if not facts.total:
        return beside(scene, scene.say("area_nothing", kelurahan=facts.kelurahan))
    head = scene.say("area_open", kelurahan=facts.kelurahan, jumlah=facts.total, halaman=facts.page, dari=facts.pages)
    text = "\n\n".join([head, *(_line(scene, each) for each in facts.lines)])
    more = Choice(f"area:{facts.page + 1}:{facts.code}", scene.say("staff_next_page"))
    return beside(scene, text, (more,) if facts.page < facts.pages else ())


def take_choice(scene: Scene, value: str) -> Turn | None:
    """The next page; None for anything else."""
    return show(scene, "") if value.startswith("area:") else None


def _line(scene: Scene, each: AreaLine) -> str:
    return scene.say(
        "area_line", kategori=scene.speech.category(each.category), lokasi=each.place, nomor=each.number,
        status=scene.speech.status(each.status), sejak=scene.speech.day(each.since),
    )  # fmt: skip
