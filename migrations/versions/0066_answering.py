"""Reasons for a no, notes among staff, rules for applications, and invitations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "decline_reasons",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sentence", sa.String(500), nullable=False),
        sa.Column("sentence_it", sa.String(500), nullable=True),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_decline_reasons"),
    )
    rules = op.create_table(
        "application_rules",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("ask_again_days", sa.BigInteger(), nullable=False),
        sa.Column("approve_orders", sa.BigInteger(), nullable=True),
        sa.Column("approve_consents", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_application_rules_only_one"),
        sa.CheckConstraint("ask_again_days BETWEEN 0 AND 730", name="ck_application_rules_ask_again_days"),
        sa.CheckConstraint("approve_orders BETWEEN 1 AND 1000", name="ck_application_rules_approve_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_application_rules"),
    )
    op.bulk_insert(rules, [{"id": 1, "ask_again_days": 90, "approve_consents": False}])
    op.create_table(
        "application_notes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["editor_applications.id"],
            name="fk_application_notes_application_id_editor_applications",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_application_notes"),
    )
    op.create_index("ix_application_notes_application_id", "application_notes", ["application_id"])
    op.alter_column("editor_applications", "reason", type_=sa.String(1000))
    op.create_table(
        "editor_invitations",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("invited_by", sa.String(200), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name="fk_editor_invitations_editor_id_editors"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_editor_invitations"),
        sa.UniqueConstraint("digest", name="uq_editor_invitations_digest"),
    )
    op.create_index(
        "uq_editor_invitations_waiting",
        "editor_invitations",
        [sa.text("lower(email)")],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("editor_invitations")
    op.execute("UPDATE editor_applications SET reason = left(reason, 500)")
    op.alter_column("editor_applications", "reason", type_=sa.String(500))
    for table in ("application_notes", "application_rules", "decline_reasons"):
        op.drop_table(table)
