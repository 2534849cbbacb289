"""The cards that networks show for the address of a look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_cards",
        sa.Column("look_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("made_of", sa.String(64), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_page_cards_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("look_id", "language", name="pk_page_cards"),
    )
    op.create_index("ix_page_cards_key", "page_cards", ["key"])


def downgrade() -> None:
    op.drop_table("page_cards")
