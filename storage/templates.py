"""How the templates of a city stand with the platform that approves them."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import MessageTemplate
from storage.transaction import Tx

APPROVED = "APPROVED"
SENDABLE = frozenset({APPROVED, "FLAGGED"})
"""Statuses in which the platform sends it; FLAGGED is a warning of low quality."""


def of_channel(tx: Tx, channel: str) -> list[MessageTemplate]:
    """Every template that we know of, by name and language."""
    return list(
        tx.session.exec(
            select(MessageTemplate)
            .where(MessageTemplate.channel == channel)
            .order_by(MessageTemplate.name, MessageTemplate.locale)
        )
    )


def find(tx: Tx, channel: str, name: str, locale: str) -> MessageTemplate | None:
    """One template; None when we never heard of it."""
    return tx.session.exec(
        select(MessageTemplate).where(
            MessageTemplate.channel == channel, MessageTemplate.name == name, MessageTemplate.locale == locale
        )
    ).first()


def note(tx: Tx, channel: str, name: str, locale: str, now: datetime, **known: str) -> bool:
    """Keep what became known of it (status, category, quality, reason, external_id); True when it may be sent anew."""
    before = find(tx, channel, name, locale)
    if before is None:
        tx.add_once(MessageTemplate, channel=channel, name=name, locale=locale, updated_at=now)
    was_sendable = before is not None and before.status in SENDABLE
    which = (
        col(MessageTemplate.channel) == channel,
        col(MessageTemplate.name) == name,
        col(MessageTemplate.locale) == locale,
    )
    tx.change(MessageTemplate, *which, updated_at=now, **known)
    return not was_sendable and known.get("status") in SENDABLE
