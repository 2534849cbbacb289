"""Stock belongs to places, and every change of it is a row.

What lies in the web warehouse stays in `variants.on_hand`; it is written down as what every variant began with.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stock_levels",
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("place_id <> 1", name=op.f("ck_stock_levels_not_the_warehouse")),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_stock_levels_variant_id_variants")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_stock_levels_place_id_places")),
        sa.PrimaryKeyConstraint("variant_id", "place_id", name=op.f("pk_stock_levels")),
    )
    op.create_index("ix_stock_levels_place_id", "stock_levels", ["place_id"])
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("other_place_id", sa.BigInteger(), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("order_line_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("batch", sa.String(64), nullable=True),
        sa.Column("actor_kind", sa.String(16), nullable=False),
        sa.Column("actor_label", sa.String(200), nullable=False),
        sa.Column("actor_account_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('received', 'sold', 'returned', 'corrected', 'transferred')",
            name=op.f("ck_stock_movements_kind"),
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_movements_quantity")),
        sa.CheckConstraint(
            "(kind = 'transferred') = (other_place_id IS NOT NULL)",
            name=op.f("ck_stock_movements_two_places"),
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_stock_movements_variant_id_variants")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_stock_movements_place_id_places")),
        sa.ForeignKeyConstraint(
            ["other_place_id"], ["places.id"], name=op.f("fk_stock_movements_other_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
    )
    op.execute(
        "INSERT INTO stock_movements (variant_id, place_id, kind, quantity, reason, actor_kind, actor_label, at)"
        " SELECT id, 1, 'received', on_hand, 'Opening count', 'system', 'migration 0020', now()"
        " FROM variants WHERE on_hand <> 0 ORDER BY id"
    )
    op.create_index("ix_stock_movements_variant_id", "stock_movements", ["variant_id", "place_id", "id"])
    op.create_index(
        "uq_stock_movements_batch",
        "stock_movements",
        ["batch", "variant_id", "place_id"],
        unique=True,
        postgresql_where="batch IS NOT NULL",
    )
    op.execute(
        "CREATE TRIGGER stock_movements_append_only BEFORE UPDATE OR DELETE ON stock_movements "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "stock_low_marks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.BigInteger(), nullable=True),
        sa.Column("low_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("low_at >= 0", name=op.f("ck_stock_low_marks_low_at")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_stock_low_marks_product_id_products")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_stock_low_marks_variant_id_variants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_low_marks")),
        sa.UniqueConstraint(
            "product_id",
            "variant_id",
            name=op.f("uq_stock_low_marks_product_id_variant_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.add_column("reservations", sa.Column("place_id", sa.BigInteger(), server_default="1", nullable=False))
    op.create_foreign_key(
        op.f("fk_reservations_place_id_places"), "reservations", "places", ["place_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_reservations_place_id_places"), "reservations")
    op.drop_column("reservations", "place_id")
    op.drop_table("stock_low_marks")
    op.drop_table("stock_movements")
    op.drop_table("stock_levels")
