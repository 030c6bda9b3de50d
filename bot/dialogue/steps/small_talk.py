"""What is no report: greetings, thanks, help, the language, privacy."""

from dataclasses import replace

from bot.dialogue import words
from bot.dialogue.command_words import SWEARING
from bot.dialogue.effects import Speak
from bot.dialogue.knowledge import Heard
from bot.dialogue.praise_words import praises
from bot.dialogue.replies import Choice
from bot.dialogue.service_words import topic_in
from bot.dialogue.session import Held
from bot.dialogue.steps import posters, tracking
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.questions import repeat
from bot.dialogue.steps.read_back import QUESTION, offer_to_resume
from bot.dialogue.steps.reading import NO_REPORT, names_a_problem
from bot.dialogue.turn import Scene, Turn

GREETINGS = frozenset(
    "halo hallo hai hi hello hey helo pagi siang sore malam wilujeng enjing sonten wengi selamat assalamualaikum assalamu alaikum"
    " salam sampurasun punten permisi tes test ping wr wb wrwb kang teh pak bu bapak ibu min admin mimin mang bang kak warga"
    " gan bos apa kabar kumaha damang how are you good morning afternoon evening".split()
)
THANKS = frozenset(
    "terima terimakasih kasih makasih makasi trims tengkyu thanks thank thx hatur nuhun haturnuhun".split()
)
AROUND_THANKS = frozenset(
    "you nya nyak yah iya mah atuh euy deh dong sih kang teh pak bu min infonya bantuannya responnya"
    " a lot ya pisan banyak banget sangat so much sip ok oke mantap siap baik sekali very sehat selalu sukses lancar semoga mugi"
    " mugia berkah barokah amin aamiin jaya salawasna om tante robot bot hehe hihi haha wkwk wkwkwk hehehe all".split()
)
ALL_RIGHT = frozenset("ok oke okay siap sip baik mantap ya iya muhun mangga".split())
OPENING = frozenset(
    "mau ingin pengen pingin bade hoyong tolong tlg tulung bantu bantuin dong atuh saya abdi aku boleh tiasa bisa ini ieu"
    " ada aya masalah di sini dieu ya yah deh lapor laporan melapor ngelapor ngalapor lapork ngadu mengadu pengaduan aduan keluhan"
    " nanya tanya bertanya naros i want to would like need report a an problem complaint please".split()
)
"""Words of somebody who says that they want to say something."""
STRAY = ("send", "change", "skip", "done", "not_done", "yes", "no", "support")
"""Answers that mean something only while a question is open."""
CALLS = frozenset("tolong tlg tulung tulungan pak bu min please".split())
"""A call for help and no more: the answer names the number to call."""
CITY = "kota"
"""The widest kind of place."""
NO_REPORT_AT = 0.6
"""From this confidence a message is answered as no report; below it is taken as one, since asking costs less than losing it."""
SURELY = 0.8
"""From this confidence a message that praises is a report all the same."""
SAID_TO_US = SWEARING | frozenset("kalian kamu lu lo elu maneh sia bohong you".split())
"""Words that speak to us, or about us: with them chatter is no part of a report, whatever category it sounds like."""
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "su": "Basa Sunda", "en": "English"}
MOST_COURTESY = 8  # words


# ---------------------------------------------------------------- commands


def start(scene: Scene, argument: str) -> Turn:
    """``/start``: who we are and how it is done; inside a draft it offers to go on."""
    if scene.know.opened:
        begun = has_begun(scene)
        return posters.opened(_taken_up(scene) if begun else scene, scene.know.opened, begun=begun)
    if has_begun(scene):
        return offer_to_resume(_taken_up(scene))
    key = "phrase.welcome_back" if scene.know.own else "phrase.first_time"
    return scene.cleared().reply(scene.say(key), scene.choices("status") if scene.know.own else (), hope="words")


