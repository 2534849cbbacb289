"""Which part of a picture stays in sight where its frame has other proportions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pictures", sa.Column("focus", sa.String(10), nullable=False, server_default="whole"))
    op.create_check_constraint(
        op.f("ck_pictures_focus"),
        "pictures",
        "focus IN ('whole', 'centre', 'top', 'bottom', 'left', 'right')",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_pictures_focus"), "pictures")
    op.drop_column("pictures", "focus")
