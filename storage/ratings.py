"""How satisfied reporters were."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from storage.secrecy import is_secret, seal
from storage.tables import Rating
from storage.transaction import Tx


def rate(tx: Tx, report_id: int, contact_id: int, stars: int, now: datetime, *, word: str = "") -> Rating:
    """Keep 1 (not at all) to 5 (very) stars; a second rating of the same person takes the place of the first.

    Raises ValueError for any other number of stars.
    """
    if not 1 <= stars <= 5:
        raise ValueError(f"A rating has 1 to 5 stars, not {stars}.")
    first = tx.add_once(Rating, report_id=report_id, contact_id=contact_id, stars=stars, at=now)
    rating = first or tx.session.exec(_of(report_id, contact_id)).one()
    rating.stars, rating.word, rating.word_sealed, rating.at = stars, word, "", now
    if is_secret(tx, report_id):
        seal(tx, rating, "word")
    return tx.add(rating)


def rating_of(tx: Tx, report_id: int, contact_id: int) -> Rating | None:
    """What this person said about the outcome."""
    return tx.session.exec(_of(report_id, contact_id)).first()


def _of(report_id: int, contact_id: int) -> SelectOfScalar[Rating]:
    return select(Rating).where(Rating.report_id == report_id, Rating.contact_id == contact_id)
