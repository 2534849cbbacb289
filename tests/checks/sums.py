"""A million rates and splits held against `Decimal`, which shares no code with what reckons them."""

from __future__ import annotations

import random
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from commissions.accruals.policy import commission_minor, part_minor

SUMS = 1_000_000
SEED = 20261123
WIDE = Context(prec=40)
CENT, WHOLE = Decimal(1), Decimal(10_000)


def faults() -> list[str]:
    """What does not equal: the commission of a line, or one of its parts; the first ten."""
    lot, found = random.Random(SEED), list[str]()
    for _ in range(SUMS):
        paid = lot.randrange(10 ** lot.randrange(1, 10))
        tax, rate, first = lot.randrange(2_701), lot.randrange(10_001), lot.randrange(1, 10_000)
        cap = lot.randrange(10_000) if lot.random() < 0.1 else None
        split = (first, 10_000 - first)
        whole = commission_minor(paid, tax, rate, cap)
        parts = [part_minor(whole, split, 0), part_minor(whole, split, 1)]
        if (whole, *parts) != _by_decimal(paid, tax, rate, cap, split):
            found.append(f"paid {paid}, tax {tax}, rate {rate}, cap {cap}, split {split}: {whole}, {parts}")
    return found[:10]


def _by_decimal(
    paid: int, tax: int, rate: int, cap: int | None, split: tuple[int, int]
) -> tuple[int, int, int]:
    net = WIDE.divide(Decimal(paid) * WHOLE, WHOLE + tax).quantize(CENT, ROUND_HALF_UP, WIDE)
    whole = int((net * rate / WHOLE).quantize(CENT, ROUND_FLOOR, WIDE))
    whole = whole if cap is None else min(whole, cap)
    exact = Decimal(whole) * split[0] / WHOLE
    first = int(exact)
    rest = exact - first
    other_rest = (1 - rest) if rest else Decimal(0)
    if rest and rest >= other_rest:
        first += 1
    return whole, first, whole - first
