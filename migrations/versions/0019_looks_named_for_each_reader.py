"""A piece in the bag or on an order keeps what its look was called in both languages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("cart_lines", "order_lines"):
        op.add_column(table, sa.Column("origin_label_it", sa.String(200), nullable=True))
        # What was kept so far is the name in the language of whoever put it in. A look renamed since stays.
        op.execute(
            f"UPDATE {table} SET origin_label = looks.title, origin_label_it = looks.title_it "
            f"FROM looks WHERE {table}.origin_kind = 'look' AND {table}.origin_ref = looks.slug "
            f"AND {table}.origin_label IN (looks.title, looks.title_it)"
        )


def downgrade() -> None:
    for table in ("cart_lines", "order_lines"):
        op.drop_column(table, "origin_label_it")
