"""Reports as somebody may see them: everybody, their own reporter, or a member of staff."""

from datetime import datetime

from bot.dialogue.knowledge import PartFacts, ReferralFacts, ReportFacts, TimelineStep, UsualPlace
from bot.dialogue.steps.read_back import summary, where
from bot.services import guards, parts, routing, time_facts, withdrawing, witnessing
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.promises import PROMISED_DAY
from bot.services.reporter_waits import REMINDER
from bot.services.rights import Officer
from bot.services.secrecy import is_hidden
from storage import Tx, deadlines, media, notes, people, public_photos, referrals
from storage import reports as kept
from storage.tables import Referral, ReferralAnswer, Report, StatusChange


def in_public(report: Report) -> ReportFacts:
    """Somebody else's report as everybody may know it."""
    place = place_of(report)
    return ReportFacts(report.number, report.status, report.category, place=summary(place) if place else "")


def for_citizen(tx: Tx, office: Office, report: Report, mine: frozenset[int]) -> ReportFacts:
    """A report as the person whose contacts are ``mine`` may see it."""
    if report.contact_id in mine:
        return own(tx, office, report)
    return ReportFacts(report.number, report.status, report.category)


def own(tx: Tx, office: Office, report: Report) -> ReportFacts:
    """One's own report; one that was joined to another stands where that one stands."""
    stands = kept.by_id(tx, report.parent_id) if report.status == "digabung" and report.parent_id else report
    assert report.id is not None
    assert stands.id is not None
    place = place_of(report)
    steps = _timeline(tx, report.id) + (_timeline(tx, stands.id) if stands is not report else ())
    shared = parts.of(tx, stands)
    for part in shared:
        steps += tuple(step for step in _timeline(tx, part.id) if step.status not in ("diterima", "terverifikasi"))
    asked = any(part.status == "perlu_dilengkapi" for part in shared)
    return ReportFacts(
        number=report.number,
        status="perlu_dilengkapi" if asked else stands.status,
        parts=tuple(PartFacts("", part.agency, part.status, _next_due(tx, part.id)) for part in shared),
        category=report.category,
        kind=report.kind,
        priority=report.priority,
        privacy=report.privacy,
        mine=True,
        rated=kept.rating_of(tx, report.id, report.contact_id) is not None,
        may_withdraw=withdrawing.may_withdraw(tx, office, report),
        place=where(place, kept.place_words_of(tx, report)),
        agency=stands.agency,
        created_at=report.created_at,
        timeline=tuple(sorted(steps, key=lambda step: step.at)),
        due_at=min(filter(None, (_next_due(tx, each.id) for each in (stands, *shared))), default=None),
        needs_check=report.needs_check,
        joined_to=stands.number if stands is not report else "",
    )


def for_staff(tx: Tx, office: Office, officer: Officer, report: Report, language: str, now: datetime) -> ReportFacts:
    """A report as this member of staff may see it."""
    assert report.id is not None
    place, files = place_of(report), media.of_report(tx, report.id)
    files += media.of_report(tx, parts.whole(tx, report).id) if report.is_part else []
    proposal = routing.propose(office.city, report, language)
    contact = people.contact_by_id(tx, report.contact_id)
    pictures = [row for row in files if row.kind == "photo" and row.state != "failed"]
    return ReportFacts(
        number=report.number,
        status=report.status,
        category=report.category,
        kind=report.kind,
        priority=report.priority,
        privacy=report.privacy,
        description=kept.description_of(tx, report),
        place=where(place, kept.place_words_of(tx, report)),
        agency=report.agency,
        created_at=report.created_at,
        timeline=_timeline(tx, report.id),
        due_at=_next_due(tx, report.id),
        time=time_facts.of_report(tx, office, report, now),
        needs_check=report.needs_check,
        photos=tuple(row.id for row in pictures if row.purpose == "problem" and row.id),
        public_photos=tuple(shown.evidence_id for shown in public_photos.of_report(tx, report.id)),
        may_be_public=not is_hidden(report, office.city),
        proofs=tuple(row.id for row in pictures if row.purpose == "result" and row.id),
        parts=tuple(
            PartFacts(part.number, part.agency, part.status, _next_due(tx, part.id)) for part in parts.of(tx, report)
        ),
        part_of=parts.whole(tx, report).number if report.is_part else "",
        notes=tuple(notes.text_of(tx, note) for note in notes.notes_of(tx, report.id, internal=True)),
        supporters=kept.supporters(tx, report.id),
        reporter_name=people.name_of(tx, contact) if officer.may_know_reporter(report) else "",
        moves=guards.possible(tx, office, officer, report, now),
        proposed_agency=proposal.agency if not report.agency else "",
        proposed_because=proposal.because,
        proposal_sure=proposal.sure,
        category_confidence=report.category_confidence,
        referral=_referral(tx, office, report),
        on_map=report.lat is not None and report.lon is not None,
    )


def usual_places(office: Office, earlier: list[Report]) -> tuple[UsualPlace, ...]:
    """Where a person's earlier reports were, as far as that has a name; each place once. Where somebody was in danger is none."""
    found: dict[str, UsualPlace] = {}
    for report in earlier:
        if report.category != office.city.emergency.category and (place := place_of(report)) and place.name:
            found.setdefault(summary(place), UsualPlace(report.number, place))
    return tuple(found.values())


def _timeline(tx: Tx, report_id: int) -> tuple[TimelineStep, ...]:
    """Every step, and between them what outside agencies answered."""
    hops = referrals.of_report(tx, kept.by_id(tx, report_id))
    by_change = {hop.change_id: hop for hop in hops}
    steps = [_step(tx, change, by_change.get(change.id)) for change in kept.history(tx, report_id)]
    steps += [_answer(tx, hop, said) for hop in hops for said in referrals.answers_of(tx, hop)]
    return tuple(sorted(steps, key=lambda step: step.at))


def _step(tx: Tx, change: StatusChange, hop: Referral | None) -> TimelineStep:
    note, agency = kept.note_of(tx, change), hop.agency if hop else change.agency
    receiver, reference = (hop.receiver, hop.reference) if hop else ("", "")
    return TimelineStep(change.to_status, change.at, note, agency, change.reason, receiver, reference)


def _answer(tx: Tx, hop: Referral, said: ReferralAnswer) -> TimelineStep:
    text = referrals.text_of(tx, said)
    return TimelineStep("diteruskan", said.at, text, hop.agency, "", hop.receiver, hop.reference, answer=True)


def _referral(tx: Tx, office: Office, report: Report) -> ReferralFacts | None:
    hop = referrals.open_of(tx, report)
    if hop is None:
        return None
    said = referrals.answers_of(tx, hop)
    return ReferralFacts(
        receiver=hop.receiver or office.city.agencies[hop.agency].short,
        since=hop.since,
        chases=hop.chases,
        link_until=hop.token_expires_at if hop.token_hash else None,
        last_answer=referrals.text_of(tx, said[-1]) if said else "",
    )


def _next_due(tx: Tx, report_id: int) -> datetime | None:
    shown = [
        each.due_at
        for each in deadlines.open_deadlines(tx, report_id)
        if each.kind not in (REMINDER, PROMISED_DAY, witnessing.WITNESS)
    ]
    return min(shown, default=None)
