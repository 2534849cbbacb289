"""Links to an editor's own collections; one that is put away stays as a name for the links that are out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

ONE = "uq_links_editor_id_target"
COLUMNS = ["editor_id", "target", "look_id", "product_id", "collection_id"]
BEFORE = (
    "(target = 'look') = (look_id IS NOT NULL) AND (target = 'product') = (product_id IS NOT NULL)"
    " AND (target = 'collection') = (collection_id IS NOT NULL)"
)
AFTER = BEFORE + " AND (target = 'gathering') = (gathering_id IS NOT NULL)"


def upgrade() -> None:
    op.add_column("links", sa.Column("gathering_id", sa.BigInteger()))
    op.create_foreign_key(
        op.f("fk_links_gathering_id_gatherings"), "links", "gatherings", ["gathering_id"], ["id"]
    )
    op.create_index("ix_links_gathering_id", "links", ["gathering_id"])
    _lead_to(AFTER, [*COLUMNS, "gathering_id", "name"])


def downgrade() -> None:
    # Refused by the constraints while there are links to gatherings: what came by them was counted.
    _lead_to(BEFORE, [*COLUMNS, "name"])
    op.drop_index("ix_links_gathering_id", "links")
    op.drop_constraint(op.f("fk_links_gathering_id_gatherings"), "links")
    op.drop_column("links", "gathering_id")
    op.execute("DELETE FROM gatherings WHERE status = 'removed'")


def _lead_to(target: str, columns: list[str]) -> None:
    op.drop_constraint(op.f("ck_links_target"), "links")
    op.create_check_constraint(op.f("ck_links_target"), "links", target)
    op.drop_constraint(ONE, "links")
    op.create_unique_constraint(ONE, "links", columns, postgresql_nulls_not_distinct=True)
