"""Invitations to events: who may be invited, and who was and has not answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0125"
down_revision = "0124"
branch_labels = None
depends_on = None

BEFORE = "'pending', 'going', 'waitlisted', 'offered', 'declined', 'cancelled'"


def upgrade() -> None:
    op.create_table(
        "invite_consents",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("invited_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_invite_consents_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_invite_consents")),
    )
    _states(f"'invited', {BEFORE}")


def downgrade() -> None:
    op.execute("DELETE FROM rsvps WHERE status = 'invited'")
    _states(BEFORE)
    op.drop_table("invite_consents")


def _states(every: str) -> None:
    op.drop_constraint(op.f("ck_rsvps_status"), "rsvps", type_="check")
    op.create_check_constraint(op.f("ck_rsvps_status"), "rsvps", f"status IN ({every})")
