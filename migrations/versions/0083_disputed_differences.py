"""Where the bank stands with the difference of an exchange: a state, as an order has one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

WHYS = "why_off IN ('gone', 'unpaid', 'kept', 'refused', 'money'{more})"


def upgrade() -> None:
    op.add_column("exchanges", sa.Column("dispute", sa.String(20), nullable=False, server_default="none"))
    # How a dispute ended was not kept: whoever looks into it finds it with the bank.
    op.execute("UPDATE exchanges SET dispute = 'open' WHERE disputed")
    op.create_check_constraint("dispute", "exchanges", "dispute IN ('none', 'open', 'won', 'lost')")
    op.drop_column("exchanges", "disputed")
    op.create_index(
        "ix_exchanges_disputed", "exchanges", ["order_id"], postgresql_where=sa.text("dispute = 'open'")
    )
    op.drop_constraint("ck_exchanges_why_off", "exchanges", type_="check")
    op.create_check_constraint("ck_exchanges_why_off", "exchanges", WHYS.format(more=", 'disputed'"))


def downgrade() -> None:
    op.execute("UPDATE exchanges SET why_off = 'unpaid' WHERE why_off = 'disputed'")
    op.drop_constraint("ck_exchanges_why_off", "exchanges", type_="check")
    op.create_check_constraint("ck_exchanges_why_off", "exchanges", WHYS.format(more=""))
    op.drop_index("ix_exchanges_disputed", "exchanges")
    op.add_column(
        "exchanges", sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )
    op.execute("UPDATE exchanges SET disputed = dispute IN ('open', 'lost')")
    op.drop_constraint("dispute", "exchanges", type_="check")
    op.drop_column("exchanges", "dispute")
