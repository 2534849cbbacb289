"""What staff say of advertising in a country, and links that lead to a packed bag."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("links", sa.Column("pieces", postgresql.JSONB(none_as_null=True)))
    op.create_check_constraint(
        op.f("ck_links_pieces_of_a_look"), "links", "pieces IS NULL OR target = 'look'"
    )
    op.create_table(
        "share_disclosures",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("sentence", sa.String(240), nullable=False),
        sa.Column("sentence_it", sa.String(240), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sentence <> '' AND sentence_it <> ''", name=op.f("ck_share_disclosures_said_in_both")
        ),
        sa.UniqueConstraint("country", name=op.f("uq_share_disclosures_country")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_disclosures")),
    )


def downgrade() -> None:
    op.drop_table("share_disclosures")
    op.drop_constraint(op.f("ck_links_pieces_of_a_look"), "links")
    op.drop_column("links", "pieces")
