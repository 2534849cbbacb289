"""Since when somebody on a photo has answered, yes or no."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0138"
down_revision = "0137"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("photo_people", sa.Column("answered_at", sa.TIMESTAMP(timezone=True)))
    op.execute("UPDATE photo_people SET answered_at = agreed_at")
    op.create_check_constraint(
        op.f("ck_photo_people_answered"), "photo_people", "agreed_at IS NULL OR answered_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_photo_people_answered"), "photo_people", type_="check")
    op.drop_column("photo_people", "answered_at")
