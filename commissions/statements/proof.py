"""The proof: every balance derived again from orders, refunds and payouts, in SQL that shares no code with
what wrote the books."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import text

from commissions.bonuses.proof import bonus_checks
from commissions.coaching.proof import COACHING_CHECKS
from commissions.hosting.proof import HOSTING_CHECKS
from commissions.ledger.proof import CLOSED_MONTHS
from commissions.statements.deserved import KEPT, LOST, TARGETS
from foundation.db import db

# Who earns on an order: its winner alone, or the authors of the look whose share nothing withholds.
_EARNING = """
    SELECT r.id, r.order_id, r.order_number, r.replaced_at, coalesce(s.editor_id, r.editor_id) AS editor_id,
           coalesce(s.part, 0) AS part,
           coalesce((SELECT array_agg(every.share_bps ORDER BY every.part) FROM receipt_shares every
                     WHERE every.receipt_id = r.id), ARRAY[10000]::bigint[]) AS split
    FROM receipts r LEFT JOIN receipt_shares s ON s.receipt_id = r.id
    WHERE r.editor_id IS NOT NULL AND s.withheld IS NULL
"""
# News of an order that is still in the queue is not an error yet; that commissions were settled is none.
_NEWS = """
    EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing') AND j.queue_name = 'facts'
            AND j.task_name NOT LIKE 'accruals.%' AND (j.args #>> '{fact,order_id}')::bigint = bad.order_id)
"""
# What an editor is owed and what they owe are two accounts of one sum: which of the two a movement touched
# depends on when it came, and no row remembers that but the books.
_BALANCES = """
    SELECT a.editor_id, a.currency,
           CASE WHEN a.kind IN ('editor_payable', 'editor_debt') THEN 'editor_owed' ELSE a.kind END AS kind,
           sum(CASE l.side WHEN 'credit' THEN l.amount_minor ELSE -l.amount_minor END)::bigint AS balance
    FROM ledger_accounts a JOIN ledger_legs l ON l.account_id = a.id
    GROUP BY 1, 2, 3
"""
_EXPECTED = """
    SELECT editor_id, currency,
           CASE status WHEN 'pending' THEN 'editor_pending' WHEN 'held' THEN 'editor_held'
                       ELSE 'editor_owed' END AS kind,
           (accrued_minor - reversed_minor) AS amount FROM commissions
    UNION ALL
    SELECT editor_id, currency, 'editor_owed', -amount_minor FROM payouts WHERE status IN ('sending', 'sent')
    UNION ALL
    SELECT editor_id, currency, 'editor_owed', restored_minor FROM payouts WHERE restored_minor > 0
    UNION ALL
    SELECT editor_id, currency, 'editor_transit', amount_minor FROM payouts WHERE status = 'sending'
    UNION ALL
    SELECT editor_id, currency, 'editor_paid_out', amount_minor - reversed_minor FROM payouts
    WHERE status = 'sent'
    UNION ALL
    SELECT editor_id, currency, 'editor_owed', amount_minor FROM write_offs WHERE status = 'booked'
    UNION ALL
    SELECT NULL, currency, 'house_write_off', -amount_minor FROM write_offs WHERE status = 'booked'
    UNION ALL
    SELECT NULL, currency, 'house_stripe', reversed_minor - restored_minor FROM payouts
    WHERE reversed_minor > 0
    UNION ALL
    SELECT editor_id, currency, 'editor_owed', -amount_minor FROM turned_payables
    UNION ALL
    SELECT NULL, currency, CASE kind WHEN 'credit' THEN 'house_store_credit' ELSE 'house_donation' END,
           amount_minor + bonus_minor FROM turned_payables
    UNION ALL
    SELECT NULL, currency, 'house_commission', -bonus_minor FROM turned_payables
    UNION ALL
    SELECT NULL, currency, account, side * amount_minor FROM cause_payments
    CROSS JOIN (VALUES ('house_donation', -1), ('house_donation_paid', 1)) paid (account, side)
    UNION ALL
    SELECT NULL, currency, account, side * amount_minor FROM spent_credit
    CROSS JOIN (VALUES ('house_store_credit', -1), ('house_credit_spent', 1)) spent (account, side)
    UNION ALL
    SELECT NULL, currency, 'house_commission', reversed_minor - accrued_minor FROM commissions
    UNION ALL
    SELECT editor_id, currency,
           CASE status WHEN 'pending' THEN 'editor_pending' WHEN 'held' THEN 'editor_held'
                       ELSE 'editor_owed' END, amount_minor - reversed_minor FROM awards
    UNION ALL
    SELECT NULL, currency, 'house_bonus', reversed_minor - amount_minor FROM awards
"""

# Each finds the first row that breaks one promise.
CHECKS: dict[str, str] = {
    "news of a sale was given up": """
        SELECT j.id AS job, j.task_name AS task, (j.args #>> '{fact,order_id}')::bigint AS order_id
        FROM procrastinate_jobs j WHERE j.queue_name = 'facts' AND j.status = 'failed' ORDER BY j.id LIMIT 1
    """,
    "a paid order has no receipt, and no news of it waits": f"""
        SELECT bad.* FROM (
            SELECT o.id AS order_id, o.number AS order_number, o.paid_at
            FROM orders o LEFT JOIN receipts r ON r.order_id = o.id AND r.replaced_at IS NULL
            WHERE o.paid_at IS NOT NULL AND r.id IS NULL
        ) bad WHERE NOT {_NEWS} ORDER BY bad.order_id LIMIT 1
    """,
    "an entry does not balance": """
        SELECT e.id AS entry, e.key, count(l.id) AS legs, e.leg_count,
               coalesce(sum(CASE l.side WHEN 'debit' THEN l.amount_minor ELSE -l.amount_minor END), 0)::bigint
                   AS difference
        FROM ledger_entries e LEFT JOIN ledger_legs l ON l.entry_id = e.id
        GROUP BY e.id
        HAVING count(l.id) <> e.leg_count OR count(l.id) < 2
            OR coalesce(sum(CASE l.side WHEN 'debit' THEN l.amount_minor ELSE -l.amount_minor END), 0) <> 0
        ORDER BY e.id LIMIT 1
    """,
    "a paid order with a winner has a line without commission": f"""
        SELECT bad.* FROM (
            SELECT r.order_id, r.order_number, r.editor_id, l.id AS order_line
            FROM ({_EARNING}) r JOIN order_lines l ON l.order_id = r.order_id
            LEFT JOIN commissions c ON c.order_line_id = l.id AND c.editor_id = r.editor_id
                AND c.receipt_id = r.id
            WHERE r.replaced_at IS NULL AND c.id IS NULL
        ) bad WHERE NOT {_NEWS} ORDER BY bad.order_id LIMIT 1
    """,
    "the shares of a receipt are not the whole": """
        SELECT receipt_id AS receipt, sum(share_bps)::bigint AS shares FROM receipt_shares
        GROUP BY receipt_id HAVING sum(share_bps) <> 10000 OR max(part) <> count(*) - 1
        ORDER BY receipt_id LIMIT 1
    """,
    "a commission is for somebody the receipt does not name": f"""
        SELECT c.id AS commission, c.order_number, c.editor_id
        FROM commissions c
        LEFT JOIN ({_EARNING}) r ON r.id = c.receipt_id AND r.order_id = c.order_id
            AND r.editor_id = c.editor_id AND r.split = c.split AND r.part = c.part
        WHERE r.id IS NULL ORDER BY c.id LIMIT 1
    """,
    "a commission is not what its sale makes it": f"""
        SELECT bad.* FROM ({TARGETS}) bad
        WHERE (bad.amount <> bad.target OR bad.accrued_minor <> bad.accrued_again) AND NOT {_NEWS}
        ORDER BY bad.id LIMIT 1
    """,
    "a commission's entries do not add up to it": """
        SELECT c.id AS commission, c.order_number, c.accrued_minor - c.reversed_minor AS amount,
               coalesce(booked.amount, 0) AS booked
        FROM commissions c LEFT JOIN (
            SELECT e.commission_id, sum(CASE l.side WHEN 'credit' THEN l.amount_minor
                                        ELSE -l.amount_minor END)::bigint AS amount
            FROM ledger_entries e JOIN ledger_legs l ON l.entry_id = e.id
            JOIN ledger_accounts a ON a.id = l.account_id AND a.editor_id IS NOT NULL
            WHERE e.commission_id IS NOT NULL GROUP BY e.commission_id
        ) booked ON booked.commission_id = c.id
        WHERE coalesce(booked.amount, 0) <> c.accrued_minor - c.reversed_minor ORDER BY c.id LIMIT 1
    """,
    **bonus_checks(KEPT, LOST),
    **COACHING_CHECKS,
    **HOSTING_CHECKS,
    "a balance is not the sum of commissions and payouts": f"""
        SELECT coalesce(b.editor_id, e.editor_id) AS editor, coalesce(b.currency, e.currency) AS currency,
               coalesce(b.kind, e.kind) AS account, coalesce(b.balance, 0) AS balance,
               coalesce(e.amount, 0) AS expected
        FROM ({_BALANCES}) b FULL JOIN (
            SELECT editor_id, currency, kind, sum(amount)::bigint AS amount FROM ({_EXPECTED}) parts
            GROUP BY editor_id, currency, kind
        ) e ON coalesce(e.editor_id, 0) = coalesce(b.editor_id, 0) AND e.currency = b.currency
            AND e.kind = b.kind
        WHERE coalesce(b.balance, 0) <> coalesce(e.amount, 0) ORDER BY 1, 3 LIMIT 1
    """,
    "the payable movements are not what the books owe": f"""
        SELECT coalesce(b.editor_id, m.editor_id) AS editor, coalesce(b.balance, 0) AS balance,
               coalesce(m.amount, 0) AS movements
        FROM (SELECT editor_id, currency, sum(balance)::bigint AS balance FROM ({_BALANCES}) every
              WHERE kind IN ('editor_owed', 'editor_transit') GROUP BY editor_id, currency) b FULL JOIN (
            SELECT editor_id, currency, sum(amount_minor)::bigint AS amount FROM payable_movements
            GROUP BY editor_id, currency
        ) m ON m.editor_id = b.editor_id AND m.currency = b.currency
        WHERE coalesce(b.balance, 0) <> coalesce(m.amount, 0) ORDER BY 1 LIMIT 1
    """,
    "a payout is not the sum of what it carries": """
        SELECT p.id AS payout, p.editor_id AS editor, p.status, p.amount_minor,
               coalesce(sum(m.amount_minor), 0)::bigint AS carried
        FROM payouts p LEFT JOIN payable_movements m ON m.payout_id = p.id AND m.kind <> 'paid_out'
        WHERE p.status <> 'cancelled'
        GROUP BY p.id HAVING coalesce(sum(m.amount_minor), 0) <> p.amount_minor ORDER BY p.id LIMIT 1
    """,
    "a payout and its entry differ": """
        SELECT p.id AS payout, p.status, p.amount_minor, coalesce(sum(l.amount_minor), 0)::bigint AS booked
        FROM payouts p
        LEFT JOIN ledger_entries e ON e.payout_id = p.id AND e.kind = 'paid_out'
        LEFT JOIN ledger_legs l ON l.entry_id = e.id AND l.side = 'debit'
        GROUP BY p.id
        HAVING coalesce(sum(l.amount_minor), 0)
            <> CASE WHEN p.status = 'sent' THEN p.amount_minor ELSE 0 END
        ORDER BY p.id LIMIT 1
    """,
    "what came back of a payout and its entries differ": """
        SELECT p.id AS payout, p.restored_minor, coalesce(sum(l.amount_minor), 0)::bigint AS booked
        FROM payouts p
        LEFT JOIN ledger_entries e ON e.payout_id = p.id AND e.kind = 'came_back'
        LEFT JOIN ledger_legs l ON l.entry_id = e.id AND l.side = 'credit'
        GROUP BY p.id HAVING coalesce(sum(l.amount_minor), 0) <> p.restored_minor
        ORDER BY p.id LIMIT 1
    """,
    "store credit is not what editors took and orders spent of it": """
        SELECT v.id AS voucher, v.account_id AS account, v.amount_minor, coalesce(taken.minor, 0) AS taken,
               v.spent_minor, coalesce(used.minor, 0) AS used
        FROM vouchers v
        LEFT JOIN LATERAL (
            SELECT sum(t.amount_minor + t.bonus_minor)::bigint AS minor
            FROM turned_payables t JOIN editors e ON e.id = t.editor_id
            WHERE e.account_id = v.account_id AND t.kind = 'credit'
        ) taken ON true
        LEFT JOIN LATERAL (
            SELECT sum(u.goods_minor - u.back_minor)::bigint AS minor FROM voucher_uses u
            WHERE u.voucher_id = v.id AND u.status <> 'returned'
        ) used ON true
        WHERE v.way = 'own' AND (coalesce(taken.minor, 0), coalesce(used.minor, 0))
            <> (v.amount_minor, v.spent_minor)
        ORDER BY v.id LIMIT 1
    """,
    "the store credit an order was paid with is not booked": f"""
        SELECT bad.* FROM (
            SELECT u.order_id, u.order_number, u.goods_minor - u.back_minor AS spent,
                   coalesce(booked.amount_minor, 0) AS booked
            FROM voucher_uses u JOIN vouchers v ON v.id = u.voucher_id AND v.way = 'own'
            LEFT JOIN spent_credit booked ON booked.order_id = u.order_id
            WHERE coalesce(booked.amount_minor, 0)
                <> CASE WHEN u.status = 'used' THEN u.goods_minor - u.back_minor ELSE 0 END
        ) bad WHERE NOT {_NEWS} ORDER BY bad.order_id LIMIT 1
    """,
    "one person prepared and approved a run": """
        SELECT id AS run FROM payout_runs WHERE approved_by_id = prepared_by_id ORDER BY id LIMIT 1
    """,
    "a statement of a closed month is not what the movements say": """
        SELECT s.id AS statement, s.editor_id AS editor, s.month, s.closing_minor, moved.amount
        FROM statements s JOIN ledger_months month ON month.month = s.month
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(m.amount_minor), 0)::bigint AS amount FROM payable_movements m
            WHERE m.editor_id = s.editor_id AND m.currency = s.currency AND m.at < month.ends_at
        ) moved
        WHERE moved.amount <> s.closing_minor ORDER BY s.id LIMIT 1
    """,
    **CLOSED_MONTHS,
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check found. `fault` names the first broken promise, `row` the first row that breaks it."""

    ok: bool
    entries: int
    commissions: int
    payouts: int
    editors: int
    waiting: int
    fault: str | None = None
    row: dict[str, Any] = field(default_factory=dict)


