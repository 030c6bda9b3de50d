"""People who are asked for, clocks that pause, groups and campaigns."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "billed_messages",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sqlmodel.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "category", name=op.f("pk_billed_messages")),
    )
    op.create_table(
        "kim_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("kelurahan", sqlmodel.AutoString(), nullable=False),
        sa.Column("kecamatan", sqlmodel.AutoString(), nullable=False),
        sa.Column("rws", sqlmodel.AutoString(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_until", sa.Date(), nullable=False),
        sa.Column("chat_sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim_group")),
    )
    with op.batch_alter_table("kim_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kim_group_kelurahan"), ["kelurahan"], unique=False)

    op.create_table(
        "message_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sqlmodel.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("locale", sqlmodel.AutoString(), nullable=False),
        sa.Column("external_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("status", sqlmodel.AutoString(), nullable=False),
        sa.Column("category", sqlmodel.AutoString(), nullable=False),
        sa.Column("quality", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("updated_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_template")),
        sa.UniqueConstraint("channel", "name", "locale", name=op.f("uq_message_template_channel_name_locale")),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("agency", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("removed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("removed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["contact.id"], name=op.f("fk_closure_added_by")),
        sa.ForeignKeyConstraint(["removed_by"], ["contact.id"], name=op.f("fk_closure_removed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.create_index(
            "uq_closure_standing",
            ["day", "agency"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.create_table(
        "data_link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_data_link_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_data_link_token_hash")),
    )
    op.create_table(
        "kim_invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sqlmodel.AutoString(), nullable=False),
        sa.Column("by_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("used_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["by_contact_id"], ["contact.id"], name=op.f("fk_kim_invitation_by_contact_id")),
        sa.ForeignKeyConstraint(["group_id"], ["kim_group.id"], name=op.f("fk_kim_invitation_group_id")),
        sa.ForeignKeyConstraint(["used_by"], ["contact.id"], name=op.f("fk_kim_invitation_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_kim_invitation_code_hash")),
    )
    with op.batch_alter_table("kim_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kim_invitation_group_id"), ["group_id"], unique=False)

    op.create_table(
        "saved_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sqlmodel.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_contact_id"], ["contact.id"], name=op.f("fk_saved_answer_by_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_answer")),
    )
    with op.batch_alter_table("saved_answer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_saved_answer_name",
            ["agency", "name"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "address_alias",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sqlmodel.AutoString(), nullable=False),
        sa.Column("bot", sqlmodel.AutoString(), nullable=False),
        sa.Column("external_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_address_alias_address_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_alias")),
        sa.UniqueConstraint("channel", "bot", "external_hash", name=op.f("uq_address_alias_channel_bot_external_hash")),
    )
    with op.batch_alter_table("address_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_alias_address_id"), ["address_id"], unique=False)

    op.create_table(
        "agency_group",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agency", sqlmodel.AutoString(), nullable=False),
        sa.Column("code_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("code_expires_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("bound_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("bound_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bound_by"], ["contact.id"], name=op.f("fk_agency_group_bound_by")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_agency_group_conversation_id")),
        sa.ForeignKeyConstraint(["made_by"], ["contact.id"], name=op.f("fk_agency_group_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_group")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_agency_group_code_hash")),
    )
    with op.batch_alter_table("agency_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_group_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_group_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sqlmodel.AutoString(), nullable=False),
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_batch_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_due_at"), ["due_at"], unique=False)
        batch_op.create_index(
            "uq_batch_open",
            ["conversation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "campaign",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("state", sqlmodel.AutoString(), nullable=False),
        sa.Column("starts_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owed_up_to", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("all_owed", sa.Boolean(), nullable=False),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_campaign_conversation_id")),
        sa.ForeignKeyConstraint(["made_by"], ["contact.id"], name=op.f("fk_campaign_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_state"), ["state"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("lately_sealed", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimer_conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimed_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("unanswered_since", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("reminded_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("ended_by", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["claimed_by"], ["contact.id"], name=op.f("fk_handover_claimed_by")),
        sa.ForeignKeyConstraint(
            ["claimer_conversation_id"], ["conversation.id"], name=op.f("fk_handover_claimer_conversation_id")
        ),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_handover_conversation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(
            "uq_handover_of_citizen",
            ["conversation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_handover_of_claimer",
            ["claimer_conversation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "kim_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sqlmodel.AutoString(), nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("until", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("ended_because", sqlmodel.AutoString(), nullable=False),
        sa.Column("renew_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("asked_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("flagged_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("asleep_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_kim_member_contact_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_kim_member_conversation_id")),
        sa.ForeignKeyConstraint(["group_id"], ["kim_group.id"], name=op.f("fk_kim_member_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kim_member")),
    )
    with op.batch_alter_table("kim_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kim_member_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kim_member_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kim_member_renew_at"), ["renew_at"], unique=False)
        batch_op.create_index(
            "uq_kim_member_open",
            ["group_id", "contact_id"],
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        )

    op.create_table(
        "link_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("used_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("used_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_link_code_contact_id")),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_link_code_conversation_id")),
        sa.ForeignKeyConstraint(["used_by"], ["contact.id"], name=op.f("fk_link_code_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_code_hash")),
    )
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_code_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("how", sqlmodel.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("person_sealed", sa.Text(), nullable=False),
        sa.Column("token_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_consent_conversation_id")),
        sa.ForeignKeyConstraint(["noted_by"], ["contact.id"], name=op.f("fk_consent_noted_by")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_consent_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_token_hash"), ["token_hash"], unique=False)

    op.create_table(
        "group_card",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("message", sqlmodel.AutoString(), nullable=False),
        sa.Column("author_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("token_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("token_sealed", sa.Text(), nullable=False),
        sa.Column("taken_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("created_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_group_card_conversation_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_group_card_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_card")),
        sa.UniqueConstraint("chat_hash", "message", name=op.f("uq_group_card_chat_hash_message")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_group_card_token_hash")),
    )
    with op.batch_alter_table("group_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_card_report_id"), ["report_id"], unique=False)

    op.create_table(
        "gathered",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inbox_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("order_key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_sealed", sa.Text(), nullable=False),
        sa.Column("heard_sealed", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_gathered_batch_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_gathered_evidence_id")),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox_event.id"], name=op.f("fk_gathered_inbox_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_gathered_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathered")),
        sa.UniqueConstraint("inbox_id", "part", name=op.f("uq_gathered_inbox_id_part")),
    )
    with op.batch_alter_table("gathered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathered_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "public_photo",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("copy_evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cells", sqlmodel.AutoString(), nullable=False),
        sa.Column("token", sqlmodel.AutoString(), nullable=False),
        sa.Column("approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("approved_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["contact.id"], name=op.f("fk_public_photo_approved_by")),
        sa.ForeignKeyConstraint(["copy_evidence_id"], ["evidence.id"], name=op.f("fk_public_photo_copy_evidence_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_public_photo_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_photo")),
        sa.UniqueConstraint("token", name=op.f("uq_public_photo_token")),
    )
    with op.batch_alter_table("public_photo", schema=None) as batch_op:
        batch_op.create_index(
            "uq_public_photo_shown",
            ["evidence_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("due_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("settled_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("outcome", sqlmodel.AutoString(), nullable=False),
        sa.Column("raised_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], name=op.f("fk_reminder_conversation_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_reminder_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "deadline_id", "percent", "conversation_id", name=op.f("uq_reminder_deadline_id_percent_conversation_id")
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_untold", ["settled_at", "due_at"], unique=False)

    op.create_table(
        "sent_parcel",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sqlmodel.AutoString(), nullable=False),
        sa.Column("external_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("nudge", sa.Boolean(), nullable=False),
        sa.Column("state", sqlmodel.AutoString(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("billed", sqlmodel.AutoString(), nullable=False),
        sa.Column("changed_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["outbox_message.id"], name=op.f("fk_sent_parcel_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_parcel")),
        sa.UniqueConstraint("channel", "external_hash", name=op.f("uq_sent_parcel_channel_external_hash")),
    )
    with op.batch_alter_table("sent_parcel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_parcel_message_id"), ["message_id"], unique=False)

    op.create_table(
        "witness",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cause", sqlmodel.AutoString(), nullable=False),
        sa.Column("asked_at", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("answered_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.Column("word_sealed", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_witness_evidence_id")),
        sa.ForeignKeyConstraint(["member_id"], ["kim_member.id"], name=op.f("fk_witness_member_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_witness_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_witness")),
        sa.UniqueConstraint("report_id", "member_id", "cause", name=op.f("uq_witness_report_id_member_id_cause")),
    )
    with op.batch_alter_table("witness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_witness_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_witness_report_id"), ["report_id"], unique=False)

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wrote_at", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("shut_after", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("nudged_at", sqlmodel.UTCDateTime(), nullable=True))

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("about_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_audit_entry_about_contact_id"), "contact", ["about_contact_id"], ["id"]
        )

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("linked_at", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("campaigns", sqlmodel.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("campaigns_since", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("erased_at", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_contact_campaigns"), ["campaigns"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_merged_into"), ["merged_into"], unique=False)

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_group", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agency", sqlmodel.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("promised", sa.Interval(), nullable=True))
        batch_op.add_column(sa.Column("counted", sa.Interval(), nullable=True))
        batch_op.add_column(sa.Column("remaining", sa.Interval(), nullable=True))
        batch_op.add_column(sa.Column("slips", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("remind_at", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.create_index("ix_deadline_remind", ["ended_at", "remind_at"], unique=False)

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("tried_since", sqlmodel.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("plain", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_outbox_message_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_outbox_message_campaign_id"), "campaign", ["campaign_id"], ["id"])

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_part", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("campaign", sqlmodel.AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("erase_when_closed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(
            sa.Column("kim_member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_report_kim_member_id"), ["kim_member_id"], unique=False)
        batch_op.create_index(
            "ix_report_to_erase",
            ["id"],
            unique=False,
            sqlite_where=sa.text("erase_when_closed IS 1"),
            postgresql_where=sa.text("erase_when_closed IS true"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_report_kim_member_id"), "kim_member", ["kim_member_id"], ["id"])

    with op.batch_alter_table("status_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scheduled_for", sqlmodel.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("status_change", schema=None) as batch_op:
        batch_op.drop_column("scheduled_for")

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_report_kim_member_id"), type_="foreignkey")
        batch_op.drop_index(
            "ix_report_to_erase",
            sqlite_where=sa.text("erase_when_closed IS 1"),
            postgresql_where=sa.text("erase_when_closed IS true"),
        )
        batch_op.drop_index(batch_op.f("ix_report_kim_member_id"))
        batch_op.drop_column("kim_member_id")
        batch_op.drop_column("erase_when_closed")
        batch_op.drop_column("campaign")
        batch_op.drop_column("is_part")

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outbox_message_campaign_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_outbox_message_campaign_id"))
        batch_op.drop_column("parts_sent")
        batch_op.drop_column("plain")
        batch_op.drop_column("tried_since")
        batch_op.drop_column("campaign_id")

    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_remind")
        batch_op.drop_column("remind_at")
        batch_op.drop_column("reminded")
        batch_op.drop_column("slips")
        batch_op.drop_column("remaining")
        batch_op.drop_column("counted")
        batch_op.drop_column("promised")
        batch_op.drop_column("agency")

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("in_group")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_merged_into"))
        batch_op.drop_index(batch_op.f("ix_contact_campaigns"))
        batch_op.drop_column("erased_at")
        batch_op.drop_column("campaigns_since")
        batch_op.drop_column("campaigns")
        batch_op.drop_column("linked_at")

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_audit_entry_about_contact_id"), type_="foreignkey")
        batch_op.drop_column("about_contact_id")

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("nudged_at")
        batch_op.drop_column("shut_after")
        batch_op.drop_column("wrote_at")

    with op.batch_alter_table("witness", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_witness_report_id"))
        batch_op.drop_index(batch_op.f("ix_witness_member_id"))

    op.drop_table("witness")
    with op.batch_alter_table("sent_parcel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_parcel_message_id"))

    op.drop_table("sent_parcel")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_untold")

    op.drop_table("reminder")
    with op.batch_alter_table("public_photo", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_public_photo_shown",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("public_photo")
    with op.batch_alter_table("gathered", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gathered_batch_id"))

    op.drop_table("gathered")
    with op.batch_alter_table("group_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_card_report_id"))

    op.drop_table("group_card")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_token_hash"))
        batch_op.drop_index(batch_op.f("ix_consent_report_id"))

    op.drop_table("consent")
    with op.batch_alter_table("link_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_code_contact_id"))

    op.drop_table("link_code")
    with op.batch_alter_table("kim_member", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_kim_member_open", sqlite_where=sa.text("until IS NULL"), postgresql_where=sa.text("until IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_kim_member_renew_at"))
        batch_op.drop_index(batch_op.f("ix_kim_member_group_id"))
        batch_op.drop_index(batch_op.f("ix_kim_member_contact_id"))

    op.drop_table("kim_member")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handover_of_claimer",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_handover_of_citizen",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("handover")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_state"))

    op.drop_table("campaign")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_batch_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_batch_due_at"))

    op.drop_table("batch")
    with op.batch_alter_table("agency_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agency_group_conversation_id"))
        batch_op.drop_index(batch_op.f("ix_agency_group_agency"))

    op.drop_table("agency_group")
    with op.batch_alter_table("address_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_alias_address_id"))

    op.drop_table("address_alias")
    with op.batch_alter_table("saved_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_saved_answer_name",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("saved_answer")
    with op.batch_alter_table("kim_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kim_invitation_group_id"))

    op.drop_table("kim_invitation")
    op.drop_table("data_link")
    with op.batch_alter_table("closure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_closure_standing",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("closure")
    op.drop_table("message_template")
    with op.batch_alter_table("kim_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kim_group_kelurahan"))

    op.drop_table("kim_group")
    op.drop_table("billed_messages")
