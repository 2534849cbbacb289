"""What of an entry is sealed, as bytes: all of it, its legs, and whose accounts they touch.

Sealing and proving read the same statement. A new column of the books is a new version here: months that are
closed keep being read by the version they were sealed with.
"""

from __future__ import annotations

CONTENTS = """
    SELECT entry.id AS entry_id, entry.at, convert_to(concat_ws('|', '1', entry.id, entry.key, entry.kind,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS.US'),
        entry.currency, entry.leg_count, entry.actor_label, coalesce(entry.commission_id, 0),
        coalesce(entry.payout_id, 0), coalesce(entry.refund_id, 0), legs.said), 'UTF8') AS content
    FROM ledger_entries entry CROSS JOIN LATERAL (
        SELECT string_agg(concat_ws(' ', leg.id, account.kind, coalesce(account.editor_id, 0),
                                    account.currency, leg.currency, leg.side, leg.amount_minor),
                          ',' ORDER BY leg.id) AS said
        FROM ledger_legs leg LEFT JOIN ledger_accounts account ON account.id = leg.account_id
        WHERE leg.entry_id = entry.id
    ) legs
"""
