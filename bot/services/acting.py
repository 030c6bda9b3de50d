"""Doing what a turn wants done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, get_args

from bot.dialogue import effects
from bot.dialogue.events import ActRefused
from bot.dialogue.replies import Reply
from bot.dialogue.session import Session
from bot.services import (
    agency_groups,
    asking,
    batch_filing,
    campaigns,
    closures,
    consenting,
    desk_acts,
    erasing,
    faster,
    filing,
    gathering,
    group_cards,
    groups,
    guards,
    handovers,
    linking,
    public_photos,
    reports,
    sp4n_answers,
    staffing,
    withdrawing,
    witnessing,
)
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from storage import Tx, audit, outbox, people, record_links
from storage import reports as kept
from storage.lifecycle import IllegalMove
from storage.moves import StatusMoved
from storage.people import InvitationExpired, InvitationUnknown, InvitationUsed
from storage.tables import Conversation, Report

LINK_LASTS = timedelta(hours=24)  # to a copy of one's data; texts, data_copy_link
ANSWER = "turn:"
"""With this the key of an answer begins; news have keys of their own."""


class Refused(Exception):
    """A turn wanted what may not be done; nothing of it is kept."""

    def __init__(self, refusal: ActRefused) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Stage:
    """Where effects happen: one conversation, one event, one moment."""

    office: Office
    conversation: Conversation
    contact_id: int
    officer: Officer | None
    event_id: int
    now: datetime
    filed: str = ""  # number of the report that this turn filed: what is said then is about it


def act(tx: Tx, stage: Stage, session: Session, wanted: tuple[effects.Effect, ...]) -> datetime | None:
    """Do everything a turn wants, and say when it wants to be woken. Raises Refused."""
    wake_at = None
    for effect in wanted:
        if isinstance(effect, effects.WakeAfter):
            wake_at = stage.now + timedelta(seconds=effect.seconds)
        else:
            _act_or_refuse(tx, stage, session, effect)
        if isinstance(effect, effects.OpenReport | effects.JoinReport):
            stage = replace(stage, filed=effect.number)
    return wake_at


def _act_or_refuse(tx: Tx, stage: Stage, session: Session, effect: effects.Effect) -> None:
    number = getattr(effect, "number", "")
    try:
        _act(tx, stage, session, effect)
    except IllegalMove as error:
        raise Refused(_illegal(tx, stage, number)) from error
    except StatusMoved as error:
        legal = _legal(tx, stage, kept.by_number(tx, number))
        last = faster.last_step(tx, number)
        raise Refused(ActRefused("moved_meanwhile", number, error.now_status, legal, last=last)) from error
    except NotAllowed as error:
        raise Refused(ActRefused("not_allowed", number)) from error
    except Refusal as error:
        report = kept.by_number(tx, number) if number else None
        status = report.status if report else ""
        values = tuple(error.values.items())
        raise Refused(ActRefused(error.code, number, status, _legal(tx, stage, report), values)) from error
    except reports.UnknownReport as error:
        raise Refused(_unknown(tx, str(error))) from error
    except InvitationUnknown as error:
        raise Refused(ActRefused("invitation_unknown")) from error
    except InvitationExpired as error:
        raise Refused(ActRefused("invitation_expired")) from error
    except InvitationUsed as error:
        raise Refused(ActRefused("invitation_used")) from error


def _act(tx: Tx, stage: Stage, session: Session, effect: effects.Effect) -> None:
    match effect:
        case effects.Say(reply, pause):
            _say(tx, stage, reply, pause)
        case effects.Speak(language):
            people.set_language(tx, stage.contact_id, language)
        case effects.BecomeStaff(code):
            staffing.join(tx, code, stage.contact_id, stage.now)
        case effects.CorrectReport() | effects.MoveReport() | effects.AddProof():
            _act_as_staff(tx, stage, effect)
        case _ if act := SERVICES.get(type(effect)):
            act(tx, stage, effect)
        case _:
            _act_as_reporter(tx, stage, session, effect)


def _at_the_desk(tx: Tx, stage: Stage, effect: Any) -> None:
    desk_acts.act(tx, stage.office, stage.officer, effect, stage.now)


def _from_a_sheet(tx: Tx, stage: Stage, effect: effects.TakeSheet) -> None:
    sp4n_answers.take_sheet(tx, stage.office, stage.officer, effect.told, stage.now)


def _in_an_agencys_group(tx: Tx, stage: Stage, effect: Any) -> None:
    agency_groups.act(tx, effect, conversation=stage.conversation, officer=stage.officer, now=stage.now)


def _in_a_group(tx: Tx, stage: Stage, effect: Any) -> None:
    groups.act(
        tx, effect, conversation=stage.conversation, contact_id=stage.contact_id, officer=stage.officer,
        now=stage.now, today=stage.office.today(stage.now),
    )  # fmt: skip


def _with_a_person(tx: Tx, stage: Stage, effect: Any) -> None:
    handovers.act(tx, stage.office, stage.conversation, stage.officer, effect, stage.event_id, stage.now)


def _from_a_group(tx: Tx, stage: Stage, effect: Any) -> None:
    address = people.address_of(tx, stage.conversation)
    source = f"{address.channel}:{address.bot}"
    group_cards.act(tx, stage.office, effect, conversation=stage.conversation, source=source, now=stage.now)


def _with_a_campaign(tx: Tx, stage: Stage, effect: Any) -> None:
    campaigns.act(
        tx, stage.office, effect, officer=stage.officer, contact_id=stage.contact_id,
        conversation_id=_id(stage.conversation), now=stage.now,
    )  # fmt: skip


def _with_a_batch(tx: Tx, stage: Stage, effect: Any) -> None:
    conversation_id = _id(stage.conversation)
    match effect:
        case effects.Gather():
            gathering.gather(tx, conversation_id, stage.event_id, effect, stage.now)
        case effects.PlaceGathered(evidence, place, beside):
            gathering.place(tx, conversation_id, evidence, place, beside)
        case effects.ReadBatch():
            gathering.read_now(tx, conversation_id, stage.now)
        case effects.PutOffBatch():
            gathering.put_off(tx, conversation_id, stage.now)
        case _:
            teller = batch_filing.Teller(stage.office, stage.conversation, stage.contact_id, stage.now)
            batch_filing.act(tx, teller, effect)


def _with_own_data(tx: Tx, stage: Stage, effect: effects.OwnData) -> None:
    match effect:
        case effects.MakeDataLink(token):
            record_links.make(tx, stage.contact_id, token, stage.now, stage.now + LINK_LASTS)
        case effects.EraseMe(follow):
            erasing.erase(tx, stage.office, stage.conversation, follow=follow, now=stage.now)


def _with_the_calendar(tx: Tx, stage: Stage, effect: Any) -> None:
    closures.act(tx, stage.office, stage.officer, effect, stage.now)


def _about_a_neighbour(tx: Tx, stage: Stage, effect: Any) -> None:
    consenting.act(tx, effect, stage.conversation, stage.contact_id, stage.office.today(stage.now), stage.now)


def _as_a_witness(tx: Tx, stage: Stage, effect: Any) -> None:
    witnessing.act(tx, stage.office, effect, stage.contact_id, stage.now)


def _with_a_photo(tx: Tx, stage: Stage, effect: effects.PhotoEffect) -> None:
    public_photos.act(tx, stage.office, stage.officer, effect, stage.now)


def _with_channels(tx: Tx, stage: Stage, effect: Any) -> None:
    linking.act(tx, stage.office, effect, stage.conversation, stage.contact_id, stage.now)


def _taken_back(tx: Tx, stage: Stage, effect: effects.TakenBack) -> None:
    match effect:
        case effects.WithdrawReport(number):
            withdrawing.withdraw(tx, stage.office, stage.conversation, number, stage.now)
        case effects.ShowNameAs(number, privacy):
            withdrawing.show_name_as(tx, stage.conversation, number, privacy, stage.now)


SERVICES: Mapping[type, Callable[[Tx, Stage, Any], None]] = {
    **dict.fromkeys(get_args(effects.DeskEffect), _at_the_desk),
    effects.TakeSheet: _from_a_sheet,
    **dict.fromkeys(get_args(effects.AgencyGroupEffect), _in_an_agencys_group),
    **dict.fromkeys(get_args(effects.GroupEffect), _in_a_group),
    **dict.fromkeys(get_args(effects.PersonEffect), _with_a_person),
    **dict.fromkeys(get_args(effects.CampaignEffect), _with_a_campaign),
    **dict.fromkeys(get_args(effects.BatchEffect), _with_a_batch),
    **dict.fromkeys(get_args(effects.OwnData), _with_own_data),
    **dict.fromkeys(get_args(effects.PhotoEffect), _with_a_photo),
    **dict.fromkeys(get_args(effects.GroupTalkEffect), _from_a_group),
    **dict.fromkeys(get_args(effects.ClosureEffect), _with_the_calendar),
    **dict.fromkeys(get_args(effects.LinkEffect), _with_channels),
    **dict.fromkeys(get_args(effects.NeighbourEffect), _about_a_neighbour),
    **dict.fromkeys(get_args(effects.WitnessEffect), _as_a_witness),
    **dict.fromkeys(get_args(effects.TakenBack), _taken_back),
}
"""By kind of effect: the service that does it."""


def _say(tx: Tx, stage: Stage, reply: Reply, pause: float) -> None:
    """Owe an answer; a question that was put off for the next message, and not sent yet, is said no more."""
    conversation_id, key = _id(stage.conversation), f"{ANSWER}{stage.event_id}:{reply.turn}"
    outbox.withdraw_waiting(tx, conversation_id, ANSWER, "the next message came first", stage.now)
    due_at = stage.now + timedelta(seconds=pause) if stage.office.patient else stage.now
    report = kept.by_number(tx, stage.filed) if stage.filed else None
    outbox.owe(
        tx, conversation_id=conversation_id, body=reply.to_json(), key=key, now=stage.now, due_at=due_at,
        report_id=report.id if report else None,
    )  # fmt: skip


def _act_as_staff(tx: Tx, stage: Stage, effect: effects.CorrectReport | effects.MoveReport | effects.AddProof) -> None:
    office, officer, now = stage.office, stage.officer, stage.now
    match effect:
        case effects.CorrectReport(number, category):
            reports.correct_category(tx, office, officer, number, category, now)
        case effects.AddProof(number, evidence):
            reports.add_proof(tx, office, officer, number, evidence, now)
        case effects.MoveReport(number, to, seen, note, agency, evidence):
            reports.move(
                tx, office, officer, number, to, seen=seen, note=note, agency=agency, evidence=evidence, now=now
            )


def _act_as_reporter(tx: Tx, stage: Stage, session: Session, effect: effects.Effect) -> None:
    office, conversation, now = stage.office, stage.conversation, stage.now
    match effect:
        case effects.OpenReport(draft, number, emergency):
            through = consenting.through(tx, stage.contact_id, office.today(now), neighbour=draft.neighbour)
            report = filing.file(
                tx, office, conversation, draft, number, session.language, emergency=emergency, now=now, through=through
            )
            if draft.neighbour:
                consenting.note(tx, report, stage.contact_id, "", now)
        case effects.JoinReport(draft, number, parent):
            through = consenting.through(tx, stage.contact_id, office.today(now), neighbour=draft.neighbour)
            report = filing.join(
                tx, office, conversation, draft, number, session.language, parent, now, through=through
            )
            if draft.neighbour:
                consenting.note(tx, report, stage.contact_id, "", now)
        case effects.AnswerClosing(number, solved):
            reports.answer_closing(tx, office, conversation, number, solved=solved, now=now)
        case effects.ReopenReport(number):
            reports.answer_closing(tx, office, conversation, number, solved=False, now=now)
        case effects.Rate(number, stars, word):
            report = reports.own(tx, conversation, number)
            kept.rate(tx, report.id or 0, report.contact_id, stars, now, word=word)
            audit.note(tx, contact_id=report.contact_id, act="rate", report_id=report.id, detail=str(stars), now=now)
        case effects.AddToReport(number, words, evidence, place):
            asking.complete(tx, office, conversation, number, words=words, evidence=evidence, place=place, now=now)
        case _:
            raise TypeError(f"nobody does {effect!r}")


def _illegal(tx: Tx, stage: Stage, number: str) -> ActRefused:
    report = kept.by_number(tx, number)
    return ActRefused("illegal_move", number, report.status if report else "", _legal(tx, stage, report))


def _unknown(tx: Tx, number: str) -> ActRefused:
    """A report that cannot be had: not there, somebody else's, or ended before one could join it."""
    report = kept.by_number(tx, number)
    return ActRefused("unknown_report", number, report.status if report else "")


def _legal(tx: Tx, stage: Stage, report: Report | None) -> tuple[str, ...]:
    """Where this very person can move it now; nothing of a report that they may not even see."""
    if report is None or stage.officer is None or not stage.officer.may_see(stage.office.city, report):
        return ()
    return guards.possible(tx, stage.office, stage.officer, report, stage.now)


def _id(conversation: Conversation) -> int:
    assert conversation.id is not None
    return conversation.id
