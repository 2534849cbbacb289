"""Rate cards for more than the programme, campaigns, caps; on each commission how its rate came to be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

# Columns that every card has from now on, with what the first card of the programme gets.
NEW = (
    ("kind", sa.String(16), "rate"),
    ("subject", sa.String(80), ""),
    ("label", sa.String(400), ""),
    ("is_cut", sa.Boolean(), "false"),
    ("reason", sa.String(300), ""),
)


def upgrade() -> None:
    for name, kind, before in NEW:
        op.add_column("rate_cards", sa.Column(name, kind, nullable=False, server_default=before))
        op.alter_column("rate_cards", name, server_default=None)
    op.add_column("rate_cards", sa.Column("label_it", sa.String(400), nullable=True))
    op.add_column("rate_cards", sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("rate_cards", sa.Column("created_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE rate_cards SET created_at = valid_from")
    op.alter_column("rate_cards", "created_at", nullable=False)
    op.alter_column("rate_cards", "rate_bps", nullable=True)
    op.drop_constraint(op.f("uq_rate_cards_scope_valid_from"), "rate_cards", type_="unique")
    op.create_check_constraint(
        op.f("ck_rate_cards_end"),
        "rate_cards",
        "rate_bps IS NOT NULL OR (kind = 'rate' AND scope <> 'programme')",
    )
    op.create_check_constraint(
        op.f("ck_rate_cards_campaign"), "rate_cards", "(kind = 'campaign') = (valid_until IS NOT NULL)"
    )
    op.create_check_constraint(op.f("ck_rate_cards_span"), "rate_cards", "valid_until > valid_from")
    op.create_index("ix_rate_cards_scope_subject", "rate_cards", ["scope", "subject"])
    op.create_table(
        "rate_caps",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("per", sa.String(8), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_rate_caps_amount")),
        sa.PrimaryKeyConstraint("id", name="pk_rate_caps"),
    )
    for table in ("rate_cards", "rate_caps"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.add_column("commissions", sa.Column("cap_minor", sa.BigInteger(), nullable=True))
    op.add_column("commissions", sa.Column("trace", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("commissions", "trace")
    op.drop_column("commissions", "cap_minor")
    op.drop_table("rate_caps")
    op.execute("DROP TRIGGER rate_cards_append_only ON rate_cards")
    # Sales by the finer cards keep their rate and lose their explanation: they are told of as the programme's.
    op.execute(
        "UPDATE commissions SET rate_card_id = (SELECT min(id) FROM rate_cards) WHERE rate_card_id IN "
        "(SELECT id FROM rate_cards WHERE scope <> 'programme' OR kind <> 'rate')"
    )
    op.execute("DELETE FROM rate_cards WHERE scope <> 'programme' OR kind <> 'rate'")
    op.drop_index("ix_rate_cards_scope_subject", "rate_cards")
    for name in ("end", "campaign", "span"):
        op.drop_constraint(op.f(f"ck_rate_cards_{name}"), "rate_cards", type_="check")
    op.create_unique_constraint("uq_rate_cards_scope_valid_from", "rate_cards", ["scope", "valid_from"])
    op.alter_column("rate_cards", "rate_bps", nullable=False)
    for name in ("label_it", "valid_until", "created_at", *(name for name, _kind, _before in NEW)):
        op.drop_column("rate_cards", name)
