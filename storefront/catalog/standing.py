"""Whether a product is in the shop: put there, taken out, or coming by itself when its day is there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows
from storefront.catalog import ports
from storefront.catalog.actions import lock_product, touch
from storefront.catalog.announcing import tell_status
from storefront.catalog.models import PRODUCT_MOVES, Product, ProductStatus

AT_ONCE = 500


def archive_product(*, actor: Actor, product_id: int, reason: str) -> Product:
    """Take a product out of the shop; orders and looks that hold it stay readable."""
    return _move(actor, product_id, ProductStatus.ARCHIVED, reason, "catalog.archive_product")


def activate_product(*, actor: Actor, product_id: int, reason: str) -> Product:
    """Put a draft or an archived product into the shop."""
    return _move(actor, product_id, ProductStatus.ACTIVE, reason, "catalog.activate_product")


def withdraw_product(*, actor: Actor, product_id: int, reason: str) -> Product:
    """Make a product a draft again: nobody sees it."""
    return _move(actor, product_id, ProductStatus.DRAFT, reason, "catalog.withdraw_product")


def schedule_product(*, actor: Actor, product_id: int, at: datetime, reason: str) -> Product:
    """Let a product come into the shop by itself at a moment ahead, or at another one than was said."""
    return _move(actor, product_id, ProductStatus.SCHEDULED, reason, "catalog.schedule_product", at)


def _move(
    actor: Actor, product_id: int, end: ProductStatus, reason: str, action: str, at: datetime | None = None
) -> Product:
    product = lock_product(product_id)
    before = product.status
    if at is not None:
        product.published_at = at
    if at is None or before != end:
        PRODUCT_MOVES.move(product, end)
    if end is ProductStatus.ACTIVE and (product.published_at is None or product.published_at > clock.now()):
        product.published_at = clock.now()
    touch(product)
    db.session.flush()
    ports.tell_changed([product_id])
    record(
        actor=actor,
        action=action,
        subject=("product", product_id),
        reason=reason,
        before={"status": before},
        after={"status": end},
    )
    tell_status(product_id, before, end)
    return product


def publish_due(*, actor: Actor) -> int:
    """Put every scheduled product into the shop whose day has come; gives how many. At most 500 at once.

    Somebody may have moved or withdrawn one since it was asked for: what counts is the row under its lock.
    """
    due = select(Product.id).where(
        Product.status == ProductStatus.SCHEDULED, Product.published_at <= clock.now()
    )
    moved = []
    for product in lock_rows(Product, db.session.scalars(due.order_by(Product.published_at).limit(AT_ONCE))):
        if product.status != ProductStatus.SCHEDULED or not _is_due(product):
            continue
        PRODUCT_MOVES.move(product, ProductStatus.ACTIVE)
        touch(product)
        moved.append(product.id)
        record(
            actor=actor,
            action="catalog.publish_product",
            subject=("product", product.id),
            before={"status": ProductStatus.SCHEDULED},
            after={"status": ProductStatus.ACTIVE},
        )
    db.session.flush()
    ports.tell_changed(moved)
    return len(moved)


def _is_due(product: Product) -> bool:
    return product.published_at is not None and product.published_at <= clock.now()
