"""Sales over the counter of a store: baskets, days of a drawer, and how an order was paid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "orders", sa.Column("paid_with", sa.String(length=10), server_default="card", nullable=False)
    )
    op.add_column("orders", sa.Column("till_place_id", sa.BigInteger(), nullable=True))
    op.add_column("orders", sa.Column("credit_code", sa.String(length=40), nullable=True))
    op.create_check_constraint(
        op.f("ck_orders_paid_with"), "orders", "paid_with IN ('card', 'cash', 'terminal')"
    )
    op.create_check_constraint(
        op.f("ck_orders_counter_in_a_store"), "orders", "paid_with = 'card' OR till_place_id IS NOT NULL"
    )
    op.create_foreign_key(
        op.f("fk_orders_till_place_id_places"), "orders", "places", ["till_place_id"], ["id"]
    )
    op.create_index(
        "ix_orders_till_place_id",
        "orders",
        ["till_place_id", "paid_at"],
        unique=False,
        postgresql_where="till_place_id IS NOT NULL",
    )
    op.create_index(
        "ix_variants_barcode", "variants", ["barcode"], unique=False, postgresql_where="barcode <> ''"
    )
    op.create_table(
        "till_baskets",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("visit", sa.String(length=36), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_label", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=60), server_default="", nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("customer", sa.String(length=120), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), server_default="", nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("voucher_code", sa.String(length=40), nullable=True),
        sa.Column("credit_code", sa.String(length=40), nullable=True),
        sa.Column("credit_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("attempt", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("pay_url", sa.String(length=2000), nullable=True),
        sa.Column("total_minor", sa.BigInteger(), nullable=True),
        sa.Column("given_minor", sa.BigInteger(), nullable=True),
        sa.Column("terminal", sa.String(length=40), server_default="", nullable=False),
        sa.Column("receipt_number", sa.String(length=40), nullable=True),
        sa.Column("receipt_day", sa.Date(), nullable=True),
        sa.Column("began_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("touched_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("sold_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('open', 'parked', 'paying', 'sold', 'emptied')", name=op.f("ck_till_baskets_status")
        ),
        sa.CheckConstraint(
            "(status = 'sold') = (sold_at IS NOT NULL)", name=op.f("ck_till_baskets_sold_has_a_moment")
        ),
        sa.CheckConstraint(
            "status <> 'sold' OR order_id IS NOT NULL", name=op.f("ck_till_baskets_sold_has_an_order")
        ),
        sa.CheckConstraint(
            "given_minor >= 0 AND total_minor > 0", name=op.f("ck_till_baskets_amounts_sensible")
        ),
        sa.CheckConstraint(
            "(receipt_number IS NULL) = (receipt_day IS NULL)",
            name=op.f("ck_till_baskets_receipt_has_a_day"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_till_baskets_place_id_places")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["accounts.id"], name=op.f("fk_till_baskets_staff_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_till_baskets_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_till_baskets_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_baskets")),
        sa.UniqueConstraint("token", name=op.f("uq_till_baskets_token")),
        sa.UniqueConstraint("visit", name=op.f("uq_till_baskets_visit")),
        sa.UniqueConstraint("order_id", name=op.f("uq_till_baskets_order_id")),
    )
    op.create_index(
        "uq_till_baskets_open",
        "till_baskets",
        ["place_id", "staff_id"],
        unique=True,
        postgresql_where="status = 'open'",
    )
    op.create_index(
        "uq_till_baskets_receipt",
        "till_baskets",
        ["place_id", "terminal", "receipt_day", "receipt_number"],
        unique=True,
        postgresql_where="receipt_number IS NOT NULL",
    )
    op.create_index(
        "ix_till_baskets_waiting",
        "till_baskets",
        ["place_id", "touched_at"],
        unique=False,
        postgresql_where="status IN ('parked', 'paying')",
    )
    op.create_index(
        "ix_till_baskets_sold",
        "till_baskets",
        ["place_id", "sold_at"],
        unique=False,
        postgresql_where="sold_at IS NOT NULL",
    )
    op.create_table(
        "till_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("basket_id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("off_bps", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("off_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("off_reason", sa.String(length=120), server_default="", nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 99", name=op.f("ck_till_lines_quantity")),
        sa.CheckConstraint(
            "off_bps BETWEEN 0 AND 10000 AND off_minor >= 0", name=op.f("ck_till_lines_off_sensible")
        ),
        sa.CheckConstraint("off_bps = 0 OR off_minor = 0", name=op.f("ck_till_lines_one_way_off")),
        sa.CheckConstraint(
            "(off_bps = 0 AND off_minor = 0) = (off_reason = '')", name=op.f("ck_till_lines_off_has_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["basket_id"], ["till_baskets.id"], name=op.f("fk_till_lines_basket_id_till_baskets")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_till_lines_variant_id_variants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_lines")),
        sa.UniqueConstraint("basket_id", "variant_id", name=op.f("uq_till_lines_basket_id_variant_id")),
    )
    op.create_table(
        "till_days",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("float_minor", sa.BigInteger(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=True),
        sa.Column("expected_minor", sa.BigInteger(), nullable=True),
        sa.Column("counted_by", sa.String(length=200), nullable=True),
        sa.Column("counted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.CheckConstraint(
            "float_minor >= 0 AND counted_minor >= 0", name=op.f("ck_till_days_amounts_sensible")
        ),
        sa.CheckConstraint(
            "num_nulls(counted_minor, expected_minor, counted_at) IN (0, 3)",
            name=op.f("ck_till_days_counted"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_till_days_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_days")),
        sa.UniqueConstraint("place_id", "day", name=op.f("uq_till_days_place_id_day")),
    )
    op.create_table(
        "till_paid_back",
        sa.Column("refund_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("paid_with", sa.String(length=10), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("receipt_number", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("paid_with IN ('cash', 'terminal')", name=op.f("ck_till_paid_back_paid_with")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_till_paid_back_place_id_places")),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_till_paid_back_refund_id_refunds")
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_till_paid_back")),
    )
    op.create_index("ix_till_paid_back_place_id", "till_paid_back", ["place_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_till_paid_back_place_id", table_name="till_paid_back")
    op.drop_table("till_paid_back")
    op.drop_table("till_days")
    op.drop_table("till_lines")
    for name, where in (
        ("ix_till_baskets_sold", "sold_at IS NOT NULL"),
        ("ix_till_baskets_waiting", "status IN ('parked', 'paying')"),
        ("uq_till_baskets_receipt", "receipt_number IS NOT NULL"),
        ("uq_till_baskets_open", "status = 'open'"),
    ):
        op.drop_index(name, table_name="till_baskets", postgresql_where=where)
    op.drop_table("till_baskets")
    op.drop_index("ix_variants_barcode", table_name="variants", postgresql_where="barcode <> ''")
    op.drop_index("ix_orders_till_place_id", table_name="orders")
    op.drop_constraint(op.f("fk_orders_till_place_id_places"), "orders", type_="foreignkey")
    op.drop_constraint(op.f("ck_orders_counter_in_a_store"), "orders", type_="check")
    op.drop_constraint(op.f("ck_orders_paid_with"), "orders", type_="check")
    op.drop_column("orders", "credit_code")
    op.drop_column("orders", "till_place_id")
    op.drop_column("orders", "paid_with")
