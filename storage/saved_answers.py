"""Words that staff use again and again."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from storage.tables import SavedAnswer
from storage.transaction import Tx


def keep(tx: Tx, *, agency: str, name: str, text: str, by: int, now: datetime) -> SavedAnswer:
    """Keep words under a name; what had that name before ends."""
    end(tx, agency, name, now)
    return tx.add(SavedAnswer(agency=agency, name=name, text=text, by_contact_id=by, created_at=now))


def end(tx: Tx, agency: str, name: str, now: datetime) -> bool:
    """Use them no longer; whether there were any."""
    theirs = (SavedAnswer.agency == agency, SavedAnswer.name == name, col(SavedAnswer.ended_at).is_(None))
    return tx.change(SavedAnswer, *theirs, ended_at=now) > 0


def of_agencies(tx: Tx, agencies: Collection[str]) -> list[SavedAnswer]:
    """What these agencies keep, by name; an agency's own go before everybody's."""
    wanted = (col(SavedAnswer.agency).in_(agencies), col(SavedAnswer.ended_at).is_(None))
    order = (col(SavedAnswer.name), col(SavedAnswer.agency).desc())
    return list(tx.session.exec(select(SavedAnswer).where(*wanted).order_by(*order)))
