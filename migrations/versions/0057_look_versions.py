"""Looks have a season and styles, go on show on a day, and remember what they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("looks", sa.Column("season", sa.String(16), server_default="all", nullable=False))
    styles = postgresql.ARRAY(sa.String(16))
    op.add_column("looks", sa.Column("styles", styles, server_default="{}", nullable=False))
    op.add_column("looks", sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_looks_publish_at", "looks", ["publish_at"], postgresql_where=sa.text("publish_at IS NOT NULL")
    )
    op.create_table(
        "look_versions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_look_versions_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_look_versions"),
        sa.UniqueConstraint("look_id", "number", name="uq_look_versions_look_id_number"),
    )


def downgrade() -> None:
    op.drop_table("look_versions")
    op.drop_index("ix_looks_publish_at", table_name="looks")
    for column in ("publish_at", "styles", "season"):
        op.drop_column("looks", column)
