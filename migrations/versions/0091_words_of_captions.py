"""What staff say in captions instead of the house."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share_captions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("tone", sa.String(10), nullable=False),
        sa.Column("words", sa.String(600), nullable=False),
        sa.Column("words_it", sa.String(600), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("target", "tone", name=op.f("uq_share_captions_target_tone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_captions")),
    )


def downgrade() -> None:
    op.drop_table("share_captions")
