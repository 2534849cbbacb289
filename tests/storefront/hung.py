"""Collections in the hands of a test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storefront.collections.actions import (
    CollectionDraft,
    add_pieces,
    change_collection,
    make_collection,
    publish_collection,
)
from storefront.collections.models import Collection
from storefront.collections.policy import Kind, Order, Rule
from tests.storefront.shelf import CLERK


def by_rule(*rules: Rule, title: str = "Denim days", on_web: bool = True, **more: Any) -> Collection:
    """A collection by these rules; call it inside `work()`."""
    made = make_collection(actor=CLERK, title=title, kind=Kind.RULE)
    draft = CollectionDraft(title=title, handle=made.handle, rules=rules, **more)
    change_collection(actor=CLERK, collection_id=made.id, draft=draft)
    return publish_collection(actor=CLERK, collection_id=made.id) if on_web else made


def by_hand(
    products: Sequence[int], title: str = "Evening", *, on_web: bool = True, **more: Any
) -> Collection:
    """A collection of these products in this order; call it inside `work()`."""
    made = make_collection(actor=CLERK, title=title, kind=Kind.HAND)
    if more:
        draft = CollectionDraft(**({"title": title, "handle": made.handle, "sort": Order.HAND} | more))
        change_collection(actor=CLERK, collection_id=made.id, draft=draft)
    add_pieces(actor=CLERK, collection_id=made.id, product_ids=products)
    return publish_collection(actor=CLERK, collection_id=made.id) if on_web else made
