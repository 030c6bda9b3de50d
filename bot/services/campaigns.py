"""Campaigns (siaran): planned by an administrator, owed to each recipient once, stopped, counted, opted out of.

A campaign is spread over the outbox in batches; the batch and how far it got are one transaction, so that after a crash the next
batch begins where the last one ended: nobody twice, nobody forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.dialogue import effects
from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.knowledge import CampaignFacts
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.session import Session
from bot.dialogue.texts import speech_for
from bot.services import campaign_pace
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import STAFF_BOTS, NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, campaigns, groups, media, outbox, people, preferences
from storage.tables import Campaign

CITIZENS, CHOSEN = "citizens", "kim"
BATCH = 200  # recipients in one transaction
TARDY = timedelta(seconds=30)  # after so long without a worker the rest is spread anew instead of going out all at once
GOOD_FOR = timedelta(days=7)
"""So long a message waits for a reader whom the platform lets us write to only after they wrote; then it is old news."""
PACE_KEY = "campaign_pace"
MOST_SHOWN = 5  # campaigns on the list
STOP_VALUE = "campaigns:off"
NEWS = "campaign"
"""By this a platform's template is chosen: one for marketing, never one for news of reports."""


# ---------------------------------------------------------------- administrators


def plan(
    tx: Tx, office: Office, officer: Officer | None, *, words: str, evidence: Sequence[int], audience: str,
    starts_at: datetime, conversation_id: int, now: datetime,
) -> Campaign:  # fmt: skip
    """Plan a campaign. Raises NotAllowed, or Refusal while a file is still on its way, and for an audience of nobody."""
    maker = _administrator(officer)
    if any(media.by_id(tx, each).state != "stored" for each in evidence):
        raise Refusal("campaign_file_awaited")
    if not campaigns.size(tx, audience_of(tx, audience, office.today(now))):
        raise Refusal("campaign_nobody")
    campaign = tx.add(
        Campaign(
            words=words, evidence=list(evidence), audience=audience, starts_at=max(starts_at, now),
            made_by=maker.contact_id, conversation_id=conversation_id, created_at=now,
        )
    )  # fmt: skip
    audit.note(tx, contact_id=maker.contact_id, act="plan_campaign", detail=f"{campaign.id} {audience}", now=now)
    return campaign


def act(
    tx: Tx, office: Office, effect: effects.CampaignEffect, *, officer: Officer | None, contact_id: int,
    conversation_id: int, now: datetime,
) -> None:  # fmt: skip
    """Do what a turn wants done with campaigns; see the functions for what they raise."""
    match effect:
        case effects.PlanCampaign(made, starts_at):
            plan(
                tx, office, officer, words=made.words, evidence=made.photos, audience=made.audience,
                starts_at=starts_at, conversation_id=conversation_id, now=now,
            )  # fmt: skip
        case effects.StopCampaign(id_):
            stop(tx, officer, id_, now)
        case effects.WantCampaigns(wanted):
            choose(tx, contact_id, wanted=wanted, now=now)


def stop(tx: Tx, officer: Officer | None, campaign_id: int, now: datetime) -> None:
    """Send no more of it. Raises NotAllowed, or Refusal for one that is over, or never was."""
    maker, campaign = _administrator(officer), campaigns.by_id(tx, campaign_id)
    if campaign is None:
        raise Refusal("campaign_unknown")
    if not campaigns.end(tx, campaign_id, campaigns.STOPPED, now):
        raise Refusal("campaign_is_over")
    campaigns.withdraw(tx, "the campaign was stopped", now, campaign_id=campaign_id)
    audit.note(tx, contact_id=maker.contact_id, act="stop_campaign", detail=str(campaign_id), now=now)


def listed(tx: Tx, today: date) -> tuple[CampaignFacts, ...]:
    """The newest campaigns with their figures."""
    return tuple(facts_of(tx, each, today) for each in campaigns.newest(tx, MOST_SHOWN))


