"""The cards that were drawn for links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "share_cards",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.String(10), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("made_of", sa.String(64), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_share_cards_link_id_links")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_cards")),
        sa.UniqueConstraint(
            "link_id",
            "size",
            "language",
            "country",
            name=op.f("uq_share_cards_link_id_size_language_country"),
        ),
    )
    op.create_index("ix_share_cards_key", "share_cards", ["key"])


def downgrade() -> None:
    op.drop_table("share_cards")
