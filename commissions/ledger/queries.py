from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from commissions.ledger.balances import ACCOUNTS, OWED_KINDS
from commissions.ledger.models import EntryKind
from foundation.db import db
from foundation.money import Money

_EDITOR = text(
    f"""
    SELECT coalesce(sum(held) FILTER (WHERE kind = 'editor_pending'), 0)::bigint,
           coalesce(sum(held) FILTER (WHERE kind = 'editor_held'), 0)::bigint,
           coalesce(sum(held) FILTER (WHERE kind IN {OWED_KINDS}), 0)::bigint,
           coalesce(sum(held) FILTER (WHERE kind = 'editor_paid_out'), 0)::bigint
    FROM (SELECT kind, credit_minor - debit_minor AS held FROM ({ACCOUNTS}) accounts
          WHERE editor_id = :editor AND currency = :currency) mine
    """
)
_OWED = text(
    f"""
    SELECT coalesce(sum(credit_minor - debit_minor), 0)::bigint FROM ({ACCOUNTS}) accounts
    WHERE kind IN {OWED_KINDS} AND currency = :currency
    """
)
_DEBT = text(
    f"""
    SELECT coalesce(sum(debit_minor - credit_minor), 0)::bigint FROM ({ACCOUNTS}) accounts
    WHERE kind = 'editor_debt' AND currency = :currency AND editor_id = :editor
    """
)
_OWED_TO = text(
    f"""
    SELECT coalesce(sum(credit_minor - debit_minor), 0)::bigint FROM ({ACCOUNTS}) accounts
    WHERE kind IN {OWED_KINDS} AND currency = :currency AND editor_id = :editor
    """
)


@dataclass(frozen=True, slots=True)
class EditorBalance:
    """What the books say of one editor.

    `payable` is all that is theirs and has not gone out: with what a transfer carries at this moment, less
    what they owe. Below zero it is a debt, netted from the next payout. `paid_out` is what stayed with them.
    """

    pending: Money
    held: Money
    payable: Money
    paid_out: Money

    @property
    def debt(self) -> Money:
        """What the editor owes; zero when the balance is in their favour."""
        return Money(max(0, -self.payable.minor), self.payable.currency)


def editor_balance(editor_id: int, currency: str) -> EditorBalance:
    """All four figures of an editor in one statement."""
    row = db.session.execute(_EDITOR, {"editor": editor_id, "currency": currency, "until": None}).one()
    pending, held, payable, paid_out = (Money(int(amount), currency) for amount in row)
    return EditorBalance(pending, held, payable, paid_out)


def owed_to(editor_id: int, currency: str, before: datetime) -> int:
    """What an editor was owed just before a moment, in minor units; a debt has a minus."""
    values = {"editor": editor_id, "currency": currency, "until": before}
    return int(db.session.execute(_OWED_TO, values).scalar_one())


def debt_account(editor_id: int, currency: str) -> int:
    """What lies on the debt account of an editor, in minor units, never below zero."""
    values = {"editor": editor_id, "currency": currency, "until": None}
    return max(0, int(db.session.execute(_DEBT, values).scalar_one()))


def owed_to_all(currency: str) -> int:
    """What the books owe all editors together, with what is on its way; debts count against it."""
    return int(db.session.execute(_OWED, {"currency": currency, "until": None}).scalar_one())


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry as it touched one commission: what it changed for the editor, in minor units, with sign.

    `change` is the difference it made to the commission as a whole: moving it from pending to payable
    changes nothing, so it is 0 there.
    """

    entry_id: int
    kind: EntryKind
    at: datetime
    commission_id: int
    refund_id: int | None
    change: int
    amount: int


def movements_of(commission_ids: Sequence[int]) -> list[Movement]:
    """The history of commissions in the books, oldest first."""
    rows = db.session.execute(
        text(
            """
            SELECT e.id, e.kind, e.at, e.commission_id, e.refund_id,
                   sum(CASE WHEN a.editor_id IS NULL THEN 0
                            WHEN l.side = 'credit' THEN l.amount_minor ELSE -l.amount_minor END)::bigint,
                   max(l.amount_minor)
            FROM ledger_entries e
            JOIN ledger_legs l ON l.entry_id = e.id
            JOIN ledger_accounts a ON a.id = l.account_id
            WHERE e.commission_id = ANY(:ids)
            GROUP BY e.id ORDER BY e.at, e.id
            """
        ),
        {"ids": list(commission_ids)},
    )
    return [
        Movement(row[0], EntryKind(row[1]), row[2], row[3], row[4], int(row[5]), int(row[6])) for row in rows
    ]
