"""What the catalogue has to ask of somebody above it, as SQL expressions, so that one statement answers all.

How many of a variant are promised to others: the stock feature says so about `Variant`, and writes down every
count an import changes. What else a product's page shows: whoever fills its slots gives a value about
`Product` that changes when that does. Until somebody registers, nothing is promised or written down and
nothing else is shown. And whoever keeps something beside the products is told when they change, and whoever
knows a reader's sizes is asked for them. An expression is built once: a value of the moment belongs into a
bound parameter with a callable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, Text, case, cast, false, func, literal, null, or_, select

from foundation.actors import Actor
from storefront.catalog.models import Variant

# Stands for "as many as you like": a variant whose stock nobody counts, or that may be sold below zero.
PLENTY = 1_000_000

Promised = Callable[[], ColumnElement[int]]
Changed = Callable[[Iterable[int]], None]
Shown = Callable[[], ColumnElement[str]]
Companions = Callable[[int], Select[int, int]]
Sizes = Callable[[], Mapping[str, str]]
Fitting = Callable[[Mapping[str, str], str, Iterable[str]], str | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """A saved product says another count of a variant than was known; `new`: there was no such variant."""

    variant_id: int
    difference: int
    new: bool


NoteCounted = Callable[[Actor, Sequence[Counted]], None]


def _nobody() -> ColumnElement[int]:
    return literal(0)


def _not_noted(actor: Actor, counted: Sequence[Counted]) -> None:
    """Nobody keeps the movements of stock."""


def _nowhere() -> ColumnElement[str]:
    return cast(null(), Text)


def _alone(product_id: int) -> Select[int, int]:
    return select(literal(0).label("other_id"), literal(0).label("place")).where(false())


def _unknown() -> Mapping[str, str]:
    return {}


def _no_choice(kept: Mapping[str, str], slot: str, sizes: Iterable[str]) -> str | None:
    return None


class _Port:
    sizes: Sizes = staticmethod(_unknown)
    fitting: Fitting = staticmethod(_no_choice)
    size_guide: Shown = staticmethod(_nowhere)
    companions: Companions = staticmethod(_alone)
    promised: Promised = staticmethod(_nobody)
    in_stores: Shown = staticmethod(_nowhere)
    counted: NoteCounted = staticmethod(_not_noted)
    shown: ClassVar[list[Shown]] = []
    changed: ClassVar[list[Changed]] = []
    moved: ClassVar[list[Changed]] = []
    lying: ClassVar[list[Changed]] = []


def count_promised(expression: Promised) -> None:
    """Register who knows: a function giving a scalar expression correlated with `Variant`."""
    _Port.promised = staticmethod(expression)


def look_in_stores(expression: Shown) -> None:
    """Register who knows in which stores a variant can be tried: text correlated with `Variant`, null for
    none, else a JSON list of (name of the store, its path, how many of the last few or one more than few).
    """
    _Port.in_stores = staticmethod(expression)


def in_stores() -> ColumnElement[str]:
    """Where a variant can be tried, as an expression on `Variant`."""
    return _Port.in_stores()


def look_up_sizes(expression: Shown) -> None:
    """Register who knows which body wears which size: text correlated with `Product`, null for nothing known,
    else JSON as `size_guide.size_guide` reads it.
    """
    _Port.size_guide = staticmethod(expression)


def size_guide() -> ColumnElement[str]:
    """The size guide of a product, as an expression on `Product`."""
    return _Port.size_guide()


def begin_with_sizes(sizes: Sizes, fitting: Fitting) -> None:
    """Register who knows what this reader takes, by place on the body, without asking the database; and which
    of the sizes of a piece worn in a place that means, None for none of them.
    """
    _Port.sizes, _Port.fitting = staticmethod(sizes), staticmethod(fitting)


def usual_sizes() -> Mapping[str, str]:
    """What this reader takes, by place on the body: a page that begins with it is kept by it, too."""
    return _Port.sizes()


def fitting(kept: Mapping[str, str], slot: str, sizes: Iterable[str]) -> str | None:
    """The size to begin with for who takes `kept`."""
    return _Port.fitting(kept, slot, sizes)


def find_companions(companions: Companions) -> None:
    """Register who knows which pieces go with one: a SELECT of (`other_id`, `place`), the best at 1."""
    _Port.companions = staticmethod(companions)


def companions(product_id: int) -> Select[int, int]:
    """The pieces that go with one, as a SELECT for a larger statement."""
    return _Port.companions(product_id)


def note_counts(note: NoteCounted) -> None:
    """Register who writes down that counts changed, in the transaction that changes them."""
    _Port.counted = staticmethod(note)


def counted(actor: Actor, changes: Sequence[Counted]) -> None:
    """Have changes of counts written down."""
    _Port.counted(actor, changes)


def also_shown(expression: Shown) -> None:
    """Register what a slot of the product page depends on: text, correlated with `Product`."""
    if expression not in _Port.shown:
        _Port.shown.append(expression)


def on_change(hook: Changed) -> None:
    """Register who keeps something beside the products: called with their ids, in the transaction that
    changed them (words, prices, status, whether any is left), after its last statement about them.
    """
    if hook not in _Port.changed:
        _Port.changed.append(hook)


def tell_changed(product_ids: Iterable[int]) -> None:
    """Say that these products are not what they were; nothing happens for none."""
    ids = sorted(set(product_ids))
    for hook in _Port.changed if ids else ():
        hook(ids)


def on_lying(hook: Changed) -> None:
    """Register who lays products down in pictures: called with ids when another file or box is to be laid."""
    if hook not in _Port.lying:
        _Port.lying.append(hook)


def tell_lying(product_ids: Sequence[int]) -> None:
    """Say that these products lie differently now, in the transaction that changed it."""
    for hook in _Port.lying:
        hook(product_ids)


def on_store_stock(hook: Changed) -> None:
    """Register who keeps in which stores products lie: called with the ids of variants that moved there."""
    if hook not in _Port.moved:
        _Port.moved.append(hook)


def tell_store_stock(variant_ids: Iterable[int]) -> None:
    """Say that these variants came to a store or left it, in the transaction that moved them."""
    ids = sorted(set(variant_ids))
    for hook in _Port.moved if ids else ():
        hook(ids)


def shown_besides() -> ColumnElement[str]:
    """One text that changes whenever a slot of the product's page would."""
    return func.concat_ws("|", literal(""), *(expression() for expression in _Port.shown))


def left() -> ColumnElement[int]:
    """How many of a variant can be bought now, never negative, as an expression on `Variant`."""
    return case(
        (or_(Variant.tracked.is_(False), Variant.oversell.is_(True)), literal(PLENTY)),
        else_=func.greatest(Variant.on_hand - _Port.promised(), 0),
    )
