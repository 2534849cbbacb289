"""A bulk edit that counts as taken back says when: what was refused as too late is in force again."""

from __future__ import annotations

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NAME = "ck_bulk_edits_taken_back_has_a_moment"


def upgrade() -> None:
    # Taken back too late, it was marked so although no product was touched.
    op.execute(
        "UPDATE bulk_edits SET status = 'applied' WHERE status = 'taken_back' AND taken_back_at IS NULL"
    )
    op.create_check_constraint(
        op.f(NAME), "bulk_edits", "(status = 'taken_back') = (taken_back_at IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(NAME), "bulk_edits", type_="check")
