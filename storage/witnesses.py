"""KIM members who were asked whether a problem near them is solved, and what they saw."""

from datetime import date, datetime

from sqlmodel import col, func, select

from storage.contacts import same_person
from storage.tables import Group, KimMember, Report, Witness
from storage.transaction import Tx


def members_near(tx: Tx, kelurahan: str, today: date) -> list[KimMember]:
    """Active members of the groups that speak for this kelurahan, whoever was asked longest ago first."""
    last_asked = (
        select(func.max(Witness.asked_at))
        .where(Witness.member_id == KimMember.id)
        .correlate(KimMember)
        .scalar_subquery()
    )
    rows = tx.session.exec(
        select(KimMember)
        .join(Group, col(Group.id) == KimMember.group_id)
        .where(
            Group.kelurahan == kelurahan,
            col(Group.ended_at).is_(None),
            col(Group.term_from) <= today,
            col(Group.term_until) >= today,
            col(KimMember.until).is_(None),
            col(KimMember.asleep_at).is_(None),
        )
        .order_by(last_asked.asc().nulls_first(), col(KimMember.id))
    )
    return list(rows)


def asked_since(tx: Tx, contact_id: int, since: datetime) -> int:
    """How often this person was asked since then, in whichever group."""
    asked = (
        select(func.count())
        .select_from(Witness)
        .join(KimMember, col(KimMember.id) == Witness.member_id)
        .where(KimMember.contact_id == contact_id, col(Witness.asked_at) > since)
    )
    return tx.session.exec(asked).one()


def ask(tx: Tx, report_id: int, member_id: int, cause: str, now: datetime) -> Witness | None:
    """Write down that they are asked; None when they were for this cause already."""
    return tx.add_once(Witness, report_id=report_id, member_id=member_id, cause=cause, asked_at=now)


def open_questions(tx: Tx, contact_id: int) -> list[tuple[Witness, Report]]:
    """What this person was asked and has not answered, the newest first."""
    return list(
        tx.session.exec(
            select(Witness, Report)
            .join(KimMember, col(KimMember.id) == Witness.member_id)
            .join(Report, col(Report.id) == Witness.report_id)
            .where(
                col(KimMember.contact_id).in_(same_person(tx, contact_id)),
                col(KimMember.until).is_(None),
                col(Witness.answered_at).is_(None),
            )
            .order_by(col(Witness.id).desc())
        )
    )


def last_of(tx: Tx, contact_id: int, report_id: int) -> Witness | None:
    """What this person was asked last about a report."""
    return tx.session.exec(
        select(Witness)
        .join(KimMember, col(KimMember.id) == Witness.member_id)
        .where(
            col(KimMember.contact_id).in_(same_person(tx, contact_id)),
            col(KimMember.until).is_(None),
            Witness.report_id == report_id,
        )
        .order_by(col(Witness.id).desc())
    ).first()


def answer(tx: Tx, witness_id: int, *, solved: bool, word: str, now: datetime) -> None:
    """What they saw; the last word counts."""
    tx.change(Witness, col(Witness.id) == witness_id, answered_at=now, solved=solved, word_sealed=tx.vault.seal(word))


def add_photo(tx: Tx, witness_id: int, evidence_id: int) -> None:
    """A picture of what they saw."""
    tx.change(Witness, col(Witness.id) == witness_id, evidence_id=evidence_id)


def of_report(tx: Tx, report_id: int) -> list[Witness]:
    """Who was asked about a report, the first first."""
    return list(tx.session.exec(select(Witness).where(Witness.report_id == report_id).order_by(col(Witness.id))))
