"""Visits on which somebody signed in after a link: their clicks count for the account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_bonds",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_credit_bonds_account_id_accounts"),
        sa.PrimaryKeyConstraint("account_id", "visit_id", name="pk_credit_bonds"),
    )
    op.create_index("ix_credit_bonds_visit_id", "credit_bonds", ["visit_id"])


def downgrade() -> None:
    op.drop_table("credit_bonds")
