"""Stripe says something changed on a connected account: what it is now was asked afresh and comes here."""

from __future__ import annotations

from commissions.payees.actions import note_bank_payout, note_payee
from commissions.payees.queries import payee_by_account
from foundation.actors import Actor
from foundation.payments.objects import BankPayout, Payee

STRIPE = Actor.system("stripe")


def on_account(seen: Payee) -> None:
    """Keep what a fresh look said; an account that is no editor's is somebody else's business."""
    row = payee_by_account(seen.id)
    if row is not None:
        note_payee(actor=STRIPE, editor_id=row.editor_id, seen=seen)


def on_bank_payout(seen: BankPayout) -> None:
    """Money went from an editor's account to their bank, or the bank sent it back."""
    row = payee_by_account(seen.account) if seen.account is not None else None
    if row is not None:
        note_bank_payout(actor=STRIPE, editor_id=row.editor_id, seen=seen)
