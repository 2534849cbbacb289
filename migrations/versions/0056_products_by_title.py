"""The same piece in other colours is found by its title, however many products there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_products_title", "products", ["title"], postgresql_where=sa.text("status = 'active'"))


def downgrade() -> None:
    op.drop_index("ix_products_title", table_name="products")
