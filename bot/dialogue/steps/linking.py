"""A citizen links two of their channels, or parts them again."""

from bot.dialogue import link_words
from bot.dialogue.effects import LinkChannels, MakeLinkCode, NoteWrongCode, UnlinkChannels
from bot.dialogue.events import ActRefused, ChoicePicked, Event
from bot.dialogue.knowledge import LinkFacts
from bot.dialogue.link_words import LinkAsked
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn


def take(scene: Scene, event: Event) -> Turn | None:
    """The answer to words, a command or a tap about linking; None when they are about something else."""
    if isinstance(event, ChoicePicked) and event.value == link_words.NO:
        return beside(scene, scene.say("link_declined"), ())
    asked, know = link_words.asked(event), scene.know.linking
    if asked is None or know is None:
        return None
    match asked.what:
        case link_words.MAKE:
            return _make(scene, know)
        case link_words.PART:
            return _part(scene, know)
        case link_words.CONFIRM if not _is_asked(scene, event):
            return beside(scene, scene.say("stale_choice"))
    return _redeem(scene, asked, know)


def refused(scene: Scene, event: ActRefused) -> Turn | None:
    """A code that was used or ended meanwhile; None for any other refusal."""
    return beside(scene, scene.say(event.code)) if event.code.startswith("link_code_") else None


def _make(scene: Scene, know: LinkFacts) -> Turn:
    if not know.may_make:
        return beside(scene, scene.say("link_too_many_codes"))
    text = scene.say("link_code", kode=know.fresh_code)
    if know.linked:
        text = f"{scene.say('link_linked', kanal=_channels(scene, know))}\n\n{text}"
    return beside(scene, text, effects=(MakeLinkCode(know.fresh_code),))


def _redeem(scene: Scene, asked: LinkAsked, know: LinkFacts) -> Turn:
    if not know.may_try:
        return beside(scene, scene.say("link_too_many_tries"))
    if know.code_state != "open":
        wrong = (NoteWrongCode(),) if know.code_state != "own" else ()
        return beside(scene, scene.say(f"link_code_{know.code_state}"), effects=wrong)
    channel = scene.say(f"channel_{know.channel}")
    if asked.what == link_words.CONFIRM:
        return beside(scene, scene.say("link_done", kanal=channel), (), effects=(LinkChannels(asked.code),))
    whose = f"{channel} ({know.name})" if know.name else channel
    offered = (
        Choice(f"{link_words.YES}:{asked.code}", scene.say("link_choice_yes")),
        Choice(link_words.NO, scene.say("link_choice_no")),
    )
    return beside(scene, scene.say("link_ask", kanal=whose), offered)


def _part(scene: Scene, know: LinkFacts) -> Turn:
    if not know.linked:
        return beside(scene, scene.say("link_none"))
    return beside(scene, scene.say("link_undone", kanal=_channels(scene, know)), effects=(UnlinkChannels(),))


def _channels(scene: Scene, know: LinkFacts) -> str:
    return ", ".join(scene.say(f"channel_{each}") for each in know.linked)


def _is_asked(scene: Scene, event: Event) -> bool:
    """Whether this very question is open: a tap on an old one links nobody."""
    return (
        isinstance(event, ChoicePicked)
        and event.turn == scene.session.turn
        and event.value in {choice.value for choice in scene.session.offered}
    )
