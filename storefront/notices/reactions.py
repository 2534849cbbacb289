from __future__ import annotations

from storefront.catalog.facts import Change, ProductChanged
from storefront.notices.actions import tell_those_who_wait


def tell_of_stock(fact: ProductChanged) -> None:
    """Pieces are back: whoever waits for them gets a letter. Told twice, nobody is left to write to."""
    if fact.change == Change.BACK_IN_STOCK and fact.variant_id is not None:
        tell_those_who_wait(variant_id=fact.variant_id)
