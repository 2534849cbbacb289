"""Months of the books are closed: balances that are rows, and a chain of hashes over every entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

# Who books holds the lock shared until its commit, who seals a month takes it alone: when the seal is set,
# everything before it is in, and everything after it sees it and belongs to the time after.
TAKE_ITS_DAY = """
CREATE FUNCTION ledger_entry_takes_its_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_since timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('ledger_months'));
    SELECT max(ends_at) INTO open_since FROM ledger_months;
    IF NEW.at < open_since THEN
        NEW.at := open_since;
    END IF;
    RETURN NEW;
END $$
"""
LINK = """
CREATE FUNCTION ledger_link(before bytea, content bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN sha256(before || content)
"""
CHAIN = "CREATE AGGREGATE ledger_chain(bytea) (SFUNC = ledger_link, STYPE = bytea, INITCOND = '')"
NEW_TABLES = ("ledger_months", "ledger_closings", "ledger_balances", "ledger_seals")


def upgrade() -> None:
    _give_legs_their_moment()
    op.create_table(
        "ledger_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_ledger_months_span")),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_ledger_months")),
        sa.UniqueConstraint("ends_at", name=op.f("uq_ledger_months_ends_at")),
    )
    op.create_table(
        "ledger_closings",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("legs", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["ledger_months.month"], name=op.f("fk_ledger_closings_month_ledger_months")
        ),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_ledger_closings")),
    )
    op.create_table(
        "ledger_balances",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("debit_minor", sa.BigInteger(), nullable=False),
        sa.Column("credit_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["ledger_accounts.id"],
            name=op.f("fk_ledger_balances_account_id_ledger_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["month"], ["ledger_months.month"], name=op.f("fk_ledger_balances_month_ledger_months")
        ),
        sa.PrimaryKeyConstraint("account_id", "month", name=op.f("pk_ledger_balances")),
    )
    op.create_table(
        "ledger_seals",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["ledger_months.month"], name=op.f("fk_ledger_seals_month_ledger_months")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_ledger_seals")),
    )
    op.create_index("ix_ledger_seals_month_entry_id", "ledger_seals", ["month", "entry_id"])
    for function in (TAKE_ITS_DAY, LINK, CHAIN):
        op.execute(function)
    op.execute(
        "CREATE TRIGGER ledger_entries_take_their_day BEFORE INSERT ON ledger_entries "
        "FOR EACH ROW EXECUTE FUNCTION ledger_entry_takes_its_day()"
    )
    for table in NEW_TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_keep_rows BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER")
    op.execute("GRANT UPDATE (month) ON ledger_months TO CURRENT_USER")


def _give_legs_their_moment() -> None:
    """Copy the moment of each entry to its legs: for once, what was written is written again."""
    op.add_column("ledger_legs", sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.execute("GRANT UPDATE ON ledger_legs TO CURRENT_USER")
    op.execute("ALTER TABLE ledger_legs DISABLE TRIGGER ledger_legs_append_only")
    op.execute(
        "UPDATE ledger_legs SET at = entry.at FROM ledger_entries entry WHERE entry.id = ledger_legs.entry_id"
    )
    op.execute("ALTER TABLE ledger_legs ENABLE TRIGGER ledger_legs_append_only")
    op.execute("REVOKE UPDATE ON ledger_legs FROM CURRENT_USER")
    op.execute("GRANT UPDATE (id) ON ledger_legs TO CURRENT_USER")
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.alter_column("ledger_legs", "at", nullable=False)
    op.drop_constraint(op.f("fk_ledger_legs_entry_id_currency_ledger_entries"), "ledger_legs")
    op.drop_constraint(op.f("uq_ledger_entries_id_currency"), "ledger_entries")
    op.create_unique_constraint(
        op.f("uq_ledger_entries_id_currency_at"), "ledger_entries", ["id", "currency", "at"]
    )
    op.create_foreign_key(
        op.f("fk_ledger_legs_entry_id_currency_at_ledger_entries"),
        "ledger_legs",
        "ledger_entries",
        ["entry_id", "currency", "at"],
        ["id", "currency", "at"],
    )
    op.drop_index("ix_ledger_legs_account_id", "ledger_legs")
    op.create_index(
        "ix_ledger_legs_account_id_at",
        "ledger_legs",
        ["account_id", "at"],
        postgresql_include=["side", "amount_minor"],
    )
    op.create_index("ix_ledger_legs_at", "ledger_legs", ["at"], postgresql_using="brin")
    op.create_index("ix_ledger_entries_at", "ledger_entries", ["at"], postgresql_using="brin")


def downgrade() -> None:
    op.execute("DROP TRIGGER ledger_entries_take_their_day ON ledger_entries")
    for table in ("ledger_seals", "ledger_balances", "ledger_closings", "ledger_months"):
        op.drop_table(table)
    op.execute("DROP AGGREGATE ledger_chain(bytea)")
    op.execute("DROP FUNCTION ledger_link(bytea, bytea)")
    op.execute("DROP FUNCTION ledger_entry_takes_its_day()")
    op.drop_index("ix_ledger_entries_at", "ledger_entries")
    op.drop_index("ix_ledger_legs_at", "ledger_legs")
    op.drop_index("ix_ledger_legs_account_id_at", "ledger_legs")
    op.create_index(
        "ix_ledger_legs_account_id",
        "ledger_legs",
        ["account_id"],
        postgresql_include=["side", "amount_minor"],
    )
    op.drop_constraint(op.f("fk_ledger_legs_entry_id_currency_at_ledger_entries"), "ledger_legs")
    op.drop_constraint(op.f("uq_ledger_entries_id_currency_at"), "ledger_entries")
    op.create_unique_constraint(op.f("uq_ledger_entries_id_currency"), "ledger_entries", ["id", "currency"])
    op.create_foreign_key(
        op.f("fk_ledger_legs_entry_id_currency_ledger_entries"),
        "ledger_legs",
        "ledger_entries",
        ["entry_id", "currency"],
        ["id", "currency"],
    )
    op.drop_column("ledger_legs", "at")
