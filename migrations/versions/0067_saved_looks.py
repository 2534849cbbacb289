"""Shoppers keep looks in mind; an editor is told once of a look that could not go on show on its day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_looks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(36), nullable=True),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name=op.f("ck_saved_looks_one_owner")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_saved_looks_account_id_accounts"),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_saved_looks_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved_looks"),
    )
    op.create_index(
        "uq_saved_looks_owner_look",
        "saved_looks",
        ["account_id", "visit_id", "look_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_saved_looks_visit_id", "saved_looks", ["visit_id"])
    op.create_index("ix_saved_looks_look_id", "saved_looks", ["look_id"])
    op.add_column("looks", sa.Column("unfit_told_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("looks", "unfit_told_at")
    op.drop_table("saved_looks")
