"""Editors gather looks and pieces under a name, and pin looks to the front of their window."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("title_it", sa.String(80), nullable=True),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("words_it", sa.String(1000), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_gatherings_editor_id_editors"),
        sa.PrimaryKeyConstraint("id", name="pk_gatherings"),
        sa.UniqueConstraint("editor_id", "slug", name="uq_gatherings_editor_id_slug"),
    )
    op.create_table(
        "gathered_items",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("gathering_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("num_nonnulls(look_id, product_id) = 1", name="ck_gathered_items_one_thing"),
        sa.ForeignKeyConstraint(
            ["gathering_id"],
            ["gatherings.id"],
            name="fk_gathered_items_gathering_id_gatherings",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_gathered_items_look_id_looks", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name="fk_gathered_items_product_id_products"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_gathered_items"),
        sa.UniqueConstraint("gathering_id", "look_id", name="uq_gathered_items_gathering_id_look_id"),
        sa.UniqueConstraint("gathering_id", "product_id", name="uq_gathered_items_gathering_id_product_id"),
    )
    op.create_index("ix_gathered_items_look_id", "gathered_items", ["look_id"])
    op.create_index("ix_gathered_items_product_id", "gathered_items", ["product_id"])
    op.create_table(
        "look_pins",
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name="ck_look_pins_position"),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_look_pins_editor_id_editors"),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_look_pins_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("editor_id", "position", name="pk_look_pins"),
        sa.UniqueConstraint("look_id", name="uq_look_pins_look_id"),
    )


def downgrade() -> None:
    op.drop_table("look_pins")
    op.drop_table("gathered_items")
    op.drop_table("gatherings")
