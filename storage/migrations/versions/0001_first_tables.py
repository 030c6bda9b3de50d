"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

TABLES = (
    "contact",
    "cron_slot",
    "number_counter",
    "preference",
    "address",
    "invitation",
    "conversation",
    "staff_role",
    "inbox_event",
    "report",
    "assignment",
    "audit_entry",
    "deadline",
    "evidence",
    "note",
    "outbox_message",
    "rating",
    "status_change",
)


def only_where(condition: str) -> dict[str, Any]:
    """The index covers only some rows, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", BIG, nullable=False),
        sa.Column("name_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("merged_into", BIG),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["contact.id"], name="fk_contact_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )

    op.create_table(
        "cron_slot",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("claimed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name="pk_cron_slot"),
    )

    op.create_table(
        "number_counter",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_number_counter"),
    )

    op.create_table(
        "preference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_preference"),
    )

    op.create_table(
        "address",
        sa.Column("id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("external_hash", sa.String(), nullable=False),
        sa.Column("external_sealed", sa.Text(), nullable=False),
        sa.Column("unreachable_since", TIME),
        sa.Column("unreachable_reason", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_address_contact_id"),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sa.UniqueConstraint("channel", "bot", "external_hash", name="uq_address_channel_bot_external_hash"),
    )
    op.create_index("ix_address_contact_id", "address", ["contact_id"])

    op.create_table(
        "invitation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.Column("used_by", BIG),
        sa.ForeignKeyConstraint(["used_by"], ["contact.id"], name="fk_invitation_used_by"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("code_hash", name="uq_invitation_code_hash"),
    )

    op.create_table(
        "conversation",
        sa.Column("id", BIG, nullable=False),
        sa.Column("address_id", BIG, nullable=False),
        sa.Column("chat_hash", sa.String(), nullable=False),
        sa.Column("chat_sealed", sa.Text(), nullable=False),
        sa.Column("session_sealed", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", TIME),
        sa.Column("wake_at", TIME),
        sa.Column("wake_turn", sa.Integer(), nullable=False),
        sa.Column("last_heard_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_conversation_address_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint("address_id", "chat_hash", name="uq_conversation_address_id_chat_hash"),
    )
    op.create_index("ix_conversation_wake_at", "conversation", ["wake_at"])

    op.create_table(
        "staff_role",
        sa.Column("id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME),
        sa.Column("invitation_id", BIG),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_staff_role_contact_id"),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name="fk_staff_role_invitation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_role"),
    )
    op.create_index("ix_staff_role_contact_id", "staff_role", ["contact_id"])
    op.create_index(
        "uq_staff_role_active",
        "staff_role",
        ["contact_id", "role", "agency"],
        unique=True,
        **only_where("until IS NULL"),
    )

    op.create_table(
        "inbox_event",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unique_key", sa.String(), nullable=False),
        sa.Column("conversation_id", BIG),
        sa.Column("order_key", BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("payload_sealed", sa.Text(), nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("handled_at", TIME),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_inbox_event_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox_event"),
        sa.UniqueConstraint("source", "unique_key", name="uq_inbox_event_source_unique_key"),
    )
    op.create_index("ix_inbox_event_pending", "inbox_event", ["conversation_id", "state", "order_key"])
    op.create_index("ix_inbox_event_state", "inbox_event", ["state"])

    op.create_table(
        "report",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("conversation_id", BIG, nullable=False),
        sa.Column("parent_id", BIG),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("status_reason", sa.String(), nullable=False),
        sa.Column("status_since", TIME, nullable=False),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("category_confidence", sa.Float(), nullable=False),
        sa.Column("sub_category", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("privacy", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_sealed", sa.Text(), nullable=False),
        sa.Column("place_words", sa.Text(), nullable=False),
        sa.Column("place_words_sealed", sa.Text(), nullable=False),
        sa.Column("place_name", sa.String(), nullable=False),
        sa.Column("kelurahan", sa.String(), nullable=False),
        sa.Column("kecamatan", sa.String(), nullable=False),
        sa.Column("kota_kab", sa.String(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("road_authority", sa.String(), nullable=False),
        sa.Column("road_authority_basis", sa.String(), nullable=False),
        sa.Column("place_confidence", sa.Float(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("city_version", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("times_reopened", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_report_contact_id"),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_report_conversation_id"),
        sa.ForeignKeyConstraint(["parent_id"], ["report.id"], name="fk_report_parent_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("number", name="uq_report_number"),
        sa.UniqueConstraint("token", name="uq_report_token"),
    )
    op.create_index("ix_report_contact_id", "report", ["contact_id"])
    op.create_index("ix_report_conversation_id", "report", ["conversation_id"])
    op.create_index("ix_report_in_place", "report", ["category", "kelurahan", "created_at"])
    op.create_index("ix_report_nearby", "report", ["category", "status", "lat", "lon"])
    op.create_index("ix_report_parent_id", "report", ["parent_id"])
    op.create_index("ix_report_queue", "report", ["agency", "status"])
    op.create_index("ix_report_status", "report", ["status"])

    op.create_table(
        "assignment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME),
        sa.Column("by_contact_id", BIG),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_contact_id"], ["contact.id"], name="fk_assignment_by_contact_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_assignment_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_agency", "assignment", ["agency"])
    op.create_index("ix_assignment_report_id", "assignment", ["report_id"])
    op.create_index("uq_assignment_current", "assignment", ["report_id"], unique=True, **only_where("until IS NULL"))

    op.create_table(
        "audit_entry",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("contact_id", BIG),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("report_id", BIG),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("detail_sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_audit_entry_contact_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_audit_entry_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_contact_id", "audit_entry", ["contact_id"])
    op.create_index("ix_audit_entry_report_id", "audit_entry", ["report_id"])

    op.create_table(
        "deadline",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_deadline_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deadline"),
    )
    op.create_index("ix_deadline_open", "deadline", ["ended_at", "due_at"])
    op.create_index("ix_deadline_report_id", "deadline", ["report_id"])
    op.create_index(
        "uq_deadline_open", "deadline", ["report_id", "kind"], unique=True, **only_where("ended_at IS NULL")
    )

    op.create_table(
        "evidence",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG),
        sa.Column("conversation_id", BIG, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("platform_ref_sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", TIME),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_evidence_conversation_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_evidence_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_conversation_id", "evidence", ["conversation_id"])
    op.create_index("ix_evidence_report_id", "evidence", ["report_id"])
    op.create_index("ix_evidence_state", "evidence", ["state"])

    op.create_table(
        "note",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("contact_id", BIG),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_note_contact_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_note_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_report_id", "note", ["report_id"])

    op.create_table(
        "outbox_message",
        sa.Column("id", BIG, nullable=False),
        sa.Column("conversation_id", BIG, nullable=False),
        sa.Column("report_id", BIG),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("claimed_at", TIME),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("sent_at", TIME),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name="fk_outbox_message_conversation_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_outbox_message_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox_message"),
        sa.UniqueConstraint("key", name="uq_outbox_message_key"),
    )
    op.create_index("ix_outbox_message_due", "outbox_message", ["state", "due_at"])
    op.create_index("ix_outbox_message_order", "outbox_message", ["conversation_id", "state", "id"])
    op.create_index("ix_outbox_message_report_id", "outbox_message", ["report_id"])

    op.create_table(
        "rating",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("word_sealed", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_rating_contact_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_rating_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rating"),
        sa.UniqueConstraint("report_id", "contact_id", name="uq_rating_report_id_contact_id"),
    )
    op.create_index("ix_rating_report_id", "rating", ["report_id"])

    op.create_table(
        "status_change",
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("from_status", sa.String(), nullable=False),
        sa.Column("to_status", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("contact_id", BIG),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_status_change_contact_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_status_change_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_status_change"),
    )
    op.create_index("ix_status_change_report_id", "status_change", ["report_id"])


def downgrade() -> None:
    for table in reversed(TABLES):  # their indexes go with them
        op.drop_table(table)
