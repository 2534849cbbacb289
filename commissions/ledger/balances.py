"""Balances: the last closed month of an account, and what has moved since. No sum walks all of history."""

from __future__ import annotations

# Each account with what was booked on it before :until (NULL: ever). A month that is closed by then is one
# row, and only the legs after it are added up. The proof adds up everything instead.
ACCOUNTS = """
    SELECT account.id, account.kind, account.editor_id, account.currency,
           coalesce(closed.debit_minor, 0) + coalesce(since.debit, 0) AS debit_minor,
           coalesce(closed.credit_minor, 0) + coalesce(since.credit, 0) AS credit_minor
    FROM ledger_accounts account
    CROSS JOIN (
        SELECT max(span.month) AS month, coalesce(max(span.ends_at), '-infinity') AS ends_at
        FROM ledger_months span JOIN ledger_closings closing ON closing.month = span.month
        WHERE span.ends_at <= coalesce(CAST(:until AS timestamptz), 'infinity')
    ) last
    LEFT JOIN LATERAL (
        SELECT debit_minor, credit_minor FROM ledger_balances balance
        WHERE balance.account_id = account.id AND balance.month <= last.month
        ORDER BY balance.month DESC LIMIT 1
    ) closed ON true
    LEFT JOIN LATERAL (
        SELECT (sum(amount_minor) FILTER (WHERE side = 'debit'))::bigint AS debit,
               (sum(amount_minor) FILTER (WHERE side = 'credit'))::bigint AS credit
        FROM ledger_legs leg
        WHERE leg.account_id = account.id AND leg.at >= last.ends_at
          AND leg.at < coalesce(CAST(:until AS timestamptz), 'infinity')
    ) since ON true
"""
# What an editor is owed, whichever of the three accounts it lies on at the moment.
OWED_KINDS = "('editor_payable', 'editor_transit', 'editor_debt')"
