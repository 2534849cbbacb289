"""What the reader asked for, and the address that says so: every view of the list can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from storefront.search.facets import FACETS
from storefront.search.ports import Part

# What a part of the shop is called in the address of the list.
PART = "collection"
# Its value are the words themselves: with other words it means nothing.
AS_TYPED = "typed"


class Sort(StrEnum):
    HAND = "hand"
    FITTING = "fitting"
    NEWEST = "newest"
    CHEAPEST = "price"
    DEAREST = "-price"
    WORN = "worn"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`text` is in the reader's language; `choices` by facet, several mean "any of these".

    `part` is a part of the shop the list stays in; `at_home`: it is shown on the page of that part.
    `as_typed`: the reader wants these very words, and none that are like them.
    """

    text: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort | None = None
    part: Part | None = None
    at_home: bool = False
    as_typed: bool = False

    @property
    def order(self) -> Sort:
        if self.sort in self.sorts:
            return self.sort
        if self.text:
            return Sort.FITTING
        own = self.part.sort if self.part is not None and self.at_home else ""
        return Sort(own) if own in self.sorts else Sort.NEWEST

    @property
    def sorts(self) -> list[Sort]:
        """The orders that mean something here: by fit needs words, by hand somebody who put them in order."""
        by_hand = self.part is not None and bool(self.part.by_hand)
        here = {Sort.FITTING: bool(self.text), Sort.HAND: by_hand}
        return [sort for sort in Sort if here.get(sort, True)]

    @property
    def path(self) -> str:
        """Where the list stands."""
        return self.part.path if self.part is not None and self.at_home else "/shop"

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
    if filters.as_typed and without != "q":
        pairs.append((AS_TYPED, filters.text))
    if filters.part is not None and not filters.at_home:
        pairs.append((PART, filters.part.key))
    pairs += [(name, value) for name, values in filters.chosen.items() for value in values]
    pairs = [pair for pair in pairs if without not in (pair, pair[0])]
    if filters.sort is not None:
        pairs.append(("sort", filters.sort.value))
    if page > 1:
        pairs.append(("page", str(page)))
    return filters.path + (f"?{urlencode(pairs)}" if pairs else "")
