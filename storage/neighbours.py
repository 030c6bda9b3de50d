"""Reports of the same kind close by, from which a citizen may be offered one to join."""

import math
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from storage.secrecy import SECRET
from storage.tables import Report
from storage.transaction import Tx

EARTH_M = 6_371_009.0  # mean radius (IUGG)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres along the great circle (haversine)."""
    north, east = math.radians(other_lat - lat), math.radians(other_lon - lon)
    half = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def nearby(
    tx: Tx,
    category: str,
    lat: float,
    lon: float,
    radius_m: float,
    since: datetime,
    statuses: Collection[str],
    limit: int,
) -> list[Report]:
    """Reports of this category within `radius_m` metres that came since then and are in these statuses, nearest first.

    Secret ones are never among them. Not meant for the poles or the date line.
    """
    tall = math.degrees((radius_m + 1) / EARTH_M)  # a metre more, so that rounding leaves nobody out
    wide = tall / math.cos(math.radians(abs(lat) + tall))  # degrees of longitude are narrowest at the edge by the pole
    in_box = select(Report).where(
        *_offerable(category, since, statuses),
        col(Report.lat).between(lat - tall, lat + tall),
        col(Report.lon).between(lon - wide, lon + wide),
    )
    measured = [
        (distance_m(lat, lon, report.lat, report.lon), report.id, report)
        for report in tx.session.exec(in_box)
        if report.lat is not None and report.lon is not None
    ]
    return [report for metres, _, report in sorted(measured, key=lambda each: each[:2]) if metres <= radius_m][:limit]


def in_place(
    tx: Tx, category: str, kelurahan: str, since: datetime, statuses: Collection[str], limit: int
) -> list[Report]:
    """The same for a whole kelurahan, newest first: what can be offered when only its name is known."""
    return list(
        tx.session.exec(
            select(Report)
            .where(*_offerable(category, since, statuses), Report.kelurahan == kelurahan)
            .order_by(col(Report.created_at).desc(), col(Report.id).desc())
            .limit(limit)
        )
    )


def _offerable(category: str, since: datetime, statuses: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Report.category) == category,
        col(Report.status).in_(statuses),
        col(Report.created_at) >= since,
        col(Report.privacy) != SECRET,
        col(Report.is_part).is_(False),
    )
