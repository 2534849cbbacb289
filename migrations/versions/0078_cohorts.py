"""Pilot groups of style editors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_it", sa.String(80), nullable=True),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("words_it", sa.String(500), nullable=True),
        sa.Column("cap", sa.BigInteger(), nullable=False),
        sa.Column("members", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("features", postgresql.ARRAY(sa.String(40)), nullable=False),
        sa.CheckConstraint("cap BETWEEN 1 AND 10000", name="ck_cohorts_cap"),
        sa.CheckConstraint("first_day <= last_day", name="ck_cohorts_days"),
        sa.PrimaryKeyConstraint("id", name="pk_cohorts"),
    )
    op.create_table(
        "cohort_members",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("cohort_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], name="fk_cohort_members_cohort_id_cohorts"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_cohort_members_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_cohort_members"),
    )
    op.create_index("ix_cohort_members_cohort_id", "cohort_members", ["cohort_id"])
    op.create_index(
        "uq_cohort_members_editor",
        "cohort_members",
        ["editor_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "pilot_features",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pilot_features"),
    )


def downgrade() -> None:
    for table in ("pilot_features", "cohort_members", "cohorts"):
        op.drop_table(table)
