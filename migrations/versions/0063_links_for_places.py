"""Links for places: several to one target, each with a name and a code of its own; words of an editor's own;
links to collections.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

ONE = "uq_links_editor_id_target"
BEFORE = "(target = 'look') = (look_id IS NOT NULL) AND (target = 'product') = (product_id IS NOT NULL)"
AFTER = BEFORE + " AND (target = 'collection') = (collection_id IS NOT NULL)"


def upgrade() -> None:
    op.alter_column("links", "code", type_=sa.String(24))
    op.add_column("links", sa.Column("shape", sa.String(24)))
    op.add_column("links", sa.Column("collection_id", sa.BigInteger()))
    op.add_column("links", sa.Column("place", sa.String(16), nullable=False, server_default="anywhere"))
    op.add_column("links", sa.Column("name", sa.String(60), nullable=False, server_default=""))
    op.create_unique_constraint("uq_links_shape", "links", ["shape"])
    op.create_foreign_key(
        "fk_links_collection_id_collections", "links", "collections", ["collection_id"], ["id"]
    )
    op.create_check_constraint(op.f("ck_links_place_has_a_name"), "links", "place = 'anywhere' OR name <> ''")
    op.drop_constraint(op.f("ck_links_ck_links_target"), "links")
    op.create_check_constraint(op.f("ck_links_target"), "links", AFTER)
    op.drop_constraint(ONE, "links")
    op.create_unique_constraint(
        ONE,
        "links",
        ["editor_id", "target", "look_id", "product_id", "collection_id", "name"],
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    # Refused by the constraint while a target has several links: what came by each was counted apart.
    op.drop_constraint(ONE, "links")
    op.create_unique_constraint(
        ONE,
        "links",
        ["editor_id", "target", "look_id", "product_id"],
        postgresql_nulls_not_distinct=True,
    )
    op.drop_constraint(op.f("ck_links_target"), "links")
    op.create_check_constraint(op.f("ck_links_ck_links_target"), "links", BEFORE)
    op.drop_constraint(op.f("ck_links_place_has_a_name"), "links")
    op.drop_constraint("fk_links_collection_id_collections", "links")
    op.drop_constraint("uq_links_shape", "links")
    for column in ("name", "place", "collection_id", "shape"):
        op.drop_column("links", column)
    op.alter_column("links", "code", type_=sa.String(16))