def report(scene: Scene, argument: str) -> Turn:
    """``/lapor``: ask what is wrong; a draft that was begun is offered first."""
    if has_begun(scene):
        return offer_to_resume(_taken_up(scene))
    return scene.cleared().reply(scene.say("phrase.ask_what"), hope="words", step="describe")


def help_(scene: Scene, argument: str) -> Turn:
    """``/bantuan``: everything that can be done, in one bubble; what was offered stays good."""
    more = f"\n{scene.say('kim_help')}" if scene.know.kim.active else ""
    return beside(scene, f"{scene.say('help')}{more}")


def language(scene: Scene, argument: str) -> Turn:
    """``/bahasa``: offer the languages, or take the one that was named."""
    named = words.plain(argument)
    code = named if named in LANGUAGE_NAMES else words.language_named(f"bahasa {named}")
    if code in scene.know.city.languages:
        return _speak(scene, code)
    offered = tuple(Choice(f"language:{code}", LANGUAGE_NAMES[code]) for code in scene.know.city.languages)
    return beside(scene, scene.say("ask_language"), offered)


def unknown_command(scene: Scene, name: str) -> Turn:
    return beside(scene, scene.say("unknown_command", perintah=f"/{name}"))


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A language that was picked; None for anything else."""
    kind, _, what = value.partition(":")
    return _speak(scene, what) if kind == "language" and what in LANGUAGE_NAMES else None


# ---------------------------------------------------------------- words


def answer(scene: Scene, text: str, heard: Heard, *, asked: bool) -> Turn | None:
    """The answer to words that are no report; None when they may be one.

    ``asked``: we had asked what is wrong, so only plain courtesies are taken as such.
    """
    if courtesy := _courtesy(scene, text, heard):
        return courtesy
    if about_us := about_service(scene, text, heard):
        return about_us
    if _all_in(text, ALL_RIGHT) and not asked:
        return beside(scene, scene.say("here_for_you"))
    if _all_in(text, CALLS):
        return scene.cleared().reply(scene.say("phrase.first_time"), hope="words", step="describe")
    if _all_in(text, GREETINGS | OPENING):
        return report(scene, "")
    if not asked and any(words.picked(text, scene.choices(value), scene.know.city) for value in STRAY):
        return beside(scene, scene.say("nothing_open"))
    if not asked and is_no_report(scene, heard) and tracking.asks_for_news(text):
        return tracking.status(scene, "")
    if not asked and is_no_report(scene, heard):
        return _no_report(scene, text)
    return None


def _courtesy(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """The answer to thanks, a greeting or praise; None for anything else."""
    if is_thanks(text):
        return beside(scene, scene.say("phrase.you_are_welcome" if scene.know.own else "thanks_nothing_sent"))
    if is_greeting(text):
        return _greet(scene, text)
    if praises(text) and not _surely_reports(heard):
        return beside(scene, scene.say("praise"))
    return None


def _no_report(scene: Scene, text: str) -> Turn:
    """It is said so; who has just filed a report may mean that one, and a tap adds the words to it."""
    tries = scene.session.tries + 1
    filed = next((each for each in scene.know.own if each.number == scene.session.about), None)
    if filed is None or not tracking.is_recent(scene, filed):
        return scene.cleared().reply(scene.say("no_report"), hope="words", tries=tries)
    add = Choice(f"add:{filed.number}", scene.say("choice_add_to_it"))
    waits = Held(text, turn=scene.session.turn + 1)
    return scene.reply(
        scene.say("no_report_or_more", nomor=filed.number), (add,), hope="words", tries=tries, held=waits
    )


def about_service(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """The answer to a question about this service; None for any other, and for one that tells a problem or a place."""
    told = names_a_problem(scene, heard) and heard.kind != QUESTION
    somewhere = (
        heard.place is not None and heard.place.kind != CITY
    )  # "KTP Cimahi, boleh lapor?" tells no place of a problem
    topic = "" if told or somewhere or heard.danger else topic_in(text)
    return beside(scene, scene.say(topic)) if topic else None


def is_plain_answer(scene: Scene, text: str) -> bool:
    """Whether every word is a courtesy or an answer that we know: nobody speaks of danger like that, whatever a model makes of it."""
    city, choices = scene.know.city, scene.choices(*STRAY, "show_name", "anonymous", "confidential")
    known = GREETINGS | THANKS | AROUND_THANKS | ALL_RIGHT | OPENING
    picks = any(words.picked(text, (choice,), city) for choice in choices)
    named = words.part_named(text) != "" and len(words.plain(text).split()) <= words.SHORT_NAME
    return _all_in(text, known) or picks or named or words.is_refusal(text, scene.speech.choice("skip"), city)


def is_greeting(text: str) -> bool:
    return _all_in(text, GREETINGS)


def is_thanks(text: str) -> bool:
    """Thanks, and nothing that could be a complaint or an answer."""
    said = words.plain(text).split()
    return _all_in(text, THANKS | AROUND_THANKS | GREETINGS) and not THANKS.isdisjoint(said)


def has_begun(scene: Scene) -> bool:
    """Whether there is anything that a greeting must not wipe."""
    return scene.session.draft is not None or bool(scene.session.later)


def is_no_report(scene: Scene, heard: Heard) -> bool:
    """Whether the words are surely no report: no place in them, and no category but the one for everything else."""
    category = heard.categories[0][0]
    about_something = heard.category_sure and category != scene.know.city.fallback_category
    return _reads_as_none(heard) and heard.place is None and not about_something


def is_chatter(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether the words beside a draft that was read back are surely no part of it."""
    to_us = heard.kind == NO_REPORT and heard.place is None and not SAID_TO_US.isdisjoint(words.plain(text).split())
    return to_us or is_no_report(scene, heard)


