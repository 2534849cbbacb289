"""One product written by hand: made, or changed by somebody who has seen it as it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text

from foundation.actors import Actor
from foundation.db import db
from foundation.seen import refuse_changed
from storefront.assortment.errors import HandleTaken, NumbersTaken
from storefront.assortment.queries import owners_of_numbers
from storefront.catalog.actions import Outcome, lock_product, save_product, save_products
from storefront.catalog.drafts import ProductDraft, VariantDraft
from storefront.catalog.models import Product

# Two at once could each find an article number free: whoever writes by hand takes turns. Files are read
# in batches with a rule of their own, so the number cannot be a unique key of the table.
_IN_TURN = text("SELECT pg_advisory_xact_lock(hashtext('article numbers'))")


def create_product(*, actor: Actor, draft: ProductDraft) -> int:
    """Make a product; its id. Raises `HandleTaken` and `NumbersTaken`, and then nothing was made."""
    with db.session.begin_nested():
        _numbers_are_free(draft.variants, None)
        (saved,) = save_products(actor=actor, drafts=[draft])
        if saved.outcome is not Outcome.NEW:
            raise HandleTaken()
    return saved.product_id


def change_product(
    *, actor: Actor, product_id: int, version: int, draft: ProductDraft, reason: str | None
) -> Product:
    """Write a product that was last seen in this version.

    Raises `ChangedMeanwhile` when it is another one by now, `NumbersTaken`, and `ProductNotFound`.
    """
    product = lock_product(product_id)
    refuse_changed(str(version), str(product.version))
    _numbers_are_free(draft.variants, product_id)
    return save_product(actor=actor, draft=draft, reason=reason)


def _numbers_are_free(variants: Sequence[VariantDraft], product_id: int | None) -> None:
    numbers = [variant.sku for variant in variants if variant.sku]
    if numbers:
        db.session.execute(_IN_TURN)
        taken = owners_of_numbers(numbers, product_id)
        if taken:
            raise NumbersTaken(taken)
