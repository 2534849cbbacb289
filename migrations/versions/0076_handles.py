"""Handles change: those that were left go on leading to whoever had them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handle_claims",
        sa.Column("shape", sa.String(30), nullable=False),
        sa.Column("handle", sa.String(30), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name="fk_handle_claims_editor_id_editors"),
        sa.PrimaryKeyConstraint("shape", name="pk_handle_claims"),
    )
    op.create_index("ix_handle_claims_editor_id", "handle_claims", ["editor_id"])
    op.execute(
        "INSERT INTO handle_claims (shape, handle, editor_id, taken_at) "
        "SELECT handle_shape, handle, id, joined_at FROM editors"
    )
    op.add_column("editors", sa.Column("handle_changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("editors", "handle_changed_at")
    op.drop_table("handle_claims")
