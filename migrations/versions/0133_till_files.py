"""Files of other tills, and orders that were paid there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None

_WAYS = {
    "orders": (("card", "cash", "terminal"), ("card", "cash", "terminal", "elsewhere")),
    "till_paid_back": (("cash", "terminal"), ("cash", "terminal", "elsewhere")),
}


def upgrade() -> None:
    for table, (_before, after) in _WAYS.items():
        _ways(table, after)
    op.create_table(
        "till_files",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_files")),
    )
    op.create_index(op.f("ix_till_files_at"), "till_files", ["at"], unique=False)
    op.create_table(
        "till_slips",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("store", sa.String(length=80), nullable=False),
        sa.Column("time", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("ticket", sa.String(length=300), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=True),
        sa.Column("sold_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=6), nullable=False),
        sa.Column("fault", sa.String(length=12), nullable=True),
        sa.Column("about", sa.String(length=80), server_default="", nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status IN ('bad', 'nobody', 'ready', 'sold', 'known')", name=op.f("ck_till_slips_status")
        ),
        sa.CheckConstraint(
            "(status IN ('bad', 'nobody')) = (fault IS NOT NULL)",
            name=op.f("ck_till_slips_says_what_is_wrong"),
        ),
        sa.CheckConstraint(
            "(status = 'sold') = (order_id IS NOT NULL)", name=op.f("ck_till_slips_sold_is_an_order")
        ),
        sa.CheckConstraint(
            "status = 'bad' OR num_nulls(place_id, sold_at) = 0", name=op.f("ck_till_slips_can_be_read")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_till_slips_event_id_events")),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["till_files.id"],
            name=op.f("fk_till_slips_file_id_till_files"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_till_slips_order_id_orders")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_till_slips_place_id_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_slips")),
        sa.UniqueConstraint("file_id", "line", name=op.f("uq_till_slips_file_id_line")),
        sa.UniqueConstraint("order_id", name=op.f("uq_till_slips_order_id")),
    )
    op.create_index(op.f("ix_till_slips_event_id"), "till_slips", ["event_id"], unique=False)
    op.create_index(
        "ix_till_slips_email",
        "till_slips",
        ["email"],
        unique=False,
        postgresql_where=sa.text("email <> ''"),
    )
    op.create_table(
        "till_slip_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("slip_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("sku", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=40), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=True),
        sa.Column("pieces", sa.BigInteger(), nullable=True),
        sa.Column("paid_minor", sa.BigInteger(), nullable=True),
        sa.Column("fault", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "(fault IS NULL) = (num_nulls(variant_id, pieces, paid_minor) = 0)",
            name=op.f("ck_till_slip_lines_counts_or_says_why"),
        ),
        sa.CheckConstraint("pieces BETWEEN 1 AND 99", name=op.f("ck_till_slip_lines_pieces")),
        sa.CheckConstraint("paid_minor >= 0", name=op.f("ck_till_slip_lines_paid")),
        sa.ForeignKeyConstraint(
            ["slip_id"],
            ["till_slips.id"],
            name=op.f("fk_till_slip_lines_slip_id_till_slips"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_till_slip_lines_variant_id_variants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_slip_lines")),
        sa.UniqueConstraint("slip_id", "number", name=op.f("uq_till_slip_lines_slip_id_number")),
    )


def downgrade() -> None:
    op.drop_table("till_slip_lines")
    op.drop_table("till_slips")
    op.drop_table("till_files")
    for table, (before, _after) in _WAYS.items():
        _ways(table, before)


def _ways(table: str, ways: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_paid_with")
    op.drop_constraint(name, table, type_="check")
    told = ", ".join(f"'{way}'" for way in ways)
    op.create_check_constraint(name, table, f"paid_with IN ({told})")
