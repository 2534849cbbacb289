"""The lines of a bag as vouchers look at them: which pieces are in the collections they count for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from storefront.collections.queries import belonging
from storefront.promotions.policy import Line, Terms

Belonging = Callable[[frozenset[int], frozenset[int]], set[tuple[int, int]]]


class Priced(Protocol):
    """A line of a bag or of a basket at a till."""

    @property
    def product_id(self) -> int: ...
    @property
    def category(self) -> str: ...
    @property
    def unit_price_minor(self) -> int: ...
    @property
    def quantity(self) -> int: ...


def lines_of(vouchers: Sequence[Terms], lines: Sequence[Priced], ask: Belonging = belonging) -> list[Line]:
    """What is in a collection at this moment counts for it. One statement, and only where a voucher counts
    for collections."""
    wanted = frozenset(number for terms in vouchers for number in terms.collection_ids)
    pairs = ask(wanted, frozenset(line.product_id for line in lines)) if wanted else set()
    return [
        Line(
            line.product_id,
            line.category,
            line.unit_price_minor,
            line.quantity,
            frozenset(collection for collection, product in pairs if product == line.product_id),
        )
        for line in lines
    ]
