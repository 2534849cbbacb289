"""Keeping and dropping wishes.

When a guest signs in, the two lists become one: everything that was on either is on it, and what was on both
keeps the earlier day. Nothing is lost, whichever list was longer: `MOST` holds for adding by hand alone.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.catalog.errors import ProductNotFound
from storefront.wishes.errors import TooManyWishes

MOST = 200
# A guest who was not seen for this long will not come back for the list: the cookie has gone by then.
GUEST_DAYS = 90

_OWNED = "account_id IS NOT DISTINCT FROM :account_id AND visit_id IS NOT DISTINCT FROM :visit"
# What left the shop is not counted: nobody sees it on their list, so nobody could let go of it.
_COUNT = f"""
    SELECT count(*) FROM wishes JOIN products shown ON shown.id = wishes.product_id
    WHERE shown.status = 'active' AND {_OWNED}
"""
# One statement: what it finds of the product, how long the list was, and whether it grew.
_ADD = text(
    f"""
    WITH product AS (SELECT id FROM products WHERE id = :product_id AND status = 'active'),
         before AS ({_COUNT}),
         added AS (
            INSERT INTO wishes (account_id, visit_id, product_id, added_at)
            SELECT :account_id, :visit, product.id, :now FROM product, before WHERE before.count < :most
            ON CONFLICT (account_id, visit_id, product_id) DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM product) AS there, before.count AS before,
           (SELECT count(*) FROM added) AS added,
           EXISTS (SELECT FROM wishes WHERE {_OWNED} AND product_id = :product_id) AS kept
    FROM before
    """
)
_REMOVE = text(f"DELETE FROM wishes WHERE {_OWNED} AND product_id = :product_id")
_NUMBER = text(_COUNT)
_JOIN = text(
    """
    WITH brought AS (DELETE FROM wishes WHERE visit_id = :visit RETURNING product_id, added_at)
    INSERT INTO wishes AS wish (account_id, product_id, added_at)
    SELECT :account_id, product_id, added_at FROM brought ORDER BY product_id
    ON CONFLICT (account_id, visit_id, product_id)
    DO UPDATE SET added_at = least(wish.added_at, excluded.added_at)
    """
)
_FORGET = text("DELETE FROM wishes WHERE visit_id IS NOT NULL AND added_at < :before")


def add_wish(*, actor: Actor, visit: str | None, account_id: int | None, product_id: int) -> int:
    """Keep a product in mind; gives back how many are kept. Twice is once.

    Raises `ProductNotFound` for what is not in the shop, `TooManyWishes`. Not audited: it is nobody's
    business, and nothing happens to money or stock.
    """
    values = _owner(visit, account_id) | {"product_id": product_id, "now": clock.now(), "most": MOST}
    row = db.session.execute(_ADD, values).one()
    if not row.there:
        raise ProductNotFound()
    if not row.added and not row.kept:
        raise TooManyWishes()
    return int(row.before + row.added)


def remove_wish(*, actor: Actor, visit: str | None, account_id: int | None, product_id: int) -> int:
    """Let it go; gives back how many are left."""
    owner = _owner(visit, account_id)
    db.session.execute(_REMOVE, owner | {"product_id": product_id})
    return int(db.session.execute(_NUMBER, owner).scalar_one())


def join_account(*, actor: Actor, visit: str, account_id: int) -> None:
    """Somebody signed in: the visit's list joins the account's by the rule above, and is empty then."""
    db.session.execute(_JOIN, {"visit": visit, "account_id": account_id})


def forget_guests() -> None:
    """Lists of guests who will not come back."""
    db.session.execute(_FORGET, {"before": clock.now() - timedelta(days=GUEST_DAYS)})


def _owner(visit: str | None, account_id: int | None) -> dict[str, str | int | None]:
    return {"account_id": account_id, "visit": None if account_id is not None else visit}
