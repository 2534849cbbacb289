"""Promotions that count by themselves, without a code to type."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vouchers", sa.Column("way", sa.String(10), server_default="typed", nullable=False))
    op.create_check_constraint(op.f("ck_vouchers_way"), "vouchers", "way IN ('typed', 'offered')")
    op.create_check_constraint(
        op.f("ck_vouchers_offered_to_everybody"),
        "vouchers",
        "way <> 'offered' OR (person_limit IS NULL AND NOT first_order)",
    )
    op.create_index(
        "ix_vouchers_offered",
        "vouchers",
        ["id"],
        postgresql_where="way = 'offered' AND status = 'active'",
    )


def downgrade() -> None:
    op.drop_index("ix_vouchers_offered", table_name="vouchers")
    op.drop_constraint(op.f("ck_vouchers_offered_to_everybody"), "vouchers")
    op.drop_constraint(op.f("ck_vouchers_way"), "vouchers")
    op.drop_column("vouchers", "way")
