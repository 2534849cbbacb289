"""Lighter forms of a picture, and the picture without its backdrop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "pictures", sa.Column("avif_keys", ARRAY(sa.String(80)), server_default="{}", nullable=False)
    )
    op.add_column("pictures", sa.Column("cut", sa.String(10), server_default="none", nullable=False))
    op.add_column("pictures", sa.Column("cut_doubt", sa.String(20), nullable=True))
    op.add_column("pictures", sa.Column("cut_tolerance", sa.String(10), nullable=True))
    op.add_column("pictures", sa.Column("cut_medium_key", sa.String(80), nullable=True))
    op.add_column("pictures", sa.Column("cut_large_key", sa.String(80), nullable=True))
    op.add_column("pictures", sa.Column("cut_box", ARRAY(sa.Integer), server_default="{}", nullable=False))
    op.create_check_constraint(
        op.f("ck_pictures_cut"), "pictures", "cut IN ('none', 'used', 'unused', 'impossible')"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_pictures_cut"), "pictures", type_="check")
    for name in (
        "cut_box",
        "cut_large_key",
        "cut_medium_key",
        "cut_tolerance",
        "cut_doubt",
        "cut",
        "avif_keys",
    ):
        op.drop_column("pictures", name)
