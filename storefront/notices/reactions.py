from __future__ import annotations

from storefront.catalog.facts import Change, ProductChanged
from storefront.notices.actions import tell_those_who_wait


def is_back(fact: ProductChanged) -> bool:
    """Whether pieces are back: an import changes a hundred thousand prices, and nobody here listens."""
    return fact.change == Change.BACK_IN_STOCK


def tell_of_stock(fact: ProductChanged) -> None:
    """Pieces are back: whoever waits for them gets a letter. Told twice, nobody is left to write to."""
    if is_back(fact) and fact.variant_id is not None:
        tell_those_who_wait(variant_id=fact.variant_id)
