"""``/wilayah``: what is open where somebody lives, without names."""

from bot.dialogue import kim_words, words
from bot.dialogue.knowledge import AreaLine
from bot.dialogue.replies import Choice
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

LONGEST = 3  # words of a name that nobody here knows


def show(scene: Scene, argument: str) -> Turn:
    """One page of the open reports of a kelurahan: the one that was named, or that of the person's group."""
    facts = scene.know.area
    if facts and facts.inside:
        return beside(scene, scene.say("area_is_kecamatan", kecamatan=facts.kecamatan, daftar=", ".join(facts.inside)))
    if facts and facts.unknown:
        return beside(scene, scene.say("area_unknown", nama=facts.unknown))
    if facts is None and argument.strip():
        return beside(scene, scene.say("area_unknown", nama=argument.strip()))
    if facts is None or not facts.kelurahan:
        return beside(scene, scene.say("area_which" if argument.strip() else "area_name_one"))
    place = kim_words.short_area(facts.kelurahan, facts.rws)
    told = {"jumlah": facts.without_rw, "kelurahan": facts.kelurahan}
    others = [scene.say("area_without_rw", **told)] if facts.without_rw else []
    if not facts.total:
        return beside(scene, "\n\n".join([scene.say("area_nothing", wilayah=place), *others]))
    head = scene.say("area_open", wilayah=place, jumlah=facts.total, halaman=facts.page, dari=facts.pages)
    text = "\n\n".join([head, *(_line(scene, each) for each in facts.lines), *others])
    more = Choice(f"area:{facts.page + 1}:{facts.code}", scene.say("staff_next_page"))
    return beside(scene, text, (more,) if facts.page < facts.pages else ())


def named_in(scene: Scene, text: str) -> str:
    """The name behind "wilayah" in a message that is nothing else; "" where it may tell a problem of that area."""
    first, *rest = text.split() or [""]
    heard = scene.know.heard
    if words.plain(first) != "wilayah" or not rest or heard is None or small_talk.tells_a_problem(scene, heard):
        return ""
    return " ".join(rest) if len(rest) == 1 or (len(rest) <= LONGEST and small_talk.is_no_report(scene, heard)) else ""


def take_choice(scene: Scene, value: str) -> Turn | None:
    """The next page; None for anything else."""
    return show(scene, "") if value.startswith("area:") else None


def _line(scene: Scene, each: AreaLine) -> str:
    return scene.say(
        "area_line", kategori=scene.speech.category(each.category), lokasi=each.place, nomor=each.number,
        status=scene.speech.status(each.status), sejak=scene.speech.day(each.since),
    )  # fmt: skip
