from __future__ import annotations

from foundation import payments
from foundation.actors import Actor
from storefront.orders.models import Dispute
from storefront.orders.paying import record_dispute, sync_checkout

STRIPE = Actor.system("Stripe")
# An inquiry (`warning_...`) has taken no money: it is left to the Dashboard until it becomes a dispute.
STATES = {
    "needs_response": Dispute.OPEN,
    "under_review": Dispute.OPEN,
    "won": Dispute.WON,
    "prevented": Dispute.WON,
    "lost": Dispute.LOST,
}


def checkout_changed(session: payments.CheckoutSession) -> None:
    """A payment page, read again."""
    sync_checkout(actor=STRIPE, session=session)


def dispute_changed(dispute: payments.Dispute) -> None:
    """A dispute, read again."""
    state = STATES.get(dispute.status)
    if state is not None and dispute.payment_intent is not None:
        record_dispute(
            actor=STRIPE, payment_intent=dispute.payment_intent, state=state, minor=dispute.amount.minor
        )
