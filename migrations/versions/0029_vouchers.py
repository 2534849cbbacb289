"""Vouchers, who used them, those beside a bag, and what an order says of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vouchers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("percent_bps", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("buy", sa.BigInteger(), nullable=False),
        sa.Column("get", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("categories", sa.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("product_ids", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("minimum_minor", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("first_order", sa.Boolean(), nullable=False),
        sa.Column("total_limit", sa.BigInteger(), nullable=True),
        sa.Column("person_limit", sa.BigInteger(), nullable=True),
        sa.Column("stackable", sa.Boolean(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint("code = upper(code) AND code <> ''", name=op.f("ck_vouchers_code_in_capitals")),
        sa.CheckConstraint("kind <> 'amount' OR amount_minor > 0", name=op.f("ck_vouchers_amount_given")),
        sa.CheckConstraint(
            "kind <> 'pieces' OR (buy > 0 AND get > 0)", name=op.f("ck_vouchers_pieces_given")
        ),
        sa.CheckConstraint(
            "kind IN ('pieces', 'percent', 'amount', 'delivery')", name=op.f("ck_vouchers_kind")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('percent', 'pieces') OR percent_bps > 0", name=op.f("ck_vouchers_percent_given")
        ),
        sa.CheckConstraint(
            "scope IN ('everything', 'categories', 'products')", name=op.f("ck_vouchers_scope")
        ),
        sa.CheckConstraint("status IN ('active', 'paused')", name=op.f("ck_vouchers_status")),
        sa.CheckConstraint("NOT first_order OR person_limit = 1", name=op.f("ck_vouchers_first_order_once")),
        sa.CheckConstraint(
            "amount_minor >= 0 AND minimum_minor >= 0", name=op.f("ck_vouchers_amounts_sensible")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_vouchers_ends_after_start")),
        sa.CheckConstraint("percent_bps BETWEEN 0 AND 10000", name=op.f("ck_vouchers_percent_sensible")),
        sa.CheckConstraint("total_limit > 0 AND person_limit > 0", name=op.f("ck_vouchers_limits_sensible")),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_vouchers_uses_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("code", name=op.f("uq_vouchers_code")),
    )
    op.create_table(
        "bag_vouchers",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name=op.f("ck_bag_vouchers_one_owner")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_bag_vouchers_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_bag_vouchers_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bag_vouchers")),
    )
    op.create_index("ix_bag_vouchers_visit_id", "bag_vouchers", ["visit_id"], unique=False)
    op.create_index(
        "uq_bag_vouchers_owner_voucher",
        "bag_vouchers",
        ["account_id", "visit_id", "voucher_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "voucher_people",
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_voucher_people_uses_not_negative")),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_people_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("voucher_id", "person", name=op.f("pk_voucher_people")),
    )
    op.create_table(
        "voucher_uses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_number", sa.String(length=20), nullable=False),
        sa.Column("voucher_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("goods_minor", sa.BigInteger(), nullable=False),
        sa.Column("delivery_minor", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("people", sa.ARRAY(sa.String(length=64)), nullable=False),
        sa.Column("taken_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('held', 'used', 'returned')", name=op.f("ck_voucher_uses_status")),
        sa.CheckConstraint(
            "goods_minor >= 0 AND delivery_minor >= 0", name=op.f("ck_voucher_uses_amounts_sensible")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_voucher_uses_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("fk_voucher_uses_voucher_id_vouchers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_uses")),
        sa.UniqueConstraint("order_id", "voucher_id", name=op.f("uq_voucher_uses_order_id_voucher_id")),
    )
    op.create_index(
        "ix_voucher_uses_held",
        "voucher_uses",
        ["holder", "voucher_id"],
        unique=False,
        postgresql_where="status = 'held'",
    )
    op.create_index("ix_voucher_uses_voucher_id", "voucher_uses", ["voucher_id", "id"], unique=False)
    op.add_column(
        "orders", sa.Column("shipping_off_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column(
        "orders",
        sa.Column("voucher_codes", sa.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_orders_shipping_off_not_negative"), "orders", "shipping_off_minor >= 0"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_orders_shipping_off_not_negative"), "orders", type_="check")
    op.drop_column("orders", "voucher_codes")
    op.drop_column("orders", "shipping_off_minor")
    op.drop_index("ix_voucher_uses_voucher_id", table_name="voucher_uses")
    op.drop_index("ix_voucher_uses_held", table_name="voucher_uses", postgresql_where="status = 'held'")
    op.drop_table("voucher_uses")
    op.drop_table("voucher_people")
    op.drop_index(
        "uq_bag_vouchers_owner_voucher", table_name="bag_vouchers", postgresql_nulls_not_distinct=True
    )
    op.drop_index("ix_bag_vouchers_visit_id", table_name="bag_vouchers")
    op.drop_table("bag_vouchers")
    op.drop_table("vouchers")
