"""`advance`: from a session, an event and the facts to the next session and what is to be done. Same arguments, same turn.

Every state answers every kind of event. In this order: an answer to what was offered and a command word, which can mean nothing
else; danger; an answer about a report; then the step that the talk is at decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import kim_words, taking_back_words, words
from bot.dialogue.batches.sentences import counts_in_passing
from bot.dialogue.events import (
    ActRefused,
    ChoicePicked,
    CommandGiven,
    Event,
    Forwarded,
    InGroup,
    LocationShared,
    MediaFailed,
    MediaReady,
    MediaShared,
    MessageDeleted,
    MessageEdited,
    SilenceFell,
    SimilarFound,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.identity_numbers import cleaned, numbers_in, says_no_more, without_numbers, words_of
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.session import IN_DANGER, Session
from bot.dialogue.steps import (
    aftermath,
    area,
    batch_events,
    batch_late,
    captions,
    completing,
    draft_choices,
    edits,
    emergency,
    exchange,
    feedback,
    files,
    filing,
    going_back,
    group_talk,
    linking,
    membership,
    neighbours,
    own_records,
    patience,
    person,
    placing,
    posters,
    reporting,
    similar,
    small_talk,
    staff,
    staff_refusals,
    subscribing,
    taking_back,
    taking_over,
    tracking,
    two_reports,
)
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.questions import repeat
from bot.dialogue.steps.refusing_numbers import with_notice
from bot.dialogue.takers import TAKE_ANSWER, TAKE_CHOICE, TAKE_FILE, TAKE_NEWS_CHOICE, first_taken
from bot.dialogue.texts import number_removed
from bot.dialogue.turn import Scene, Turn
from cities.city import City

TELLING = 4  # words from which a message tells its language
CARDS = frozenset({"contact", "contacts"})
"""What platforms call somebody's contact card."""
ABOUT_A_NUMBER = 8  # words up to which a message with a report number asks for that report


def _report(scene: Scene, argument: str) -> Turn:
    """``/lapor``, with the words of the report behind it or without."""
    return _text(scene, argument) if argument and scene.know.heard else small_talk.report(scene, argument)


def _cancel(scene: Scene, argument: str) -> Turn:
    """``/batal``: nothing is erased where that was asked, and else the draft goes; without one, what was filed lately, if they say yes."""
    if own_records.is_asked(scene):
        return own_records.keep(scene)
    if tracking.is_correcting(scene):
        return tracking.keep_as_filed(scene)
    return taking_back.instead_of_draft(scene, argument) or filing.cancel(scene, argument)


COMMANDS: Mapping[str, Callable[[Scene, str], Turn]] = {
    "start": small_talk.start,
    "lapor": _report,
    "status": tracking.status,
    "batal": _cancel,
    "kembali": going_back.back,
    "bantuan": small_talk.help_,
    "help": small_talk.help_,
    "bahasa": small_talk.language,
    "privasi": own_records.overview,
    "data": own_records.copy,
    "hapus": own_records.ask_to_erase,
    "petugas": person.ask,
    "buka": feedback.reopen,
    "ubah": tracking.correct,
    "beda": tracking.correct,
    "ombudsman": tracking.ombudsman,
    "wilayah": area.show,
    "langganan": subscribing.ask,
    "berhenti": subscribing.stop,
    "jawab": completing.take_draft,
}


def meant(session: Session, event: Event, city: City) -> Event:
    """The event as it was meant: a number, a label or a word typed for an offered choice is that choice.

    Called before facts are gathered, so that a typed "2" and a tap know the same.
    """
    if isinstance(event, TextSent) and (choice := words.picked(event.text, session.offered, city)):
        return ChoicePicked(choice.value, session.turn)
    return event


def advance(session: Session, event: Event, know: Knowledge, *, desk: str = "citizen") -> Turn:
    """Play one event. ``desk`` is "citizen", "staff" or "group": which talk this conversation is."""
    if desk == "group":
        return _as_guest(session, event, know)
    scene, remembered = _in_language(Scene(session, know), event, desk)
    turn = _without_numbers(scene, event, desk)
    if desk == "citizen":
        turn = replace(turn, session=going_back.with_question(session, event, turn))
        turn = two_reports.with_choice(session, turn, scene.say("choice_one_report"))
        heard_as = cleaned(event, number_removed(know.city))
        turn = replace(turn, session=edits.remembered(session, heard_as, turn))
        turn = patience.with_nudge(patience.with_pause(event, know, turn))
    if turn.session.language == scene.session.language:
        return replace(turn, session=replace(turn.session, language=remembered))
    return turn


