"""An order, held for whoever is about to change it: always by its own row, always read afresh."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from foundation.db import db
from storefront.orders.errors import OrderUnknown
from storefront.orders.models import Order


def find_locked(*conditions: Any) -> Order | None:
    """The one order these conditions name, locked; None when there is none."""
    return db.session.scalars(
        select(Order).where(*conditions).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()


def locked(*conditions: Any) -> Order:
    """The one order these conditions name, locked; raises `OrderUnknown`."""
    order = find_locked(*conditions)
    if order is None:
        raise OrderUnknown()
    return order
