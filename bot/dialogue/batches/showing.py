"""A batch in words: one bubble with its reports, what they lack, and what was left out."""

from bot.dialogue.batches.drafts import lacks_place, lacks_words
from bot.dialogue.batches.wanted import letter
from bot.dialogue.knowledge import Item
from bot.dialogue.session import Batch, Draft, Line
from bot.dialogue.steps.read_back import PRIVACY_WORDS, clipped, summary, where
from bot.dialogue.turn import Scene
from bot.dialogue.words import plain

QUOTE = 60  # characters of a report's words
QUOTE_LEFT = 32  # of a message that is no report
ROOM = 3600  # characters for all reports of a batch: what the tightest channel shows in one bubble, less what stands around


def listed(scene: Scene, batch: Batch) -> str:
    """Every report by its number; shorter quotes where there are many, so that none falls off the end of the bubble."""
    versions = (
        "\n".join(_line(scene, number, line, quote) for number, line in enumerate(batch.lines, 1))
        for quote in (QUOTE, QUOTE // 2, 0)
    )
    first, *others = versions
    return next((text for text in (first, *others) if len(text) <= ROOM), [first, *others][-1])


def _line(scene: Scene, number: int, line: Line, quote: int) -> str:
    draft = line.draft
    what = scene.speech.category(draft.category) if draft.category else scene.say("batch_wordless")
    head = f"{number}. {what}: {place_in(scene, draft)}"
    marks = []
    if draft.place and draft.place.kota_kab not in ("", scene.know.city.name):
        marks.append(scene.say("batch_mark_outside", wilayah=draft.place.kota_kab))
    if draft.danger:
        marks.append(scene.say("batch_mark_danger", no=number))
    if draft.evidence:
        marks.append(scene.say("batch_mark_files", jumlah=len(draft.evidence)))
    if draft.privacy_chosen and draft.privacy != "anonim":
        marks.append(scene.say(PRIVACY_WORDS[draft.privacy]))
    if whose := line.whose:
        marks.append(scene.say(f"batch_mark_{whose}"))
    if line.like:
        marks.append(scene.say("batch_mark_own" if line.like_mine else "batch_mark_like", nomor=line.like))
    said = [f"“{clipped(draft.description, quote)}”"] if draft.description and quote else []
    return f"{head} {' '.join([*said, *(f'[{mark}]' for mark in marks)])}".rstrip()


def place_in(scene: Scene, draft: Draft) -> str:
    """Where it is; the places that one name may mean; or that nobody has said."""
    if draft.place_options and not draft.place_settled:
        return scene.say("batch_which_place", pilihan=" / ".join(summary(place) for place in draft.place_options[:3]))
    quoted = plain(draft.description)
    apart = ", ".join(words for words in draft.place_words.split(", ") if plain(words) not in quoted)
    known = where(draft.place, apart if draft.place else draft.place_words).removesuffix(f", {scene.know.city.name}")
    if known and not lacks_place(scene, draft):
        return known
    if known:
        return scene.say("batch_place_vague", lokasi=known)
    return scene.say(
        "batch_place_missing" if lacks_words(draft) or lacks_place(scene, draft) else "batch_place_needless"
    )


def left_out(scene: Scene, batch: Batch, items: tuple[Item, ...]) -> str:
    """The messages that are no report, each by its letter; "" when there are none."""
    by_id = {item.id: item for item in items}
    told = [f"{letter(n)}) {_short(scene, by_id[id_])}" for n, id_ in enumerate(batch.left) if id_ in by_id]
    return scene.say("batch_left", daftar="; ".join(told)) if told else ""


def _short(scene: Scene, item: Item) -> str:
    return clipped(item.words, QUOTE_LEFT) if item.words else scene.say(f"batch_what_{item.what}")


def missing(scene: Scene, batch: Batch) -> str:
    """What is lacking, and how to say it in one message; "" when nothing is."""
    lacking = [number for number, line in enumerate(batch.lines, 1) if lacks_words(line.draft)]
    nowhere = [
        number
        for number, line in enumerate(batch.lines, 1)
        if not lacks_words(line.draft) and lacks_place(scene, line.draft)
    ]
    said = []
    if lacking:
        said.append(scene.say("batch_ask_words", nomor=_numbers(lacking)))
    if nowhere:
        said.append(scene.say("batch_ask_places", nomor=_numbers(nowhere)))
    if not said:
        return ""
    return " ".join([*said, scene.say("batch_answer_like", nomor=(lacking + nowhere)[0])])


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
