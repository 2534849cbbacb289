from __future__ import annotations

from foundation.actors import Actor
from foundation.payments import Refund
from storefront.returns.following import note_stripe


def refund_changed(told: Refund) -> None:
    """A refund, ours or one from the Dashboard, as it is now."""
    note_stripe(actor=Actor.system("Stripe"), told=told)
