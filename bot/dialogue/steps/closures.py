"""``/libur``: days on which offices are closed: the list, one more, one less."""

from bot.dialogue.dates import date_in
from bot.dialogue.effects import CloseDay, OpenDay
from bot.dialogue.knowledge import ClosureFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps.to_queue import to_queue
from bot.dialogue.turn import Scene, Turn
from bot.dialogue.words import plain

OFF = frozenset({"hapus", "buka", "batal", "batalkan", "bupus", "remove", "open"})
MOST_BUTTONS = 8


def show(scene: Scene, argument: str) -> Turn:
    """The list; with a date one more; with "hapus" and a date one less."""
    first, _, rest = argument.strip().partition(" ")
    taken_back = first.lower() in OFF
    words = rest if taken_back else argument
    if not words.strip():
        return _list(scene)
    found = date_in(words, scene.know.now.astimezone(scene.know.city.timezone).date())
    if found is None or found.day is None:
        wrong = f"{scene.say('closure_no_such_date')}\n\n" if found else ""
        return scene.reply(f"{wrong}{scene.say('closure_how')}", _queue(scene), task=None, step="idle")
    agency, reason = _agency_in(scene, found.rest)
    day, whose = scene.speech.weekday(found.day), _whose(scene, agency)
    if taken_back:
        said = scene.say("closure_open", tanggal=day, opd=whose)
        return scene.reply(said, _queue(scene), effects=(OpenDay(found.day, agency),), task=None, step="idle")
    back = Choice(f"libur:hapus {found.day.isoformat()} {agency}".strip(), scene.say("closure_back"))
    said = scene.say("closure_closed", tanggal=day, opd=whose, alasan=reason or scene.say("closure_no_reason"))
    effect = CloseDay(found.day, reason, agency)
    return scene.reply(said, (back, *_queue(scene)), effects=(effect,), task=None, step="idle")


def _list(scene: Scene) -> Turn:
    known = scene.know.closures
    lines = [scene.say("closure_list" if known else "closure_list_empty"), *(_line(scene, each) for each in known)]
    ours = [each for each in known if each.ours][:MOST_BUTTONS]
    offered = tuple(
        Choice(
            f"libur:hapus {each.day.isoformat()} {each.agency}".strip(),
            scene.say("closure_off", tanggal=scene.speech.short_day(each.day)),
        )
        for each in ours
    )
    text = "\n".join([*lines, "", scene.say("closure_how")])
    return scene.reply(text, (*offered, *_queue(scene)), task=None, step="idle")


def _line(scene: Scene, each: ClosureFacts) -> str:
    whose = f" ({_whose(scene, each.agency)})" if each.ours else ""
    return f"• {scene.speech.weekday(each.day)}: {each.name or scene.say('closure_no_reason')}{whose}"


def _whose(scene: Scene, agency: str) -> str:
    return scene.speech.agency(agency) if agency else scene.say("closure_everybody")


def _agency_in(scene: Scene, words: str) -> tuple[str, str]:
    """The agency with whose full name the words end, and what stands before it; a name within the reason is part of that."""
    said = plain(words)
    names = [
        (plain(name.replace("_", " ")), agency.id)
        for agency in scene.know.city.agencies.values()
        if agency.inside_city
        for name in (agency.id, agency.short, agency.name, *agency.aliases)
    ]
    ends = [(name, id_) for name, id_ in names if said == name or said.endswith(f" {name}")]
    if not ends:
        return "", words.strip()
    name, id_ = max(ends, key=lambda end: len(end[0]))
    return id_, " ".join(words.split()[: len(words.split()) - len(name.split())])


def _queue(scene: Scene) -> tuple[Choice, ...]:
    return (to_queue(scene),)
