"""What an editor's results count besides clicks and sales: pages seen on a day, pieces put into a bag after a click.

The index of clicks by editor and time carries what results group by, and commissions get one by time.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_sights",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("link_id", sa.BigInteger(), nullable=True),
        sa.Column("people", sa.BigInteger(), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("programs", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("num_nonnulls(look_id, link_id) < 2", name=op.f("ck_day_sights_one_thing")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_day_sights_editor_id_editors")),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name=op.f("fk_day_sights_look_id_looks"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_day_sights_link_id_links")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_sights")),
        sa.UniqueConstraint(
            "editor_id", "day", "look_id", "link_id", name="uq_day_sights", postgresql_nulls_not_distinct=True
        ),
    )
    op.create_table(
        "bagged_pieces",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("click_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["click_id"], ["clicks.id"], name=op.f("fk_bagged_pieces_click_id_clicks")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_bagged_pieces_product_id_products")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["editors.id"], name=op.f("fk_bagged_pieces_editor_id_editors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bagged_pieces")),
        sa.UniqueConstraint("click_id", "product_id", name=op.f("uq_bagged_pieces_click_id_product_id")),
    )
    op.create_index("ix_bagged_pieces_editor_id_at", "bagged_pieces", ["editor_id", "at"])
    op.drop_index("ix_clicks_editor_id_first_at", table_name="clicks")
    op.create_index(
        "ix_clicks_editor_id_first_at",
        "clicks",
        ["editor_id", "first_at"],
        postgresql_include=["look_id", "link_id", "own", "counted"],
    )
    op.create_index("ix_commissions_editor_id_accrued_at", "commissions", ["editor_id", "accrued_at"])


def downgrade() -> None:
    op.drop_index("ix_commissions_editor_id_accrued_at", table_name="commissions")
    op.drop_index("ix_clicks_editor_id_first_at", table_name="clicks")
    op.create_index("ix_clicks_editor_id_first_at", "clicks", ["editor_id", "first_at"])
    op.drop_table("bagged_pieces")
    op.drop_table("day_sights")
