"""What a message may be."""

from __future__ import annotations

from storefront.orders.models import OrderStatus

LONGEST = 2000
# Nobody has paid these, or will: nothing can be written about them.
UNPAID = frozenset({OrderStatus.AWAITING_PAYMENT, OrderStatus.EXPIRED})
