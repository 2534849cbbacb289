"""The tax in an order, by rate, as it was frozen (docs/decisions/0020-delivery-and-taxes.md)."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from foundation.money import Money
from foundation.web.formats import money, percent
from storefront.orders.models import Order, OrderLine
from storefront.orders.policy import TaxPart, net_of, tax_parts


def parts_of(order: Order, lines: Sequence[OrderLine]) -> list[TaxPart]:
    """Each line at its own rate, delivery at that of the order."""
    parts = [(line.tax_bps, line.paid_minor, line.net_minor) for line in lines]
    if order.shipping_minor:
        net = net_of(order.shipping_minor, order.tax_bps, order.currency)
        parts.append((order.tax_bps, order.shipping_minor, net))
    return tax_parts(parts)


def tax_rows(parts: Sequence[TaxPart], currency: str) -> list[tuple[str, str]]:
    """Each rate with its tax, in words."""
    return [
        (_("Of which %(rate)s VAT", rate=percent(part.bps)), money(Money(part.tax_minor, currency)))
        for part in parts
    ]
