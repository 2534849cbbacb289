"""What the catalogue has to ask of somebody above it: how many of a variant are promised to others.

The stock feature says so when it starts, as an SQL expression about `Variant`: one statement then answers
"what is left" together with everything else. Until somebody does, nothing is promised to anybody.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, case, func, literal, or_

from storefront.catalog.models import Variant

# Stands for "as many as you like": a variant whose stock nobody counts, or that may be sold below zero.
PLENTY = 1_000_000

Promised = Callable[[], ColumnElement[int]]


def _nobody() -> ColumnElement[int]:
    return literal(0)


class _Port:
    promised: Promised = staticmethod(_nobody)


def count_promised(expression: Promised) -> None:
    """Register who knows: a function giving a scalar expression correlated with `Variant`."""
    _Port.promised = staticmethod(expression)


def left() -> ColumnElement[int]:
    """How many of a variant can be bought now, never negative, as an expression on `Variant`."""
    return case(
        (or_(Variant.tracked.is_(False), Variant.oversell.is_(True)), literal(PLENTY)),
        else_=func.greatest(Variant.on_hand - _Port.promised(), 0),
    )
