"""Vouchers may take off all of an order: what comes to nothing is an order, too."""

from __future__ import annotations

from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

NAME = "ck_orders_amounts_sensible"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "orders", type_="check")
    op.create_check_constraint(op.f(NAME), "orders", "total_minor >= 0 AND shipping_minor >= 0")


def downgrade() -> None:
    # Orders that came to nothing cannot stand under the old rule; what is written down is not thrown away.
    op.drop_constraint(op.f(NAME), "orders", type_="check")
    op.execute(
        f"ALTER TABLE orders ADD CONSTRAINT {NAME} CHECK (total_minor > 0 AND shipping_minor >= 0) NOT VALID"
    )
