"""A citizen talks with a person: asking for one, the words that go to and fro, and back to us. Both sides."""

from bot.dialogue import words
from bot.dialogue.effects import AskForPerson, EndTalk, NoteForPerson, PassOn, TakeTalk
from bot.dialogue.events import CommandGiven, Event, LocationShared, MediaShared, TextSent
from bot.dialogue.knowledge import HandoverFacts
from bot.dialogue.replies import Choice
from bot.dialogue.steps import emergency, small_talk, tracking
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.questions import repeat
from bot.dialogue.steps.refusing_numbers import with_notice
from bot.dialogue.turn import Scene, Turn

ENDING = frozenset({"selesai", "bot", "kembali", "beres", "parantos", "rengse", "tutup", "finish", "end", "done"})
"""What ends the talk with a person when it is all that is said."""
GIVEN_UP = frozenset({"tidak jadi", "teu janten", "teu jadi", "never mind", "cancel"})
"""What withdraws the wish for a person while nothing else is being written."""
SHORT = 4  # words
CLAIM = "claim"
LONGEST_ID = 19  # digits of a 64-bit number

# ---------------------------------------------------------------- the citizen's side


def ask(scene: Scene, argument: str) -> Turn:
    """``petugas``: somebody wants a person. What was begun stays, and goes on while they wait."""
    handover, opens_at = scene.know.handover, scene.know.opens_at
    if handover and handover.claimed:
        return scene.reply(scene.say("person_is_here"))
    key = "person_waits" if handover else "person_asked"
    when = scene.say("phrase.human", buka=scene.speech.moment(opens_at)) if opens_at else scene.say("person_soon")
    lately = scene.session.lately
    wanted = () if handover else (AskForPerson((*lately, f"> {argument}") if argument else lately),)
    return beside(scene, f"{scene.say(key)} {when}", effects=wanted)


def is_wanted(event: Event) -> bool:
    """Whether a person is asked for, by the command or in words."""
    match event:
        case TextSent(text):
            return words.command_in(text)[0] == "petugas"
        case CommandGiven("petugas", _):
            return True
    return False


def ask_in_danger(scene: Scene) -> Turn:
    """Staff are told, and the number to call and the question stay first: nobody in danger should wait for us."""
    turn = with_notice(emergency.insist(scene), scene.say("person_asked"))
    wanted = () if scene.know.handover else (AskForPerson(scene.session.lately),)
    return Turn(turn.session, (*wanted, *turn.effects))


def take(scene: Scene, event: Event) -> Turn | None:
    """While a person is asked for or answers: what goes to them. None for what is ours to answer."""
    handover = scene.know.handover
    if handover is None:
        return None
    if (handover.claimed and _ends(event)) or (not handover.claimed and _withdraws(scene, event)):
        return _over(scene)
    return _passed_on(scene, event) if handover.claimed else None


def take_meanwhile(scene: Scene, text: str) -> Turn | None:
    """What is written while a person is awaited and tells no clear problem is for that person; None for anything else."""
    heard, handover = scene.know.heard, scene.know.handover
    waits = handover is not None and not handover.claimed
    if not waits or scene.session.draft or scene.session.step == "describe" or heard is None:
        return None
    if small_talk.is_thanks(text) or (small_talk.tells_a_problem(scene, heard) and not tracking.speaks_of_own(text)):
        return None
    opens_at = scene.know.opens_at
    when = scene.say("phrase.human", buka=scene.speech.moment(opens_at)) if opens_at else scene.say("person_soon")
    return beside(scene, scene.say("person_noted", kapan=when), scene.session.offered, effects=(NoteForPerson(text),))


def _over(scene: Scene) -> Turn:
    turn = repeat(scene, scene.say("person_left"))
    return Turn(turn.session, (EndTalk(), *turn.effects))


def _passed_on(scene: Scene, event: Event) -> Turn | None:
    match event:
        case TextSent(text):
            if not emergency.is_heard(scene, text):
                return scene.quietly(PassOn(text))
            turn = emergency.begin(scene, text)
            return Turn(turn.session, (PassOn(text), *turn.effects))
        case MediaShared():
            return scene.quietly(PassOn(event.caption, (event.evidence,) if event.evidence else ()))
        case LocationShared(lat, lon, name):
            return scene.quietly(PassOn(f"{name} {lat:.5f}, {lon:.5f}".strip()))
    return None


