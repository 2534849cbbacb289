"""What of delivery goes back with a whole order: no more than an ordinary way would have cost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "orders", sa.Column("delivery_back_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    # Orders so far give back what they were placed on: all that was paid, by whatever way.
    op.execute("UPDATE orders SET delivery_back_minor = shipping_minor WHERE delivery_standard")
    op.drop_column("orders", "delivery_standard")


def downgrade() -> None:
    op.add_column(
        "orders", sa.Column("delivery_standard", sa.Boolean(), server_default="true", nullable=False)
    )
    op.drop_column("orders", "delivery_back_minor")
