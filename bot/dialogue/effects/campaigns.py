"""What is wanted of campaigns."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.dialogue.session import CampaignDraft


@dataclass(frozen=True, slots=True)
class PlanCampaign:
    """Send this to these people from then on."""

    campaign: CampaignDraft
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class StopCampaign:
    """Send no more of it."""

    id: int


@dataclass(frozen=True, slots=True)
class WantCampaigns:
    """This person asks for campaigns, or wants none any more."""

    wanted: bool


CampaignEffect: TypeAlias = PlanCampaign | StopCampaign | WantCampaigns
"""What happens with campaigns."""
