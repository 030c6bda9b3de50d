"""The whole talk, the back office, and community information groups."""

from collections.abc import Sequence

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("agency", sqlmodel.AutoString(), nullable=False),
        sa.Column("receiver", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason_sealed", sa.Text(), nullable=False),
        sa.Column("way", sqlmodel.AutoString(), nullable=False),
        sa.Column("reference", sqlmodel.AutoString(), nullable=False),
        sa.Column("since", sqlmodel.UTCDateTime(), nullable=False),
        sa.Column("chases", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.Column("outcome", sqlmodel.AutoString(), nullable=False),
        sa.Column("by_contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("token_hash", sqlmodel.AutoString(), nullable=False),
        sa.Column("token_expires_at", sqlmodel.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_contact_id"], ["contact.id"], name=op.f("fk_referral_by_contact_id")),
        sa.ForeignKeyConstraint(["change_id"], ["status_change.id"], name=op.f("fk_referral_change_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_referral_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_token_hash"), ["token_hash"], unique=False)
        batch_op.create_index(
            "uq_referral_open",
            ["report_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "referral_answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("referral_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sqlmodel.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_referral_answer_contact_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_referral_answer_evidence_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_answer_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_answer")),
    )
    with op.batch_alter_table("referral_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_answer_referral_id"), ["referral_id"], unique=False)

    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("times_returned", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_column("times_returned")

    with op.batch_alter_table("referral_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_answer_referral_id"))

    op.drop_table("referral_answer")
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_referral_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_referral_token_hash"))
        batch_op.drop_index(batch_op.f("ix_referral_report_id"))
        batch_op.drop_index(batch_op.f("ix_referral_change_id"))

    op.drop_table("referral")
