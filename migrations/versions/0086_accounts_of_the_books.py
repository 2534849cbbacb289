"""The books keep what is on its way, paid out and owed by editors apart, and no role may change them."""

from __future__ import annotations

from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

TABLES = ("ledger_accounts", "ledger_entries", "ledger_legs")
# One entry for each row of `moves`: an account of the editor's, from one kind to another.
REGROUP = """
WITH moves AS ({moves}), opened AS (
    INSERT INTO ledger_accounts (kind, editor_id, currency)
    SELECT DISTINCT kind, CASE WHEN starts_with(kind, 'editor') THEN editor_id END, currency
    FROM (SELECT debit AS kind, editor_id, currency FROM moves
          UNION SELECT credit, editor_id, currency FROM moves) wanted
    ON CONFLICT DO NOTHING RETURNING id, kind, editor_id, currency
), accounts AS (
    SELECT id, kind, editor_id, currency FROM ledger_accounts UNION SELECT * FROM opened
), written AS (
    INSERT INTO ledger_entries (key, kind, at, currency, leg_count, actor_label, payout_id)
    SELECT 'payout:' || payout_id || ':' || why, kind, now(), currency, 2, 'system:migration', payout_id
    FROM moves ORDER BY payout_id RETURNING id, payout_id
)
INSERT INTO ledger_legs (entry_id, account_id, currency, side, amount_minor)
SELECT written.id, accounts.id, moves.currency, legs.side, moves.amount_minor
FROM moves JOIN written USING (payout_id)
CROSS JOIN LATERAL (VALUES ('debit', moves.debit), ('credit', moves.credit)) legs (side, kind)
JOIN accounts ON accounts.kind = legs.kind AND accounts.currency = moves.currency
    AND accounts.editor_id IS NOT DISTINCT FROM CASE WHEN starts_with(legs.kind, 'editor') THEN moves.editor_id END
ORDER BY written.id, legs.side DESC
"""
# What was paid out lay in the clearing account, less what came back: there only what nobody has decided on.
SENT = """
SELECT id AS payout_id, editor_id, currency, amount_minor - reversed_minor AS amount_minor,
       'house_stripe' AS debit, 'editor_paid_out' AS credit, 'regrouped' AS kind, 'regrouped' AS why
FROM payouts WHERE status = 'sent' AND amount_minor > reversed_minor
"""
SENDING = """
SELECT id AS payout_id, editor_id, currency, amount_minor, 'editor_payable' AS debit,
       'editor_transit' AS credit, 'sending' AS kind, 'leaves:' || attempt AS why
FROM payouts WHERE status = 'sending'
"""


def upgrade() -> None:
    for moves in (SENT, SENDING):
        op.get_bind().exec_driver_sql(REGROUP.format(moves=moves))
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_keep_rows BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        # A foreign key locks the row it names, for which its owner needs UPDATE on a column: on the id, which
        # nothing else changes and the trigger refuses anyway.
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER")
        op.execute(f"GRANT UPDATE (id) ON {table} TO CURRENT_USER")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER")
        op.execute(f"DROP TRIGGER {table}_keep_rows ON {table}")
