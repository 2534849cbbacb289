"""What a payout carries leaves what is payable when Stripe is asked for the transfer, and returns when Stripe
says no. In between it is in transit: nobody can take a call without an answer for money that is still here.
"""

from __future__ import annotations

from sqlalchemy import text

from commissions.ledger.actions import EntryDraft, LegDraft, post
from commissions.ledger.models import AccountKind, EntryKind, Side
from commissions.payouts.models import Payout
from foundation.actors import Actor
from foundation.db import db
from foundation.money import Money

# What the payout carries of the editor's debt, with its sign: less than nothing when it nets one.
_OF_DEBT = text(
    """
    SELECT coalesce(
        sum(CASE leg.side WHEN 'credit' THEN leg.amount_minor ELSE -leg.amount_minor END), 0)::bigint
    FROM payable_movements movement
    JOIN ledger_legs leg ON leg.entry_id = movement.entry_id
    JOIN ledger_accounts account ON account.id = leg.account_id AND account.kind = 'editor_debt'
    WHERE movement.payout_id = :payout AND movement.kind <> 'paid_out'
    """
)
_IN_TRANSIT = text(
    """
    SELECT coalesce(
        sum(CASE leg.side WHEN 'credit' THEN leg.amount_minor ELSE -leg.amount_minor END), 0)::bigint
    FROM ledger_entries entry JOIN ledger_legs leg ON leg.entry_id = entry.id
    JOIN ledger_accounts account ON account.id = leg.account_id AND account.kind = 'editor_transit'
    WHERE entry.payout_id = :payout
    """
)


def in_transit(payout_id: int) -> bool:
    """Whether the books say that a transfer of this payout was asked for and not answered."""
    return bool(db.session.execute(_IN_TRANSIT, {"payout": payout_id}).scalar_one())


def leaves(*, actor: Actor, payout: Payout, unasked: bool = False) -> None:
    """Book what a payout carries as in transit, its debts netted; once for each attempt.

    `unasked`: Stripe has made a transfer that the row knew no call of.
    """
    when = "found" if unasked else str(payout.attempt)
    _move(actor, payout, EntryKind.SENDING, f"payout:{payout.id}:leaves:{when}", out=True)


def stays(*, actor: Actor, payout: Payout) -> None:
    """Stripe has said no to this attempt: what was in transit is payable again, and the debt owed again."""
    _move(actor, payout, EntryKind.STAYED, f"payout:{payout.id}:stays:{payout.attempt}", out=False)


def _move(actor: Actor, payout: Payout, kind: EntryKind, key: str, *, out: bool) -> None:
    of_debt = int(db.session.execute(_OF_DEBT, {"payout": payout.id}).scalar_one())
    parts = (
        (AccountKind.EDITOR_PAYABLE, payout.amount_minor - of_debt),
        (AccountKind.EDITOR_DEBT, of_debt),
        (AccountKind.EDITOR_TRANSIT, -payout.amount_minor),
    )
    legs = tuple(
        LegDraft(
            account,
            Side.DEBIT if (minor > 0) == out else Side.CREDIT,
            Money(abs(minor), payout.currency),
            payout.editor_id,
        )
        for account, minor in parts
        if minor
    )
    post(actor=actor, entry=EntryDraft(key, kind, legs, payout_id=payout.id))
