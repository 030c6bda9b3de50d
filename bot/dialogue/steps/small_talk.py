"""What is no report: greetings, thanks, help, the language, privacy."""

from bot.dialogue import words
from bot.dialogue.effects import Speak
from bot.dialogue.knowledge import Heard
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft
from bot.dialogue.steps.read_back import offer_to_resume
from bot.dialogue.turn import Scene, Turn

GREETINGS = frozenset(
    "halo hallo hai hi hello hey helo pagi siang sore malam selamat assalamualaikum assalamu alaikum salam sampurasun"
    " punten permisi tes test ping wr wb kang teh pak bu min admin mang bang kak warga gan bos".split()
)
THANKS = frozenset(
    "terima kasih makasih makasi trims tengkyu thanks thank you thx hatur nuhun nuhun pisan banyak ya sip oke ok mantap siap".split()
)
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "su": "Basa Sunda", "en": "English"}
NO_REPORT = "bukan_laporan"
NO_REPORT_AT = 0.6
"""From this confidence a message is answered as no report; below it is taken as one, since asking costs less than losing it."""


def start(scene: Scene, argument: str) -> Turn:
    """``/start``: who we are and how it is done; inside a draft it offers to go on."""
    if scene.session.draft:
        return offer_to_resume(scene)
    if scene.know.own:
        return scene.cleared().reply(scene.say("phrase.welcome_back"), scene.choices("status"), hope="words")
    return scene.cleared().reply(scene.say("phrase.first_time"), hope="words")


def report(scene: Scene, argument: str) -> Turn:
    """``/lapor``: ask what is wrong; a draft that was begun is offered first."""
    if scene.session.draft:
        return offer_to_resume(scene)
    return scene.cleared().reply(scene.say("phrase.ask_what"), hope="words", step="describe", draft=Draft())


def help_(scene: Scene, argument: str) -> Turn:
    """``/bantuan``: everything that can be done, in one bubble; what was offered stays good."""
    return scene.reply(scene.say("help"), scene.session.offered)


def language(scene: Scene, argument: str) -> Turn:
    """``/bahasa``: offer the languages, or take the one that was named."""
    named = words.plain(argument)
    for code, name in LANGUAGE_NAMES.items():
        if named and (named == code or named in words.plain(name)):
            return _speak(scene, code)
    offered = tuple(Choice(f"language:{code}", name) for code, name in LANGUAGE_NAMES.items())
    return scene.reply(scene.say("ask_language"), offered)


def privacy(scene: Scene, argument: str) -> Turn:
    """``/privasi``: what is kept and why; with the keeping time and the responsible office once the city has decided them."""
    facts = scene.know.city.facts
    if "masa_simpan" in facts and "pengendali" in facts:
        text = scene.say("phrase.privacy_details", masa_simpan=facts["masa_simpan"], pengendali=facts["pengendali"])
    else:
        text = scene.say("notice.persetujuan_privasi")
    return scene.reply(text, scene.session.offered)


def unknown_command(scene: Scene, name: str) -> Turn:
    return scene.reply(scene.say("unknown_command", perintah=f"/{name}"), scene.session.offered)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A language that was picked; None for anything else."""
    kind, _, what = value.partition(":")
    return _speak(scene, what) if kind == "language" else None


def answer(scene: Scene, text: str, heard: Heard, *, begun: bool) -> Turn | None:
    """The answer to words that are no report; None when they may be one.

    ``begun``: we had asked what is wrong, so only plain courtesies are taken as such.
    """
    if is_thanks(text):
        return scene.reply(scene.say("phrase.you_are_welcome"), scene.session.offered)
    if is_greeting(text):
        return _greet(scene, text)
    if not begun and heard.kind == NO_REPORT and heard.kind_confidence >= NO_REPORT_AT:
        return scene.reply(scene.say("no_report"), hope="words")
    return None


def is_greeting(text: str) -> bool:
    said = words.plain(text).split()
    return bool(said) and len(said) <= 6 and all(word in GREETINGS for word in said)


def is_thanks(text: str) -> bool:
    said = words.plain(text).split()
    return (
        bool(said)
        and len(said) <= 6
        and all(word in THANKS or word in GREETINGS for word in said)
        and any(word in THANKS for word in said)
    )


def _greet(scene: Scene, text: str) -> Turn:
    said = words.plain(text)
    first = (
        scene.say("phrase.greeting_reply_salam")
        if "assalam" in said
        else scene.say("phrase.greeting_reply")
        if "sampurasun" in said
        else ""
    )
    turn = start(scene, "")
    if not first:
        return turn
    opening = scene.say("phrase.welcome_back" if scene.know.own else "phrase.first_time")
    return scene.cleared().reply(f"{first} {opening}", scene.choices("status") if scene.know.own else (), hope="words")


def _speak(scene: Scene, code: str) -> Turn:
    spoken = scene.with_session(language=code)
    return spoken.reply(spoken.say("language_changed"), hope="words", effects=(Speak(code),))
