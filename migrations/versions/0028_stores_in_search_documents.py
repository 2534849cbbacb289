"""In which stores a product lies, for the filter beside the list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "search_documents",
        sa.Column("stores", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"),
    )
    op.execute(
        """
        UPDATE search_documents document SET stores = there.stores FROM (
            SELECT variant.product_id, array_agg(DISTINCT CAST(level.place_id AS text)) AS stores
            FROM stock_levels level JOIN variants variant ON variant.id = level.variant_id
            WHERE level.on_hand > 0 AND variant.withdrawn_at IS NULL GROUP BY variant.product_id) there
        WHERE there.product_id = document.product_id
        """
    )


def downgrade() -> None:
    op.drop_column("search_documents", "stores")
