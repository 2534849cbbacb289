"""What happens at Stripe because time passes, whoever looks."""

from __future__ import annotations

from sqlalchemy import delete

from stripe_sandbox.checkout import expire_due
from stripe_sandbox.models import SandboxReply
from stripe_sandbox.refunds import settle_pending
from stripe_sandbox.rules import REPLIES_KEPT
from stripe_sandbox.shopper import settle_due
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import pay_out_due


def let_time_pass() -> None:
    """End sessions, settle bank transfers and waiting refunds, move payouts on, forget old replies."""
    for step in (expire_due, settle_due, settle_pending, pay_out_due):
        with opened() as store:
            step(store)
    with opened() as store:
        store.session.execute(delete(SandboxReply).where(SandboxReply.created <= store.now - REPLIES_KEPT))