def facts_of(tx: Tx, campaign: Campaign, today: date) -> CampaignFacts:
    """A campaign and how far it got."""
    assert campaign.id is not None
    figures = campaigns.figures(tx, campaign.id)
    expected = figures.owed
    if not campaign.all_owed:
        expected = max(expected, campaigns.size(tx, audience_of(tx, campaign.audience, today)))
    return CampaignFacts(
        id=campaign.id, words=campaign.words, photos=tuple(campaign.evidence), audience=campaign.audience,
        state=campaign.state, starts_at=campaign.starts_at, expected=expected, sent=figures.sent,
        delivered=figures.delivered, read=figures.read, failed=figures.failed, withdrawn=figures.withdrawn, held=figures.held,
        groups=tuple(group.name for id_ in _groups_in(campaign.audience) if (group := groups.group_by_id(tx, id_))),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What a turn of the staff talk knows of campaigns."""

    newest: tuple[CampaignFacts, ...] = ()
    named: CampaignFacts | None = None
    size: int = 0


def known(tx: Tx, officer: Officer, session: Session, event: Event, today: date) -> Known:
    """Nothing where the turn is not about campaigns, and for everybody but administrators."""
    asked = _asked(event)
    if ADMINISTRATOR not in officer.roles or (asked is None and session.campaign is None):
        return Known()
    named = campaigns.by_id(tx, int(asked)) if asked and asked.isdecimal() and len(asked) < 10 else None
    draft = session.campaign
    size = campaigns.size(tx, audience_of(tx, draft.audience, today)) if draft and draft.audience else 0
    return Known(listed(tx, today), facts_of(tx, named, today) if named else None, size)


def _asked(event: Event) -> str | None:
    """The campaign that an event names, "" where it asks for all of them, None where it is about none."""
    match event:
        case CommandGiven("siaran", argument):
            return argument.strip()
        case ChoicePicked(value, _) if value.partition(":")[0] in ("siaran", "halt"):
            return value.partition(":")[2]
    return None


def audience_of(tx: Tx, named: str, today: date) -> campaigns.Audience:
    """The persons that an audience means now; a group that is past its term of office has none."""
    kind, _, which = named.partition(":")
    if kind == CITIZENS:
        return campaigns.Audience(STAFF_BOTS, kelurahan=which)
    if kind == CHOSEN:
        return campaigns.Audience(STAFF_BOTS, contacts=campaigns.members(tx, today, group_ids=_groups_in(named)))
    return campaigns.Audience(STAFF_BOTS, contacts=campaigns.members(tx, today, kelurahan=which))


def _groups_in(audience: str) -> tuple[int, ...]:
    """The groups that were chosen one by one; none where an audience means others."""
    kind, _, which = audience.partition(":")
    return tuple(int(each) for each in which.split(",") if each.isdecimal()) if kind == CHOSEN else ()


def _administrator(officer: Officer | None) -> Officer:
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed("campaigns are the administrators'")
    return officer


# ---------------------------------------------------------------- recipients


def choose(tx: Tx, contact_id: int, *, wanted: bool, now: datetime) -> None:
    """This person wants campaigns from now on, or none; then also what is on its way is not sent."""
    theirs = people.same_person(tx, contact_id)
    campaigns.choose(tx, theirs, campaigns.ON if wanted else campaigns.OFF, now)
    if not wanted:
        campaigns.withdraw(tx, "opted out", now, contact_id=contact_id)
    audit.note(tx, contact_id=contact_id, act="campaigns_on" if wanted else "campaigns_off", now=now)


# ---------------------------------------------------------------- by itself


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether a campaign has a batch to owe, is to be spread anew, or is through."""
    return bool(
        campaigns.to_spread(tx, now)
        or campaigns.through(tx)
        or campaigns.late(tx, now - TARDY, 1)
        or campaigns.outdated(tx, now - GOOD_FOR)
    )


def deal_with_due(tx: Tx, office: Office, now: datetime) -> int:
    """One batch of what is due; how many messages or campaigns were dealt with."""
    return (
        _spread_anew(tx, office, now)
        + _owe_batch(tx, office, now)
        + _close_one(tx, office, now)
        + campaigns.withdraw_outdated(tx, now - GOOD_FOR, now)
    )


def _owe_batch(tx: Tx, office: Office, now: datetime) -> int:
    campaign = campaigns.to_spread(tx, now)
    if campaign is None:
        return 0
    audience = audience_of(tx, campaign.audience, office.today(now))
    batch = campaigns.contacts_in(tx, audience, after=campaign.owed_up_to, limit=BATCH)
    lanes, zone = _lanes(tx), office.city.timezone
    reached = campaigns.last_chats(tx, batch, audience.not_bots)
    for contact_id in batch:
        if recipient := reached.get(contact_id):
            lane = lanes.get(recipient.channel, campaign_pace.Lane())
            slot, lanes[recipient.channel] = campaign_pace.book(lane, _pace(office, recipient.channel), now, zone)
            _owe(tx, office, campaign, recipient, slot, now)
    _keep_lanes(tx, lanes, now)
    campaigns.owed_to(tx, campaign, batch[-1] if batch else campaign.owed_up_to, all_owed=len(batch) < BATCH)
    return len(batch) or 1


def _owe(
    tx: Tx, office: Office, campaign: Campaign, recipient: campaigns.Recipient, slot: datetime, now: datetime
) -> None:
    speech = speech_for(office.city, recipient.language)
    text = f"{campaign.words}\n\n{speech.say('campaign_footer', kota=office.city.name)}"
    stop_button = Choice(STOP_VALUE, speech.say("campaign_stop_button"))
    reply = Reply(text, (stop_button,), photos=tuple(campaign.evidence), news=NEWS)
    outbox.owe(
        tx, conversation_id=recipient.conversation_id, body=reply.to_json(), due_at=slot, now=now,
        key=f"campaign:{campaign.id}:{recipient.contact_id}", campaign_id=campaign.id,
    )  # fmt: skip


def _spread_anew(tx: Tx, office: Office, now: datetime) -> int:
    """After a time without a worker: what is late goes out at the usual pace, and not all in one second."""
    tardy = campaigns.late(tx, now - TARDY, BATCH)
    lanes: dict[str, campaign_pace.Lane] = {}
    kept = _lanes(tx)
    for message, channel in tardy:
        lane = lanes.get(channel) or kept.get(channel, campaign_pace.Lane())
        slot, lanes[channel] = campaign_pace.book(lane, _pace(office, channel), now, office.city.timezone)
        campaigns.put_off(tx, message, slot)
    _keep_lanes(tx, {**kept, **lanes}, now)
    return len(tardy)


def _close_one(tx: Tx, office: Office, now: datetime) -> int:
    campaign = campaigns.through(tx)
    if campaign is None:
        return 0
    assert campaign.id is not None
    campaigns.end(tx, campaign.id, campaigns.SENT, now)
    facts = facts_of(tx, campaign, office.today(now))
    speech = speech_for(office.city, people.language_of(tx, campaign.made_by))
    text = speech.say("campaign_through", id=facts.id, terkirim=facts.sent, tujuan=facts.expected, gagal=facts.failed)
    reply = Reply(text, (Choice(f"siaran:{facts.id}", speech.say("campaign_figures_button")),))
    outbox.owe(
        tx,
        conversation_id=campaign.conversation_id,
        body=reply.to_json(),
        key=f"campaign_through:{campaign.id}",
        now=now,
    )
    return 1


def _pace(office: Office, channel: str) -> campaign_pace.Pace:
    return campaign_pace.pace_of(channel, office.whatsapp_campaigns_a_day)


def _lanes(tx: Tx) -> dict[str, campaign_pace.Lane]:
    kept = preferences.get(tx, PACE_KEY) or {}
    return {name: campaign_pace.Lane(datetime.fromisoformat(last), booked) for name, (last, booked) in kept.items()}


def _keep_lanes(tx: Tx, lanes: dict[str, campaign_pace.Lane], now: datetime) -> None:
    kept = {name: [lane.last.isoformat(), lane.booked] for name, lane in lanes.items() if lane.last is not None}
    preferences.put(tx, PACE_KEY, kept, now)
