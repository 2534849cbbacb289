"""An account keeps the sizes it usually takes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "usual_sizes",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.String(20), nullable=False),
        sa.Column("size", sa.String(20), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_usual_sizes_account_id_accounts"),
        sa.PrimaryKeyConstraint("account_id", "slot", name="pk_usual_sizes"),
    )


def downgrade() -> None:
    op.drop_table("usual_sizes")
