"""An article number is found however it is typed: in any case, with or without spaces and hyphens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_variants_sku_letters",
        "variants",
        [sa.text("upper(translate(sku, ' -', ''))")],
        postgresql_where=sa.text("sku <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_variants_sku_letters", table_name="variants")
