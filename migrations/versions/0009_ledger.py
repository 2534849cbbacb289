"""The books: accounts, entries, legs, and the triggers that keep them true."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CHECK_BALANCE = """
CREATE FUNCTION ledger_entry_must_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    announced bigint;
    found bigint;
    difference numeric;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'ledger_entries' THEN NEW.id ELSE (to_jsonb(NEW)->>'entry_id')::bigint END;
    SELECT leg_count INTO announced FROM ledger_entries WHERE id = checked;
    SELECT count(*), coalesce(sum(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END), 0)
    INTO found, difference FROM ledger_legs WHERE entry_id = checked;
    IF found < 2 OR found <> announced OR difference <> 0 THEN
        RAISE EXCEPTION 'ledger entry % does not balance: % of % legs, difference %',
            checked, found, announced, difference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
"""
TABLES = ("ledger_accounts", "ledger_entries", "ledger_legs")


def upgrade() -> None:
    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("editor_id", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.CheckConstraint(
            "(kind LIKE 'editor%') = (editor_id IS NOT NULL)", name=op.f("ck_ledger_accounts_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint(
            "kind",
            "editor_id",
            "currency",
            name=op.f("uq_ledger_accounts_kind_editor_id_currency"),
            postgresql_nulls_not_distinct=True,
        ),
        sa.UniqueConstraint("id", "currency", name=op.f("uq_ledger_accounts_id_currency")),
    )
    op.create_index("ix_ledger_accounts_editor_id", "ledger_accounts", ["editor_id"])
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("leg_count", sa.BigInteger(), nullable=False),
        sa.Column("actor_label", sa.String(200), nullable=False),
        sa.Column("commission_id", sa.BigInteger(), nullable=True),
        sa.Column("payout_id", sa.BigInteger(), nullable=True),
        sa.Column("refund_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_entries_key")),
        sa.UniqueConstraint("id", "currency", name=op.f("uq_ledger_entries_id_currency")),
    )
    op.create_index("ix_ledger_entries_commission_id", "ledger_entries", ["commission_id", "id"])
    op.create_index(
        "ix_ledger_entries_payout_id",
        "ledger_entries",
        ["payout_id"],
        postgresql_where="payout_id IS NOT NULL",
    )
    op.create_table(
        "ledger_legs",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("side", sa.String(6), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_ledger_legs_amount")),
        sa.CheckConstraint("side IN ('debit', 'credit')", name=op.f("ck_ledger_legs_side")),
        sa.ForeignKeyConstraint(
            ["entry_id", "currency"],
            ["ledger_entries.id", "ledger_entries.currency"],
            name=op.f("fk_ledger_legs_entry_id_currency_ledger_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "currency"],
            ["ledger_accounts.id", "ledger_accounts.currency"],
            name=op.f("fk_ledger_legs_account_id_currency_ledger_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_legs")),
    )
    op.create_index("ix_ledger_legs_entry_id", "ledger_legs", ["entry_id"])
    op.create_index(
        "ix_ledger_legs_account_id",
        "ledger_legs",
        ["account_id"],
        postgresql_include=["side", "amount_minor"],
    )
    op.execute(CHECK_BALANCE)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    for table in ("ledger_entries", "ledger_legs"):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_balance AFTER INSERT ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_must_balance()"
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION ledger_entry_must_balance()")