def _in_language(scene: Scene, event: Event, desk: str) -> tuple[Scene, str]:
    """The scene in the language to speak, and the language to remember.

    What a person writes decides: the first words, then every message long enough to tell; a language asked for by name stays, and so
    does that of staff, whose notes are no talk. Until then the platform's hint or the city's first is spoken, which binds nobody.
    """
    session, know = scene.session, scene.know
    own_words = not isinstance(event, Forwarded) and kim_words.asked(event) is None and not neighbours.code_in(event)
    heard = know.heard.language if know.heard and own_words else ""  # codes are of no language
    long = isinstance(event, TextSent) and len(event.text.split()) >= TELLING
    spoken = session.language
    first = not spoken
    long = long and not (spoken and session.step == "location")  # the name of a place tells no language
    long = long and not (
        spoken and session.step == "batch" and isinstance(event, TextSent) and counts_in_passing(event.text)
    )
    tells = first and long if desk == "staff" else first or long
    if tells and heard in know.city.languages and not session.language_chosen:
        spoken = heard
    elif tells and first and heard:
        spoken = know.city.languages[0]  # mixed
    hint = know.language_hint if know.language_hint in know.city.languages else know.city.languages[0]
    return scene.with_session(language=spoken or hint), spoken


def _as_guest(session: Session, event: Event, know: Knowledge) -> Turn:
    """In a group; what belongs to a talk of one's own (a file that came, a refusal) is not said there."""
    if not isinstance(event, InGroup):
        return Turn(session)
    heard = know.heard.language if know.heard else ""
    language = heard if heard in know.city.languages else know.city.languages[0]
    return group_talk.advance(Scene(replace(session, language=language), know), event)


def _without_numbers(scene: Scene, event: Event, desk: str) -> Turn:
    """Play the event without the NIK or family-card number in its words, and say that it was not kept."""
    if not numbers_in(words_of(event)):
        return _play(scene, event, desk)
    instead, notice = number_removed(scene.know.city), scene.say("notice.tolak_nik")
    clean = cleaned(event, instead)
    if isinstance(clean, TextSent) and says_no_more(clean.text, instead) and desk == "citizen":
        danger = scene.session.step == "emergency"
        return with_notice(emergency.insist(scene), notice) if danger else repeat(scene, notice)
    heard = scene.know.heard
    if heard:
        heard = replace(heard, place_words=without_numbers(heard.place_words, instead))
    return with_notice(_play(replace(scene, know=replace(scene.know, heard=heard)), clean, desk), notice)


def _play(scene: Scene, event: Event, desk: str) -> Turn:
    if isinstance(event, LocationShared) and event.moved:
        return scene.quietly()
    if isinstance(event, MediaFailed):
        return _note_file(scene, event)
    if isinstance(event, CommandGiven) and event.file:
        return _under_a_file(replace(scene, file=event.file), event, desk)
    return _staff(scene, event) if desk == "staff" else _citizen_or_ours(scene, event)


def _under_a_file(scene: Scene, event: CommandGiven, desk: str) -> Turn:
    """A command that was the caption of a file."""
    if desk == "staff":
        return captions.at_desk(scene, event, _staff(scene, event))
    told = captions.meant(event)
    turn = _citizen_or_ours(scene, told)
    return captions.with_file(scene, told, turn) if isinstance(told, CommandGiven) else turn


def _staff(scene: Scene, event: Event) -> Turn:
    """Staff forward what they would have written; news of files and edits change nothing there."""
    match event:
        case MediaReady():
            return exchange.ready(scene, event)
        case MessageEdited() | MessageDeleted():
            return scene.quietly()
        case Forwarded(content, _):
            return _staff(scene, content)
        case ActRefused():
            return staff_refusals.refused(scene, event)
    return staff.advance(scene, event)


def _citizen_or_ours(scene: Scene, event: Event) -> Turn:
    """What a citizen did, or what became of something that we did for them."""
    match event:
        case MediaReady(evidence, _, _):
            return batch_late.take_photo_place(scene, evidence) or placing.take_photo_place(scene, evidence)
        case MessageEdited():
            return edits.take_edit(scene, event)
        case MessageDeleted(message):
            return edits.take_deletion(scene, message)
        case _ if scene.session.step == "emergency":
            told = event.content if isinstance(event, Forwarded) else event
            return batch_events.take_in_danger(scene, event) or _in_danger(scene, told)
    if about_others := batch_events.take(scene, event) or neighbours.take(scene, event):
        return about_others
    match event:
        case Forwarded(content, _):  # by somebody for whom nothing is gathered: as if they had written it
            return _citizen_or_ours(scene, content)
        case ActRefused():
            return membership.refused(scene, event) or linking.refused(scene, event) or tracking.refused(scene, event)
        case SimilarFound(before):
            return similar.offer(scene, before)
    return _citizen(scene, event)


def _note_file(scene: Scene, event: MediaFailed) -> Turn:
    """A file that cannot be fetched is asked for again, but never of somebody who may be in danger."""
    if scene.session.step in IN_DANGER:
        return scene.quietly()
    return beside(scene, scene.say("media_failed"))


