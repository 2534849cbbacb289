"""Looks are laid out by hand: a ground, captions, pieces that lie twice or are locked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def _list(name: str) -> sa.Column[list[object]]:
    return sa.Column(name, postgresql.JSONB(), server_default="[]", nullable=False)


def _no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)


def upgrade() -> None:
    op.add_column("looks", sa.Column("ground", sa.String(16), server_default="plate", nullable=False))
    op.add_column("looks", _list("captions"))
    op.add_column("looks", _no("by_hand"))
    op.add_column("look_pieces", _no("locked"))
    op.add_column("look_pieces", _list("copies"))


def downgrade() -> None:
    for table, column in (
        ("look_pieces", "copies"),
        ("look_pieces", "locked"),
        ("looks", "by_hand"),
        ("looks", "captions"),
        ("looks", "ground"),
    ):
        op.drop_column(table, column)
