"""Somebody for whom a KIM member reports: told as theirs, reached by a contact or a code, and followed by themselves."""

import re

from bot.dialogue import words
from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.batches.wanted import CONTACT
from bot.dialogue.effects import FollowReport, NoteContact, StopFollowing
from bot.dialogue.events import CommandGiven, Event, TextSent, UnreadableSent
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.filing import file
from bot.dialogue.steps.membership import start_link
from bot.dialogue.turn import Scene, Turn

LINK = "ikut_"
"""With this the payload of a link begins by which somebody follows a report that was told for them."""
SEND = "send_neighbour"
CODE = re.compile(r"(?:ikut|ngiring|follow)\s+(?:kode\s+)?(?P<code>[a-z0-9]{10,20})", re.IGNORECASE)
STOP = frozenset({"berhenti ikut", "liren ngiring", "stop following"})
CARDS = frozenset({"contact", "contacts"})
BY_NUMBER = re.compile(r"(?:kontak|contact)\s+[A-Za-z]{2,5}[-\s]?\d{6}\S*\s+(?P<contact>\S.*)", re.IGNORECASE)
LONGEST = 80  # characters of a contact
THEIRS = frozenset("tetangga tatangga neighbour neighbours neighbor kirim untuk kanggo milik punya".split())


def code_in(event: Event) -> str:
    """The code with which somebody wants to follow a report; "" for any other event."""
    match event:
        case CommandGiven("start", argument) if argument.lower().startswith(LINK):
            return argument[len(LINK) :]
        case TextSent(text) if match := CODE.fullmatch(text.strip()):
            return match["code"] if any(map(str.isdigit, match["code"])) else ""
    return ""


def take(scene: Scene, event: Event) -> Turn | None:
    """Words, a code or a contact card about somebody for whom a report is told; None for anything else."""
    if code := code_in(event):
        return _follow(scene, code)
    match event:
        case TextSent(text) if words.plain(text) in STOP:
            return beside(scene, scene.say("kim_follow_stopped"), effects=(StopFollowing(),))
        case TextSent(text):
            return _contact_in_words(scene, text) or _theirs(scene, text)
        case UnreadableSent(what, card) if what in CARDS and card:
            return _card(scene, card)
    return None


def _follow(scene: Scene, code: str) -> Turn:
    follow = scene.know.follow
    if follow is None or not follow.number:
        return beside(scene, scene.say("kim_follow_unknown"))
    text = scene.say(
        "kim_follows",
        nomor=follow.number,
        kategori=scene.speech.category(follow.category),
        status=scene.speech.status(follow.status),
    )
    return beside(scene, text, effects=(FollowReport(code),))


# ---------------------------------------------------------------- the contact of a neighbour


def _contact_in_words(scene: Scene, text: str) -> Turn | None:
    named = scene.know.named
    if (match := BY_NUMBER.fullmatch(text.strip())) and named and named.mine:
        return _noted(scene, named.number, match["contact"])
    filed = scene.session.batch.filed if scene.session.batch else ()
    found = corrections_in(text) if filed else ()
    if not found or found[0].what != CONTACT or not found[0].words:
        return None
    number = found[0].lines[0]
    if not 1 <= number <= len(filed):
        return beside(scene, scene.say("batch_no_such_line", jumlah=len(filed)))
    return _noted(scene, filed[number - 1], found[0].words)


def _card(scene: Scene, card: str) -> Turn | None:
    """A contact card belongs to the only report just told for others; with several, its number has to be said."""
    filed = scene.session.batch.filed if scene.session.batch else ()
    if not filed or scene.session.draft or not scene.know.kim.active:
        return None
    if len(filed) == 1:
        return _noted(scene, filed[0], card)
    return beside(scene, scene.say("kim_contact_which", jumlah=len(filed)))


def _noted(scene: Scene, number: str, contact: str) -> Turn:
    if not scene.know.kim.active:
        return beside(scene, scene.say("kim_members_only"))
    code = scene.know.follow_code
    text = scene.say("kim_contact_noted", nomor=number, kode=code)
    link = start_link(scene.know.citizen_channel, f"{LINK}{code}")
    return beside(scene, f"{text}\n{link}" if link else text, effects=(NoteContact(number, contact[:LONGEST], code),))


# ---------------------------------------------------------------- one report, told in the usual way


def take_choice(scene: Scene, value: str) -> Turn | None:
    """The draft is told for a neighbour, who agreed; None for anything else."""
    if value != SEND or not scene.know.kim.active or not (scene.draft.description and scene.draft.category):
        return None
    return file(scene.with_draft(neighbour=True, privacy=hidden(scene.draft.privacy)))


def hidden(privacy: str) -> str:
    """The name of the member is not the neighbour's: it is shown to nobody."""
    return "anonim" if privacy == "tampil" else privacy


def _theirs(scene: Scene, text: str) -> Turn | None:
    said = frozenset(words.spelt(text).split()) - words.FILLERS
    at_read_back = scene.session.step == "confirm" and scene.session.draft is not None
    if not at_read_back or not said or not said <= THEIRS or said <= {"kirim"}:
        return None
    return take_choice(scene, SEND)
