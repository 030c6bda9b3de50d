"""Asking for campaigns, and wanting none any more: one word each."""

from bot.dialogue.effects import WantCampaigns
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

ON, OFF = "on", "off"


def ask(scene: Scene, argument: str) -> Turn:
    """``/langganan``: whether campaigns are wanted, and the other choice."""
    if scene.know.campaign_wish == ON:
        return beside(scene, scene.say("campaigns_are_on"), _offered(scene, "off"))
    return _turn(scene, wanted=True)


def stop(scene: Scene, argument: str) -> Turn:
    """``/berhenti``: none from now on."""
    return _turn(scene, wanted=False)


def take_choice(scene: Scene, value: str) -> Turn | None:
    """A tap under a campaign, or under the answer to one; None for anything else."""
    return (
        {"campaigns:on": ask, "campaigns:off": stop}[value](scene, "")
        if value in ("campaigns:on", "campaigns:off")
        else None
    )


def _turn(scene: Scene, *, wanted: bool) -> Turn:
    turn = beside(
        scene, scene.say("campaigns_on" if wanted else "campaigns_off"), _offered(scene, "off" if wanted else "on")
    )
    return Turn(turn.session, (WantCampaigns(wanted), *turn.effects))


def _offered(scene: Scene, wish: str) -> tuple[Choice, ...]:
    """The other wish as a button, but never among the answers to a question that is open: the words for it stand in the text."""
    key = "campaign_stop_button" if wish == OFF else "campaign_again_button"
    return () if scene.session.draft else (Choice(f"campaigns:{wish}", scene.say(key)),)
