"""Stripe says something changed on a transfer: it was read afresh, and what it says is true of its payout."""

from __future__ import annotations

from commissions.payouts.coming_back import note_reversed
from commissions.payouts.models import group_of
from commissions.payouts.queries import payout_by_id
from commissions.payouts.sent import record_sent
from foundation.actors import Actor
from foundation.payments.objects import Transfer

STRIPE = Actor.system("stripe")


def on_transfer(seen: Transfer) -> None:
    """Book a transfer whose answer we never got, and keep what was taken back of one in the Dashboard.

    A transfer that names no payout of ours, or one of another run, is somebody else's business:
    reconciling tells of it. Raises `TransferDiffers`, which leaves the message for staff to see.
    """
    named = seen.metadata.get("payout", "")
    payout = payout_by_id(int(named)) if named.isdecimal() else None
    if payout is None or seen.transfer_group != group_of(payout.run_id):
        return
    if payout.transfer_id is None:
        record_sent(actor=STRIPE, payout_id=payout.id, transfer_id=seen.id, amount=seen.amount)
    elif payout.transfer_id != seen.id:
        return
    note_reversed(actor=STRIPE, payout_id=payout.id, amount=seen.reversed)
