"""A kept version of a look names the photograph it was, so that bringing it back brings the picture back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("look_versions", sa.Column("photo_key", sa.String(length=100), nullable=True))
    # Which one it was nobody wrote down: the one there is now is the only one that is known to be left.
    op.execute(
        """
        UPDATE look_versions SET photo_key = looks.photo_key FROM looks
        WHERE looks.id = look_versions.look_id AND looks.photo_key IS NOT NULL
        """
    )


def downgrade() -> None:
    op.drop_column("look_versions", "photo_key")
