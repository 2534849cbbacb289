"""A collection as a part of the shop that a list can stay in."""

from __future__ import annotations

from collections.abc import Sequence

from storefront.collections.conditions import members
from storefront.collections.models import Collection
from storefront.collections.policy import Kind, Matches, Order, Rule
from storefront.search.ports import Part


def part_of(collection: Collection) -> Part:
    """The part of the shop a collection is now; its rules have to be loaded."""
    return _part(
        collection,
        Matches(collection.matches),
        [row.rule for row in collection.rules],
        Order(collection.sort),
    )


def part_if(collection: Collection, matches: Matches, rules: Sequence[Rule], sort: Order) -> Part:
    """The part it would be by other rules."""
    return _part(collection, matches, rules, sort)


def _part(collection: Collection, matches: Matches, rules: Sequence[Rule], sort: Order) -> Part:
    found = members(Kind(collection.kind), collection.id, matches, rules)
    return Part(
        key=collection.handle,
        name=collection.name,
        path=collection.path,
        condition=found.condition,
        by_hand=found.by_hand,
        sort=sort.value,
        values=found.values,
    )