def _in_danger(scene: Scene, event: Event) -> Turn:
    """While we wait to hear whether somebody is in danger, only that counts."""
    if person.is_wanted(event):
        return person.ask_in_danger(scene)
    match event:
        case TextSent(text) if words.plain(text):
            return emergency.take_words(scene, text)
        case ChoicePicked(value, turn) if turn == scene.session.turn and value in ("yes", "no"):
            return emergency.take_choice(scene, value)
        case CommandGiven("batal", argument):
            return filing.cancel(scene, argument)
        case MediaShared():
            return emergency.take_media(scene, event)
        case LocationShared():
            return emergency.take_location(scene)
        case SilenceFell(turn):
            return emergency.take_silence(scene) if turn == scene.session.turn else scene.quietly()
    return emergency.insist(scene)


def _citizen(scene: Scene, event: Event) -> Turn:
    if passed := person.take(scene, event) or linking.take(scene, event):
        return passed
    match event:
        case TextSent(text):
            return _text(posters.taken(scene), text)
        case CommandGiven():
            return _command(scene, event)
        case ChoicePicked(value, turn):
            return _picked(scene, value, turn)
        case MediaShared():
            return _file(scene, event)
        case LocationShared():
            return completing.take_pin(scene) or placing.take_pin(scene)
        case UnreadableSent():
            card = event.what in CARDS
            return repeat(scene, scene.say("contact_not_needed" if card else "phrase.unsupported_type"))
        case SilenceFell(turn):
            return patience.nudge(scene, turn)
    return scene.quietly()


def _file(scene: Scene, event: MediaShared) -> Turn:
    if event.caption and scene.know.heard and scene.know.heard.danger:
        return emergency.begin(files.kept(scene, event), event.caption)
    answered = _answered_by_caption(scene, event) if event.caption and scene.session.draft else None
    return answered or first_taken(TAKE_FILE, scene, event) or files.take_media(scene, event)


def _answered_by_caption(scene: Scene, event: MediaShared) -> Turn | None:
    """A file beside a draft under which only an answer or a command stands: it belongs to the draft, and then they are obeyed."""
    with_file = files.kept(scene, event)
    if choice := words.picked(event.caption, scene.session.offered, scene.know.city):
        return _picked(with_file, choice.value, scene.session.turn)
    name, argument = words.command_in(event.caption)
    return COMMANDS[name](with_file, argument) if name in COMMANDS else None


def _command(scene: Scene, event: CommandGiven) -> Turn:
    if offered := taking_over.offer(scene):
        return offered
    if about_group := membership.take(scene, event):
        return about_group
    act = COMMANDS.get(event.name)
    return act(scene, event.argument) if act else small_talk.unknown_command(scene, event.name)


def _text(scene: Scene, text: str) -> Turn:
    if not words.plain(text):
        return small_talk.help_(scene, "") if "?" in text else repeat(scene, scene.say("phrase.unsupported_type"))
    if about_group := membership.take(scene, TextSent(text)):
        return about_group
    if withdrawn := taking_back.wish(scene, text):
        return withdrawn
    name, argument = _command_in(scene, text)
    if name:
        return COMMANDS[name](scene, argument)
    if two_reports.wants_one(scene, text):
        return two_reports.as_one(scene)
    if in_danger := aftermath.take_words(scene, text) or emergency.take_first_words(scene, text):
        return in_danger
    if answered := first_taken(TAKE_ANSWER, scene, text):
        return answered
    if scene.know.number_heard and len(words.plain(text).split()) <= ABOUT_A_NUMBER:
        return tracking.status(scene, text)
    if tracking.wants_news(scene, text):
        return tracking.news(scene, text)
    taken = batch_events.take_rest(scene, text) or person.take_meanwhile(scene, text)
    return taken or emergency.take_what_is_over(scene, text) or _told(scene, text)


def _command_in(scene: Scene, text: str) -> tuple[str, str]:
    """The command that a text is, with what follows it; ("", "") when it is none."""
    if taking_back_words.wants_erased(text):
        return "hapus", ""
    name, argument = ("wilayah", text) if scene.know.area else words.command_in(text)
    unknown = "" if name else area.named_in(scene, text)
    return ("wilayah", unknown) if unknown else (name, argument)


def _told(scene: Scene, text: str) -> Turn:
    """Words that tell a problem, or nothing that we know."""
    turn, begins = reporting.take_words(scene, text), scene.session.draft is None
    unsure = completing.hint(scene) if begins and turn.session.draft else ""
    return with_notice(turn, unsure) if unsure else turn


def _picked(scene: Scene, value: str, turn: int) -> Turn:
    """A choice of this turn goes to its step; one that belongs to news is always good; an older one repeats the question."""
    if turn == 0:
        return first_taken(TAKE_NEWS_CHOICE, scene, value) or repeat(scene)
    if turn != scene.session.turn or value not in {choice.value for choice in scene.session.offered}:
        return repeat(scene, scene.say("stale_choice"))
    return first_taken(TAKE_CHOICE, scene, value) or draft_choices.take_choice(scene, value)
