"""Keeping addresses for an account. The account is locked first, so that one of them comes first at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from foundation import clock
from foundation.accounts.models import Account
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from storefront.addresses.errors import AddressChanged, AddressKept, AddressNotFound, TooManyAddresses
from storefront.addresses.models import PARTS, Address

MOST = 20


@dataclass(frozen=True, kw_only=True)
class AddressDraft:
    """An address as somebody hands it in. What is not there is empty."""

    first: str
    last: str
    street: str
    postcode: str
    city: str
    country: str
    province: str = ""
    phone: str = ""


def save_address(*, actor: Actor, account_id: int, draft: AddressDraft) -> Address:
    """Keep an address. The same again is the one that is kept; the first of an account comes first.

    Raises `TooManyAddresses`.
    """
    kept = _kept(account_id)
    values = asdict(draft)
    for address in kept:
        if all(getattr(address, name) == values[name] for name in PARTS):
            return address
    if len(kept) >= MOST:
        raise TooManyAddresses()
    address = Address(account_id=account_id, is_default=not kept, saved_at=clock.now(), **values)
    db.session.add(address)
    db.session.flush()
    record(actor=actor, action="addresses.save", subject=("address", address.id))
    return address


def change_address(
    *, actor: Actor, account_id: int, address_id: int, draft: AddressDraft, seen: str | None = None
) -> Address:
    """Write an address anew. Raises `AddressNotFound`, or `AddressKept` when another one says the same.

    `seen`: how it was when the draft was begun; `AddressChanged` when it says something else by now. What
    the draft says already is no conflict: pressing twice is changing once.
    """
    address, values = _one(account_id, address_id), asdict(draft)
    if all(getattr(address, name) == values[name] for name in PARTS):
        return address
    if seen is not None and seen != address.seen:
        raise AddressChanged()
    with unless_taken(AddressKept, "uq_addresses_whole"):
        for name, value in values.items():
            setattr(address, name, value)
        db.session.flush()
    record(actor=actor, action="addresses.change", subject=("address", address_id))
    return address


def remove_address(*, actor: Actor, account_id: int, address_id: int) -> None:
    """Take an address away; the newest of the others comes first then. Twice is once."""
    kept = _kept(account_id)
    gone = next((address for address in kept if address.id == address_id), None)
    if gone is None:
        return
    db.session.delete(gone)
    db.session.flush()
    others = [address for address in kept if address is not gone]
    if gone.is_default and others:
        max(others, key=lambda address: (address.saved_at, address.id)).is_default = True
    record(actor=actor, action="addresses.remove", subject=("address", address_id))
    db.session.flush()


def make_default(*, actor: Actor, account_id: int, address_id: int) -> None:
    """A checkout begins with this one from now on. Raises `AddressNotFound`."""
    chosen = _one(account_id, address_id)
    if chosen.is_default:
        return
    for address in _kept(account_id):
        address.is_default = False
    db.session.flush()
    chosen.is_default = True
    record(actor=actor, action="addresses.default", subject=("address", address_id))
    db.session.flush()


def _kept(account_id: int) -> Sequence[Address]:
    lock_rows(Account, [account_id])
    statement = select(Address).where(Address.account_id == account_id).order_by(Address.id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).all()


def _one(account_id: int, address_id: int) -> Address:
    for address in _kept(account_id):
        if address.id == address_id:
            return address
    raise AddressNotFound()
