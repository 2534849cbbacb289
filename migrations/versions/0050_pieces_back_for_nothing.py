"""Pieces whose money went back before, as goodwill, come back by a refund of nothing."""

from __future__ import annotations

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_refunds_amount_positive"), "refunds", type_="check")
    op.create_check_constraint(op.f("ck_refunds_amount_sensible"), "refunds", "amount_minor >= 0")


def downgrade() -> None:
    op.execute(
        "DELETE FROM refund_lines USING refunds WHERE refunds.id = refund_id AND refunds.amount_minor = 0"
    )
    op.execute(
        "UPDATE sendbacks SET refund_id = NULL FROM refunds r WHERE r.id = refund_id AND r.amount_minor = 0"
    )
    op.execute("DELETE FROM refunds WHERE amount_minor = 0")
    op.drop_constraint(op.f("ck_refunds_amount_sensible"), "refunds", type_="check")
    op.create_check_constraint(op.f("ck_refunds_amount_positive"), "refunds", "amount_minor > 0")
