"""Own credit: a voucher that belongs to an account, counts by itself and is spent bit by bit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vouchers", sa.Column("account_id", sa.BigInteger(), nullable=True))
    op.add_column("vouchers", sa.Column("spent_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.create_foreign_key(
        op.f("fk_vouchers_account_id_accounts"), "vouchers", "accounts", ["account_id"], ["id"]
    )
    op.create_index(
        "uq_vouchers_own", "vouchers", ["account_id"], unique=True, postgresql_where=sa.text("way = 'own'")
    )
    op.drop_constraint(op.f("ck_vouchers_way"), "vouchers")
    op.create_check_constraint(op.f("ck_vouchers_way"), "vouchers", "way IN ('typed', 'offered', 'own')")
    op.create_check_constraint(
        op.f("ck_vouchers_own_of_somebody"), "vouchers", "(way = 'own') = (account_id IS NOT NULL)"
    )
    op.create_check_constraint(
        op.f("ck_vouchers_own_is_an_amount"),
        "vouchers",
        "way <> 'own' OR (kind = 'amount' AND person_limit IS NULL AND total_limit IS NULL)",
    )
    op.create_check_constraint(op.f("ck_vouchers_spent_not_negative"), "vouchers", "spent_minor >= 0")
    op.add_column(
        "voucher_uses",
        sa.Column("lines_minor", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
    )
    op.add_column(
        "voucher_uses", sa.Column("back_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_voucher_uses_back_sensible"), "voucher_uses", "back_minor BETWEEN 0 AND goods_minor"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_voucher_uses_back_sensible"), "voucher_uses")
    op.drop_column("voucher_uses", "back_minor")
    op.drop_column("voucher_uses", "lines_minor")
    op.drop_constraint(op.f("ck_vouchers_spent_not_negative"), "vouchers")
    op.drop_constraint(op.f("ck_vouchers_own_is_an_amount"), "vouchers")
    op.drop_constraint(op.f("ck_vouchers_own_of_somebody"), "vouchers")
    op.drop_constraint(op.f("ck_vouchers_way"), "vouchers")
    op.execute("UPDATE vouchers SET way = 'typed', status = 'paused' WHERE way = 'own'")
    op.create_check_constraint(op.f("ck_vouchers_way"), "vouchers", "way IN ('typed', 'offered')")
    op.drop_index("uq_vouchers_own", "vouchers")
    op.drop_constraint(op.f("fk_vouchers_account_id_accounts"), "vouchers", type_="foreignkey")
    op.drop_column("vouchers", "spent_minor")
    op.drop_column("vouchers", "account_id")