def verify() -> Proof:
    """Derive every balance again; the first thing that does not fit ends the search.

    `waiting` counts news of orders that no worker has handled yet: their commissions are judged afterwards.
    """
    entries, done, payouts, editors, waiting = (
        int(db.session.execute(text(question)).scalar_one())
        for question in (
            "SELECT count(*) FROM ledger_entries",
            "SELECT count(*) FROM commissions",
            "SELECT count(*) FROM payouts",
            "SELECT count(DISTINCT editor_id) FROM ledger_accounts WHERE editor_id IS NOT NULL",
            "SELECT count(*) FROM procrastinate_jobs "
            "WHERE queue_name = 'facts' AND status IN ('todo', 'doing')",
        )
    )
    found = Proof(True, entries, done, payouts, editors, waiting)
    for promise, question in CHECKS.items():
        row = db.session.execute(text(question)).mappings().first()
        if row is not None:
            return replace(found, ok=False, fault=promise, row={key: _plain(row[key]) for key in row})
    return found


def as_line(proof: Proof) -> str:
    """What the check found, in one line: the promise and the row that breaks it, or how much agrees."""
    if proof.fault:
        return f"Does not fit: {said_of(proof.fault, proof.row)}"
    return f"{proof.entries} entries, {proof.commissions} commissions and {proof.payouts} payouts agree."


def said_of(fault: str, row: dict[str, Any]) -> str:
    """A broken promise and the row that breaks it, in one line."""
    return f"{fault}: {json.dumps(row)}"


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, bool, type(None))) else str(value)
