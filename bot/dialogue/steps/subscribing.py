"""Asking for campaigns, and wanting none any more: one word each."""

from bot.dialogue.effects import WantCampaigns
from bot.dialogue.replies import Choice
from bot.dialogue.steps.aside import beside
from bot.dialogue.turn import Scene, Turn

ON, OFF = "on", "off"


def ask(scene: Scene, argument: str) -> Turn:
    """``/langganan``: whether campaigns are wanted, and the other choice."""
    if scene.know.campaign_wish == ON:
        return beside(
            scene, scene.say("campaigns_are_on"), (Choice("campaigns:off", scene.say("campaign_stop_button")),)
        )
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
    other = Choice("campaigns:off", scene.say("campaign_stop_button"))
    if not wanted:
        other = Choice("campaigns:on", scene.say("campaign_again_button"))
    turn = beside(scene, scene.say("campaigns_on" if wanted else "campaigns_off"), (other,))
    return Turn(turn.session, (WantCampaigns(wanted), *turn.effects))
