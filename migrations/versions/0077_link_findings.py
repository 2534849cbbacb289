"""Links that lead nowhere good, as the check of links finds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_findings",
        sa.Column("link_id", sa.BigInteger(), nullable=False),
        sa.Column("problem", sa.String(10), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_findings_link_id_links")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_link_findings")),
    )


def downgrade() -> None:
    op.drop_table("link_findings")
