from __future__ import annotations

from foundation import payments
from foundation.actors import Actor
from storefront.exchanges.paying import note_dispute, sync_page
from storefront.orders.webhooks import STATES

STRIPE = Actor.system("Stripe")


def page_changed(session: payments.CheckoutSession) -> None:
    """A payment page, read again."""
    sync_page(actor=STRIPE, session=session)


def dispute_changed(dispute: payments.Dispute) -> None:
    """A dispute, read again."""
    state = STATES.get(dispute.status)
    if state is not None and dispute.payment_intent is not None:
        note_dispute(actor=STRIPE, payment_intent=dispute.payment_intent, state=state)
