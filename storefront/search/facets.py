"""The filters of the list: what each is called in the address, and what it is in a search document.

A further one is one more line here, once the document has the column, and one more in `showing.py` that says
its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storefront.catalog.categories import reached
from storefront.search.policy import PRICE_BANDS, price_borders


@dataclass(frozen=True)
class Facet:
    """`column` is SQL over a document `d`: one key, or with `several` an array of them. Empty is no key.

    `label` is SQL for what a key is called, where only the database knows it; a key without is not shown.
    `reach` says which keys fit a choice, where that is more than those chosen.
    """

    name: str
    column: str
    several: bool = False
    label: str | None = None
    reach: Callable[[Sequence[str]], list[str]] = list

    def condition(self) -> str:
        """SQL that is true where a document has one of the keys of the parameter named as the facet."""
        values = f"CAST(%({self.name})s AS text[])"
        return f"{self.column} && {values}" if self.several else f"{self.column} = ANY({values})"


def _bands() -> str:
    """A price on a border is in the band below it, but for the lowest: what is "under" is less."""
    lowest, second, third, highest = PRICE_BANDS
    borders = [f"CAST(%(price_border_{place})s AS bigint)" for place in (1, 2, 3)]
    return (
        f"CASE WHEN d.price_minor < {borders[0]} THEN '{lowest}' WHEN d.price_minor <= {borders[1]} "
        f"THEN '{second}' WHEN d.price_minor <= {borders[2]} THEN '{third}' "
        f"WHEN d.price_minor > {borders[2]} THEN '{highest}' END"
    )


def border_values(currency: str) -> dict[str, int]:
    """What the statements of a list are told about price bands."""
    return {f"price_border_{place}": at for place, at in enumerate(price_borders(currency).values()) if place}


YES = "yes"
FACETS = (
    Facet("category", "d.category", reach=reached),
    Facet("size", "d.sizes", several=True),
    Facet("colour", "d.colours", several=True),
    Facet("price", _bands()),
    Facet("brand", "d.brand"),
    Facet("sale", f"CASE WHEN d.on_sale THEN '{YES}' END"),
    Facet("stock", f"CASE WHEN d.in_stock THEN '{YES}' END"),
    Facet(
        "store",
        "d.stores",
        several=True,
        label="SELECT place.name FROM places place "
        "WHERE place.id = CAST(store_key AS bigint) AND place.closed_at IS NULL",
    ),
)
BY_NAME = {facet.name: facet for facet in FACETS}