def _ends(event: Event) -> bool:
    return _said(event) in ENDING


def _withdraws(scene: Scene, event: Event) -> bool:
    """Whether nobody needs to come any more; "selesai" may answer whether a report is solved instead."""
    said = _said(event)
    short = said.split() if len(said.split()) <= SHORT else []
    given_up = " ".join(word for word in words.spelt(said).split() if word not in words.FILLERS | {"sudah"}) in GIVEN_UP
    if "bot" in short or (not scene.session.draft and (given_up or said == "batal")):
        return True
    asked = any(report.status == "menunggu_konfirmasi" for report in scene.know.own)
    return said == "selesai" and not asked


def _said(event: Event) -> str:
    match event:
        case TextSent(text):
            return words.plain(text)
        case CommandGiven(name, ""):
            return name
    return ""


# ---------------------------------------------------------------- the side of staff


def answer(scene: Scene, argument: str) -> Turn:
    """``/balas``: the talks that wait; with a number from the list take that one; with "selesai" hand it back."""
    said = words.plain(argument)
    if scene.know.handover:
        return _at_work(scene, said)
    if said in ENDING:
        return scene.reply(scene.say("talk_none"), task=None, step="idle")
    return _taken(scene, int(said)) if said.isdecimal() and len(said) < 4 else _listed(scene)


def _at_work(scene: Scene, said: str) -> Turn:
    if said in ENDING:
        return scene.reply(scene.say("talk_ended"), effects=(EndTalk(),), task=None, step="idle")
    return scene.reply(scene.say("talk_goes_on"), task=None, step="idle")


def waiting_today(scene: Scene) -> tuple[str, tuple[Choice, ...]]:
    """What ``/tugas`` says of the talks that nobody took yet; "" for none."""
    waiting = scene.know.waiting
    if not waiting:
        return "", ()
    since = scene.speech.moment(min(each.since for each in waiting))
    taking = Choice(f"{CLAIM}:{waiting[0].id}", scene.say("talk_take_this"))
    return scene.say("talk_waiting_today", jumlah=len(waiting), sejak=since), (taking,)


def _listed(scene: Scene) -> Turn:
    waiting = scene.know.waiting
    if not waiting:
        return scene.reply(scene.say("talk_none_waits"), task=None, step="idle")
    lines = [scene.say("talk_waiting", jumlah=len(waiting))]
    offered = []
    for place, each in enumerate(waiting, 1):
        last = next((line[2:] for line in reversed(each.lately) if line.startswith("> ")), "")
        lines.append(f"{place}. {scene.speech.moment(each.since)}: {last}")
        offered.append(Choice(f"{CLAIM}:{each.id}", scene.say("talk_take", nomor=place)))
    return scene.reply("\n".join(lines), tuple(offered), task=None, step="idle")


def _taken(scene: Scene, place: int) -> Turn:
    waiting = scene.know.waiting
    return _take(scene, waiting[place - 1]) if 1 <= place <= len(waiting) else _listed(scene)


def claim(scene: Scene, what: str) -> Turn:
    """The button under the notice or the list."""
    if scene.know.handover:
        return scene.reply(scene.say("talk_goes_on"), task=None, step="idle")
    found = next((each for each in scene.know.waiting if str(each.id) == what), None)
    if found:
        return _take(scene, found)
    gone = what.isdecimal() and len(what) < LONGEST_ID  # to be refused with the name of who was faster
    return _taking(scene, int(what)) if gone else scene.reply(scene.say("talk_over"), task=None, step="idle")


def _take(scene: Scene, handover: HandoverFacts) -> Turn:
    return _taking(scene, handover.id, handover.lately)


def _taking(scene: Scene, handover: int, lately: tuple[str, ...] = ()) -> Turn:
    text = "\n".join([scene.say("talk_begun"), *lately])
    return scene.reply(text, effects=(TakeTalk(handover),), task=None, step="idle")


def relay(scene: Scene, event: Event) -> Turn | None:
    """What an administrator in a talk writes or sends goes to the citizen, unless a command or its question is at work."""
    if scene.know.handover is None or scene.session.task:
        return None
    match event:
        case TextSent(text):
            return scene.quietly(PassOn(text))
        case MediaShared():
            return scene.quietly(PassOn(event.caption, (event.evidence,) if event.evidence else ()))
    return None
