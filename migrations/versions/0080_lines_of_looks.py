"""Lines of orders are found by the look they came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_order_lines_origin_ref",
        "order_lines",
        ["origin_ref"],
        postgresql_where=sa.text("origin_kind = 'look'"),
    )


def downgrade() -> None:
    op.drop_index("ix_order_lines_origin_ref", "order_lines")
