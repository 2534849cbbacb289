"""Terms of many products changed in one act: whether they are sold, where they hang, tags, prices.

A fixed number of statements, whatever the number of products. Who may change what, and into what, is decided
by whoever calls; here it is written, announced and noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from foundation import clock
from foundation.audit.actions import Act
from foundation.db import db, lock_rows
from storefront.catalog import ports, writing
from storefront.catalog.announcing import tell, tell_status
from storefront.catalog.facts import Change
from storefront.catalog.models import Product, ProductStatus, Variant


@dataclass(frozen=True)
class Price:
    """What a variant costs, and what it is said to have cost before; gross, in minor units."""

    minor: int
    compare_at: int | None


@dataclass(frozen=True)
class Terms:
    """What of a product can be changed for many at once; `prices` by the id of the variant."""

    status: ProductStatus
    published_at: datetime | None
    tags: tuple[str, ...]
    category: str
    slot: str
    prices: Mapping[int, Price]


@dataclass(frozen=True)
class Locked:
    """A product under its lock: its name for whoever reads, its version and its terms as they are now."""

    id: int
    name: str
    version: int
    terms: Terms


@dataclass(frozen=True)
class Changed:
    """What was written: the new version of each product, and the acts for the audit."""

    versions: dict[int, int]
    acts: Sequence[Act]


def terms_of(product: Product, variants: Iterable[Variant]) -> Terms:
    """The terms of a product with these variants."""
    return Terms(
        status=ProductStatus(product.status),
        published_at=product.published_at,
        tags=tuple(product.tags),
        category=product.category,
        slot=product.slot,
        prices={one.id: Price(one.price_minor, one.compare_at_minor) for one in variants},
    )


def lock_products(product_ids: Iterable[int]) -> list[Locked]:
    """Products and what is sold of them, nobody else's until the end of the transaction, by their ids."""
    products = lock_rows(Product, product_ids)
    found: dict[int, list[Variant]] = {product.id: [] for product in products}
    sold = select(Variant).where(Variant.product_id.in_(found), Variant.withdrawn_at.is_(None))
    sold = sold.order_by(Variant.id).with_for_update().execution_options(populate_existing=True)
    for variant in db.session.scalars(sold) if found else ():
        found[variant.product_id].append(variant)
    return [
        Locked(product.id, product.full_name, product.version, terms_of(product, found[product.id]))
        for product in products
    ]


def change_terms(changes: Sequence[tuple[Locked, Terms]]) -> Changed:
    """Give locked products other terms, and the acts back to note. What is the same is not written."""
    changes = [(locked, terms) for locked, terms in changes if terms != locked.terms]
    if not changes:
        return Changed({}, [])
    now = clock.now()
    prices = [
        {"id": variant_id, "price_minor": price.minor, "compare_at_minor": price.compare_at}
        for locked, terms in changes
        for variant_id, price in terms.prices.items()
        if price != locked.terms.prices.get(variant_id)
    ]
    run = db.session.execute
    if prices:
        run(writing.SET_PRICES, {"rows": orjson.dumps(prices).decode(), "now": now})
    rows = [{"id": locked.id, **_plain(terms)} for locked, terms in changes]
    written = run(writing.SET_TERMS, {"rows": orjson.dumps(rows).decode(), "now": now}).all()
    acts = []
    for locked, terms in changes:
        before, after = differences(locked.terms, terms)
        acts.append(Act(("product", locked.id), before, after))
        tell_status(locked.id, locked.terms.status, terms.status)
        if _amounts(locked.terms) != _amounts(terms):
            tell(Change.PRICE, locked.id)
    db.session.expire_all()
    ports.tell_changed(locked.id for locked, _ in changes)
    return Changed({row.id: row.version for row in written}, acts)


def differences(before: Terms, after: Terms) -> tuple[dict[str, Any], dict[str, Any]]:
    """What two terms do not have in common, as plain values: of the one and of the other."""
    other = [one.name for one in fields(Terms) if getattr(before, one.name) != getattr(after, one.name)]
    return (
        {name: value for name, value in _whole(before).items() if name in other},
        {name: value for name, value in _whole(after).items() if name in other},
    )


def with_values(terms: Terms, values: Mapping[str, Any]) -> Terms:
    """The terms with some of them as `differences` gave them. Variants that left meanwhile stay away."""
    known: dict[str, Any] = dict(values)
    if "status" in known:
        known["status"] = ProductStatus(known["status"])
    if known.get("published_at"):
        known["published_at"] = datetime.fromisoformat(known["published_at"])
    if "tags" in known:
        known["tags"] = tuple(known["tags"])
    if "prices" in known:
        given = {int(key): Price(minor, compare_at) for key, (minor, compare_at) in known["prices"].items()}
        known["prices"] = {key: given.get(key, price) for key, price in terms.prices.items()}
    return replace(terms, **known)


def _plain(terms: Terms) -> dict[str, Any]:
    return {
        "status": str(terms.status),
        "published_at": terms.published_at.isoformat() if terms.published_at else None,
        "tags": list(terms.tags),
        "category": terms.category,
        "slot": terms.slot,
    }


def _whole(terms: Terms) -> dict[str, Any]:
    prices = {str(key): [price.minor, price.compare_at] for key, price in sorted(terms.prices.items())}
    return _plain(terms) | {"prices": prices}


def _amounts(terms: Terms) -> dict[int, int]:
    return {key: price.minor for key, price in terms.prices.items()}
