"""What has to be true of closed months. Each question finds the first row that breaks one promise.

They go through everything and take nothing from the balances or seals they judge.
"""

from __future__ import annotations

from commissions.ledger.chain import CONTENTS

_OPEN_SINCE = """
    SELECT max(span.ends_at) AS ends_at FROM ledger_closings closing
    JOIN ledger_months span ON span.month = closing.month
"""
_MONTHS = """
    SELECT span.month, span.begins_at, span.ends_at FROM ledger_months span
    JOIN ledger_closings closing ON closing.month = span.month
"""

CLOSED_MONTHS: dict[str, str] = {
    "a month of the books is missing between two others": """
        SELECT month, begins_at FROM (
            SELECT month, begins_at, lag(ends_at) OVER (ORDER BY month) AS before,
                   lag(month) OVER (ORDER BY month) AS month_before FROM ledger_months
        ) months WHERE begins_at <> before OR month <> month_before + interval '1 month'
        ORDER BY month LIMIT 1
    """,
    "a sealed entry was changed or is gone": f"""
        SELECT seal.entry_id AS entry, seal.month, contents.entry_id IS NULL AS gone,
               convert_from(contents.content, 'UTF8') AS reads
        FROM (
            SELECT entry_id, month, hash, lag(hash, 1, ''::bytea) OVER (ORDER BY month, entry_id) AS before
            FROM ledger_seals
        ) seal LEFT JOIN ({CONTENTS}) contents ON contents.entry_id = seal.entry_id
        WHERE seal.hash IS DISTINCT FROM sha256(seal.before || contents.content)
        ORDER BY seal.month, seal.entry_id LIMIT 1
    """,
    "an entry of a closed month has no seal": f"""
        SELECT entry.id AS entry, entry.key, entry.at FROM ledger_entries entry
        LEFT JOIN ledger_seals seal ON seal.entry_id = entry.id
        WHERE entry.at < ({_OPEN_SINCE}) AND seal.entry_id IS NULL ORDER BY entry.id LIMIT 1
    """,
    "a closed month does not end with its last seal": """
        SELECT closing.month, closing.entries, count(seal.entry_id) AS sealed
        FROM ledger_closings closing LEFT JOIN ledger_seals seal ON seal.month = closing.month
        GROUP BY closing.month
        HAVING closing.entries <> count(seal.entry_id) OR (count(seal.entry_id) > 0 AND closing.hash <>
            (SELECT hash FROM ledger_seals last WHERE last.month = closing.month
             ORDER BY entry_id DESC LIMIT 1))
        ORDER BY closing.month LIMIT 1
    """,
    "the balance of a closed month is not what was booked until then": f"""
        SELECT coalesce(kept.account_id, summed.account_id) AS account,
               coalesce(kept.month, summed.month) AS month,
               kept.debit_minor, kept.credit_minor, summed.debit AS debit_again, summed.credit AS credit_again
        FROM ledger_balances kept FULL JOIN (
            SELECT account_id, month,
                   (sum(debit) OVER until_then)::bigint AS debit,
                   (sum(credit) OVER until_then)::bigint AS credit
            FROM (
                SELECT leg.account_id, span.month,
                       coalesce(sum(leg.amount_minor) FILTER (WHERE leg.side = 'debit'), 0) AS debit,
                       coalesce(sum(leg.amount_minor) FILTER (WHERE leg.side = 'credit'), 0) AS credit
                FROM ({_MONTHS}) span JOIN ledger_legs leg
                    ON leg.at >= span.begins_at AND leg.at < span.ends_at
                GROUP BY leg.account_id, span.month
            ) moved WINDOW until_then AS (PARTITION BY account_id ORDER BY month)
        ) summed ON summed.account_id = kept.account_id AND summed.month = kept.month
        WHERE (kept.debit_minor, kept.credit_minor) IS DISTINCT FROM (summed.debit, summed.credit)
        ORDER BY 2, 1 LIMIT 1
    """,
}
