"""What the reader asked for, and the address that says so: every view of the list can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from storefront.search.facets import FACETS


class Sort(StrEnum):
    FITTING = "fitting"
    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"
    WORN = "worn"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`text` is in the reader's language; `choices` by facet, several mean "any of these"."""

    text: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort | None = None

    @property
    def order(self) -> Sort:
        if self.sort is None or (self.sort is Sort.FITTING and not self.text):
            return Sort.FITTING if self.text else Sort.NEWEST
        return self.sort

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The facets with a choice, in the order of the page."""
        return {facet.name: self.choices[facet.name] for facet in FACETS if self.choices.get(facet.name)}

    @property
    def number(self) -> int:
        """How many single filters are on."""
        return sum(len(values) for values in self.chosen.values())


def address(filters: Filters, *, page: int = 1, without: tuple[str, str] | str | None = None) -> str:
    """The address of a list. `without` leaves out one choice, or by its name all choices of a facet."""
    pairs = [("q", filters.text)] if filters.text else []
    pairs += [(name, value) for name, values in filters.chosen.items() for value in values]
    pairs = [pair for pair in pairs if without not in (pair, pair[0])]
    if filters.sort is not None:
        pairs.append(("sort", filters.sort.value))
    if page > 1:
        pairs.append(("page", str(page)))
    return "/shop" + (f"?{urlencode(pairs)}" if pairs else "")
