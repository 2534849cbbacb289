"""Vouchers that count for collections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BEFORE = "scope IN ('everything', 'categories', 'products')"
AFTER = "scope IN ('everything', 'categories', 'products', 'collections')"


def upgrade() -> None:
    op.add_column(
        "vouchers",
        sa.Column("collection_ids", sa.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
    )
    _scopes(AFTER)


def downgrade() -> None:
    op.execute("UPDATE vouchers SET scope = 'products', product_ids = '{}' WHERE scope = 'collections'")
    _scopes(BEFORE)
    op.drop_column("vouchers", "collection_ids")


def _scopes(condition: str) -> None:
    op.drop_constraint(op.f("ck_vouchers_scope"), "vouchers")
    op.create_check_constraint(op.f("ck_vouchers_scope"), "vouchers", condition)
