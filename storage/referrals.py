"""Open hand-overs to outside agencies: each hop, what was answered, and the link with which a receiver answers."""

from datetime import datetime

from sqlmodel import col, select

from storage.moves import UNDONE
from storage.tables import Referral, ReferralAnswer, Report
from storage.transaction import Tx

PASSED_ON = "passed_on"


def begin(
    tx: Tx,
    report: Report,
    *,
    agency: str,
    receiver: str,
    reason: str,
    way: str,
    reference: str,
    by: int | None,
    now: datetime,
) -> Referral:
    """Hand a report to an outside agency; the hop before it ends as passed on."""
    end_open(tx, report, PASSED_ON, now)
    return tx.add(
        Referral(
            report_id=report.id,
            hop=len(of_report(tx, report)) + 1,
            agency=agency,
            receiver=receiver,
            reason_sealed=tx.vault.seal(reason),
            way=way,
            reference=reference,
            since=now,
            by_contact_id=by,
        )
    )


def written_as(tx: Tx, referral: Referral, change_id: int) -> None:
    """This step of the history is that hop."""
    tx.change(Referral, col(Referral.id) == referral.id, change_id=change_id)


def end_open(tx: Tx, report: Report, outcome: str, now: datetime) -> int:
    """The report leaves its receiver; nobody can answer by its link, unless the report is taken up again."""
    still_open = (col(Referral.report_id) == report.id, col(Referral.ended_at).is_(None))
    return tx.change(Referral, *still_open, ended_at=now, outcome=outcome)


def take_up_again(tx: Tx, report: Report, ended_at: datetime) -> int:
    """The hop that ended at that moment goes on, and its link with it: the step that ended it was taken back."""
    ended_then = (col(Referral.report_id) == report.id, col(Referral.ended_at) == ended_at, Referral.outcome != UNDONE)
    return tx.change(Referral, *ended_then, ended_at=None, outcome="")


def of_report(tx: Tx, report: Report) -> list[Referral]:
    """Every hop, oldest first."""
    return list(tx.session.exec(select(Referral).where(Referral.report_id == report.id).order_by(col(Referral.id))))


def open_of(tx: Tx, report: Report) -> Referral | None:
    """Where the report lies now, outside; None when it lies nowhere outside."""
    return tx.session.exec(
        select(Referral).where(Referral.report_id == report.id, col(Referral.ended_at).is_(None))
    ).first()


def all_open(tx: Tx) -> list[tuple[Referral, Report]]:
    """Every report that lies with an outside agency now, with where, the longest waiting first."""
    lying = select(Referral, Report).join(Report, col(Report.id) == Referral.report_id)
    return list(
        tx.session.exec(lying.where(col(Referral.ended_at).is_(None)).order_by(col(Referral.since), col(Referral.id)))
    )


def bearing(tx: Tx, reference: str) -> list[Referral]:
    """Hops in whose reference this stands, oldest first; it may be part of a longer one."""
    return list(
        tx.session.exec(
            select(Referral)
            .where(col(Referral.reference).contains(reference, autoescape=True))
            .order_by(col(Referral.id))
        )
    )


def reason_of(tx: Tx, referral: Referral) -> str:
    """Why it was handed over."""
    return tx.vault.open(referral.reason_sealed)


def set_reference(tx: Tx, referral: Referral, reference: str) -> None:
    """The receiver's own number became known."""
    tx.change(Referral, col(Referral.id) == referral.id, reference=reference)


def chased(tx: Tx, referral: Referral) -> int:
    """The receiver was asked for news once more; how often since it last answered."""
    tx.change(Referral, col(Referral.id) == referral.id, chases=Referral.chases + 1)
    tx.session.refresh(referral)
    return referral.chases


# ---------------------------------------------------------------- answers


def answer(
    tx: Tx, referral: Referral, text: str, *, contact_id: int | None, evidence_id: int | None, now: datetime
) -> ReferralAnswer:
    """Keep what the receiver answered; it is silent no longer."""
    tx.change(Referral, col(Referral.id) == referral.id, chases=0)
    return tx.add(
        ReferralAnswer(
            referral_id=referral.id,
            contact_id=contact_id,
            text_sealed=tx.vault.seal(text),
            evidence_id=evidence_id,
            at=now,
        )
    )


def answers_of(tx: Tx, referral: Referral) -> list[ReferralAnswer]:
    """What this receiver answered, oldest first."""
    which = ReferralAnswer.referral_id == referral.id
    return list(tx.session.exec(select(ReferralAnswer).where(which).order_by(col(ReferralAnswer.id))))


def text_of(tx: Tx, said: ReferralAnswer) -> str:
    """The words of an answer."""
    return tx.vault.open(said.text_sealed)


# ---------------------------------------------------------------- the receiver's link


def open_link(tx: Tx, referral: Referral, token: str, expires_at: datetime) -> None:
    """From now on this token, and no earlier one, lets the receiver answer."""
    which = (col(Referral.id) == referral.id, col(Referral.ended_at).is_(None))
    tx.change(Referral, *which, token_hash=_hashed(tx, token), token_expires_at=expires_at)


def revoke_link(tx: Tx, referral: Referral) -> None:
    """Nobody answers by a link any longer."""
    tx.change(Referral, col(Referral.id) == referral.id, token_hash="", token_expires_at=None)


def by_link(tx: Tx, token: str, now: datetime) -> Referral | None:
    """The open hop to which a link leads; None for a link that is unknown, revoked, too old, or of a hop that is over."""
    hop = ever_by_link(tx, token)
    lives = hop is not None and hop.ended_at is None and hop.token_expires_at is not None and hop.token_expires_at > now
    return hop if lives else None


def ever_by_link(tx: Tx, token: str) -> Referral | None:
    """The hop whose newest link this is, be it over or the link too old; None for a link that is unknown or revoked."""
    return tx.session.exec(select(Referral).where(Referral.token_hash == _hashed(tx, token))).first()


def _hashed(tx: Tx, token: str) -> str:
    return tx.vault.fingerprint(f"referral link {token}")
