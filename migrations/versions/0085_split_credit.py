"""Credit that two authors of a look share: who has how much of an order, and which part a commission is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receipt_shares",
        sa.Column("receipt_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("share_bps", sa.BigInteger(), nullable=False),
        sa.Column("withheld", sa.String(24), nullable=True),
        sa.CheckConstraint("share_bps BETWEEN 1 AND 9999", name=op.f("ck_receipt_shares_share")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_receipt_shares_editor_id_editors"),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipts.id"], name="fk_receipt_shares_receipt_id_receipts"
        ),
        sa.PrimaryKeyConstraint("receipt_id", "part", name="pk_receipt_shares"),
        sa.UniqueConstraint("receipt_id", "editor_id", name="uq_receipt_shares_receipt_id_editor_id"),
    )
    op.create_index("ix_receipt_shares_editor_id", "receipt_shares", ["editor_id"])
    op.add_column(
        "commissions", sa.Column("split", sa.ARRAY(sa.BigInteger()), nullable=False, server_default="{10000}")
    )
    op.add_column("commissions", sa.Column("part", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("commissions", "split", server_default=None)
    op.alter_column("commissions", "part", server_default=None)
    op.create_check_constraint(
        op.f("ck_commissions_part"), "commissions", "part BETWEEN 0 AND cardinality(split) - 1"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_commissions_part"), "commissions", type_="check")
    op.drop_column("commissions", "part")
    op.drop_column("commissions", "split")
    op.drop_table("receipt_shares")
