"""A basket at a till may come to nothing: all of it taken off, and sold without money."""

from __future__ import annotations

from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

NAME = "ck_till_baskets_amounts_sensible"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "till_baskets", type_="check")
    op.create_check_constraint(op.f(NAME), "till_baskets", "given_minor >= 0 AND total_minor >= 0")


def downgrade() -> None:
    # Baskets that came to nothing cannot stand under the old rule; what is written down is not thrown away.
    op.drop_constraint(op.f(NAME), "till_baskets", type_="check")
    op.execute(
        f"ALTER TABLE till_baskets ADD CONSTRAINT {NAME} CHECK (given_minor >= 0 AND total_minor > 0) NOT VALID"
    )
