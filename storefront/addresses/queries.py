from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from foundation.db import db
from storefront.addresses.errors import AddressNotFound
from storefront.addresses.models import Address


def addresses_of(account_id: int) -> Sequence[Address]:
    """What an account keeps: the one a checkout begins with first, then the newest."""
    statement = select(Address).where(Address.account_id == account_id)
    return db.session.scalars(
        statement.order_by(Address.is_default.desc(), Address.saved_at.desc(), Address.id.desc())
    ).all()


def address_of(account_id: int, address_id: int) -> Address:
    """One of them; raises `AddressNotFound`, also for somebody else's."""
    found = db.session.scalars(
        select(Address).where(Address.id == address_id, Address.account_id == account_id)
    ).one_or_none()
    if found is None:
        raise AddressNotFound()
    return found
