"""Keeping and dropping wishes, by the rules of `keeping`."""

from __future__ import annotations

from foundation.actors import Actor
from storefront.catalog.errors import ProductNotFound
from storefront.wishes.errors import TooManyWishes
from storefront.wishes.keeping import Keeping

WISHES = Keeping("wishes", "product_id", "added_at", "SELECT id FROM products WHERE status = 'active'")


def add_wish(*, actor: Actor, visit: str | None, account_id: int | None, product_id: int) -> int:
    """Keep a product in mind; gives back how many are kept. Twice is once.

    Raises `ProductNotFound` for what is not in the shop, `TooManyWishes`.
    """
    wish = WISHES.keep(visit=visit, account_id=account_id, thing_id=product_id)
    if not wish.there:
        raise ProductNotFound()
    if not wish.kept:
        raise TooManyWishes()
    return wish.number


def remove_wish(*, actor: Actor, visit: str | None, account_id: int | None, product_id: int) -> int:
    """Let it go; gives back how many are left."""
    return WISHES.let_go(visit=visit, account_id=account_id, thing_id=product_id)


def join_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: the visit's list joins the account's, and is empty then."""
    WISHES.join_account(visit=visit, account_id=account_id)


def forget_guests() -> None:
    """Lists of guests who will not come back."""
    WISHES.forget_guests()
