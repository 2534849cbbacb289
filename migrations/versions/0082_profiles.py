"""A face, a store and what somebody is asked for: the profile of a style editor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("editors", sa.Column("portrait_large_key", sa.String(100), nullable=True))
    op.add_column("editors", sa.Column("store_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key("fk_editors_store_id_places", "editors", "places", ["store_id"], ["id"])
    op.add_column(
        "editors",
        sa.Column("specialities", sa.ARRAY(sa.String(20)), nullable=False, server_default="{}"),
    )
    op.add_column(
        "editors", sa.Column("shows_sizes", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )


def downgrade() -> None:
    op.drop_column("editors", "shows_sizes")
    op.drop_column("editors", "specialities")
    op.drop_constraint("fk_editors_store_id_places", "editors", type_="foreignkey")
    op.drop_column("editors", "store_id")
    op.drop_column("editors", "portrait_large_key")
