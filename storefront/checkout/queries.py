from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from foundation.db import db
from storefront.orders.models import Order


def orders_since(token: str, *, visit: str | None, account_id: int | None) -> Sequence[Order]:
    """The order of that token and what the same shopper ordered after it, newest first.

    Nothing when it is not the order of this account, or of this visit for a guest.
    """
    if account_id is not None:
        own = Order.account_id == account_id
    elif visit is not None:
        own = (Order.visit_id == visit) & Order.account_id.is_(None)
    else:
        return []
    named = select(Order.id).where(Order.token == token, own).scalar_subquery()
    return db.session.scalars(select(Order).where(own, Order.id >= named).order_by(Order.id.desc())).all()
