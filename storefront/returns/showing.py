"""What an order's page says of money that was paid beside it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.returns.queries import differences_kept


def paid_besides(order: Order, **_named: Any) -> list[tuple[str, int]]:
    """The differences of its exchanges: in words, and in minor units of the order's currency."""
    return [
        (_("Paid for exchange %(number)s", number=number), minor)
        for number, minor in differences_kept(order.id)
    ]
