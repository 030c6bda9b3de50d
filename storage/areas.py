"""What happened in a kelurahan, and what its group brought about: numbers and reports, never who told them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.secrecy import SECRET
from storage.tables import Conversation, Group, Report, StatusChange
from storage.transaction import Tx

CLOSED, INCOMPLETE, REPORTER = "ditutup", "perlu_dilengkapi", "pelapor"


@dataclass(frozen=True, slots=True)
class Area:
    """A kelurahan, without what nobody there may read of."""

    kelurahan: str
    kecamatan: str
    without: frozenset[str]  # categories
    without_subs: frozenset[str]  # sub-categories
    without_agencies: frozenset[str]


def open_in(tx: Tx, area: Area, statuses: Collection[str]) -> list[Report]:
    """The open reports of an area, the oldest first; joined and secret ones left out."""
    wanted = (*_told_there(area), col(Report.status).in_(statuses), col(Report.parent_id).is_(None))
    return list(tx.session.exec(select(Report).where(*wanted).order_by(col(Report.created_at), col(Report.id))))


def received(tx: Tx, area: Area, since: datetime, until: datetime) -> list[Report]:
    """The reports that came between two moments."""
    came = (*_told_there(area), col(Report.created_at) >= since, col(Report.created_at) < until)
    return list(tx.session.exec(select(Report).where(*came).order_by(col(Report.id))))


def confirmed(tx: Tx, area: Area, since: datetime, until: datetime) -> list[Report]:
    """The reports whose reporter said between two moments that they are solved, the newest first."""
    said = _confirmations(since, until)
    query = select(Report).where(*_told_there(area), Report.status == CLOSED, col(Report.id).in_(said))
    return list(tx.session.exec(query.order_by(col(Report.closed_at).desc(), col(Report.id).desc())))


def brought_by(tx: Tx, member_id: int, since: datetime, until: datetime) -> tuple[int, int]:
    """Of the reports that came through a member: how many of those told in this time were complete at once, and how many
    were confirmed in it as solved."""
    asked = select(StatusChange.report_id).where(StatusChange.to_status == INCOMPLETE)
    complete = (
        Report.kim_member_id == member_id,
        col(Report.created_at) >= since,
        col(Report.created_at) < until,
        col(Report.needs_check).is_(False),
        Report.kelurahan != "",
        col(Report.id).not_in(asked),
    )
    solved = (
        Report.kim_member_id == member_id, Report.status == CLOSED, col(Report.id).in_(_confirmations(since, until)),
    )  # fmt: skip
    first, second = (
        tx.session.exec(select(func.count()).select_from(Report).where(*wanted)).one() for wanted in (complete, solved)
    )
    return first, second


def _confirmations(since: datetime, until: datetime) -> SelectOfScalar[int]:
    return select(StatusChange.report_id).where(
        StatusChange.to_status == CLOSED,
        StatusChange.actor == REPORTER,
        col(StatusChange.at) >= since,
        col(StatusChange.at) < until,
    )


def _told_there(area: Area) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Report.kelurahan) == area.kelurahan,
        col(Report.kecamatan) == area.kecamatan,
        col(Report.privacy) != SECRET,
        col(Report.category).not_in(area.without),
        col(Report.sub_category).not_in(area.without_subs),
        col(Report.agency).not_in(area.without_agencies),
    )


# ---------------------------------------------------------------- the group's own chat


def bind_chat(tx: Tx, group_id: int, conversation: Conversation) -> None:
    """From now on the group's news are also posted in this chat."""
    tx.change(Group, col(Group.id) == group_id, chat_sealed=conversation.chat_sealed)


def chat_of_group(tx: Tx, group: Group) -> int | None:
    """A conversation by which the group's own chat is reached; None while it has none."""
    if not group.chat_sealed:
        return None
    chat = tx.vault.fingerprint(tx.vault.open(group.chat_sealed))
    there = select(Conversation.id).where(Conversation.chat_hash == chat, col(Conversation.in_group).is_(True))
    return tx.session.exec(there.order_by(col(Conversation.last_heard_at).desc().nulls_last())).first()