def tells_a_problem(scene: Scene, heard: Heard) -> bool:
    """Whether the words clearly tell something that an office can act on."""
    return not _reads_as_none(heard) and names_a_problem(scene, heard)


def _surely_reports(heard: Heard) -> bool:
    """Whether the words are read as a complaint, a wish or a question beyond doubt, or tell a danger."""
    return bool(heard.danger) or (heard.kind != NO_REPORT and heard.kind_confidence >= SURELY)


def _reads_as_none(heard: Heard) -> bool:
    return heard.kind == NO_REPORT and heard.kind_confidence >= NO_REPORT_AT


def _all_in(text: str, known: frozenset[str]) -> bool:
    said = words.plain(text).split()
    return 0 < len(said) <= MOST_COURTESY and all(word in known for word in said)


def _taken_up(scene: Scene) -> Scene:
    """The draft, or the first of those that wait when there is none."""
    session = scene.session
    if session.draft or not session.later:
        return scene
    return replace(scene, session=replace(session, draft=session.later[0], later=session.later[1:], step="idle"))


def _greet(scene: Scene, text: str) -> Turn:
    said = words.plain(text)
    key = (
        "phrase.greeting_reply_salam"
        if "assalam" in said
        else "phrase.greeting_reply"
        if "sampurasun" in said and scene.session.language == "su"
        else ""
    )
    if not key or has_begun(scene):
        return start(scene, "")
    opening = scene.say("phrase.welcome_back" if scene.know.own else "phrase.first_time")
    offered = scene.choices("status") if scene.know.own else ()
    return scene.cleared().reply(f"{scene.say(key)} {opening}", offered, hope="words")


def _speak(scene: Scene, code: str) -> Turn:
    """From now on this language; a question that waits is asked again in it."""
    spoken = scene.with_session(language=code, language_chosen=True)
    if scene.session.draft:
        turn = repeat(spoken, spoken.say("language_set"))
    else:
        turn = spoken.reply(f"{spoken.say('language_set')} {spoken.say('phrase.ask_what')}", hope="words")
    return replace(turn, effects=(Speak(code), *turn.effects))
