"""Since when it is known who is on a photo."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0135"
down_revision = "0134"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("photo_people", sa.Column("named_at", sa.TIMESTAMP(timezone=True)))
    op.execute(
        "UPDATE photo_people SET named_at = event_photos.at FROM event_photos"
        " WHERE event_photos.id = photo_people.photo_id"
    )
    op.alter_column("photo_people", "named_at", nullable=False)


def downgrade() -> None:
    op.drop_column("photo_people", "named_at")
