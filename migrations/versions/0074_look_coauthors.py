"""Two editors put a look together, by an agreed split."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look_coauthors",
        sa.Column("look_id", sa.BigInteger(), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("share_bps", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("share_bps BETWEEN 100 AND 9900", name=op.f("ck_look_coauthors_share")),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_look_coauthors_editor_id_editors"),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name="fk_look_coauthors_look_id_looks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("look_id", name="pk_look_coauthors"),
    )
    op.create_index("ix_look_coauthors_editor_id", "look_coauthors", ["editor_id"])


def downgrade() -> None:
    op.drop_table("look_coauthors")
