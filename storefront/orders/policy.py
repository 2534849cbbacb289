"""Sums of an order and of what is given back, on values alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foundation.money import Money, allocate, round_half_up

STAFF_ADVICE = "staff"  # the origin of a piece that is sold on the advice of staff


class Piece(NamedTuple):
    """What is bought of one variant, and at which price; words are frozen with it.

    `tax_bps`: None for the rate of the order.
    """

    product_id: int
    variant_id: int
    title: str
    title_it: str | None
    colour: str
    colour_it: str | None
    options_label: str
    sku: str
    category: str
    unit_price_minor: int
    quantity: int
    origin_kind: str | None = None
    origin_ref: str | None = None
    origin_label: str | None = None
    origin_label_it: str | None = None
    discount_minor: int = 0
    tax_bps: int | None = None

    @property
    def gross_minor(self) -> int:
        return self.unit_price_minor * self.quantity

    @property
    def paid_minor(self) -> int:
        return self.unit_price_minor * self.quantity - self.discount_minor


@dataclass(frozen=True, slots=True)
class Totals:
    """What an order comes to, tax included.

    `goods_minor` is the full price, `discount_minor` what vouchers take off it; `shipping_minor` is what
    delivery costs after `shipping_off_minor` was taken off it.
    """

    goods_minor: int
    shipping_minor: int
    net_minor: int
    currency: str
    discount_minor: int = 0
    shipping_off_minor: int = 0

    @property
    def total_minor(self) -> int:
        return self.goods_minor - self.discount_minor + self.shipping_minor

    @property
    def goods(self) -> Money:
        return Money(self.goods_minor, self.currency)

    @property
    def shipping(self) -> Money:
        return Money(self.shipping_minor, self.currency)

    @property
    def full_shipping(self) -> Money:
        """What delivery costs without vouchers."""
        return Money(self.shipping_minor + self.shipping_off_minor, self.currency)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)

    @property
    def tax(self) -> Money:
        return Money(self.total_minor - self.net_minor, self.currency)


def net_of(gross_minor: int, tax_bps: int, currency: str) -> int:
    """A line without the tax it includes, rounded half up: the basis of every commission."""
    return Money(gross_minor, currency).net_of_tax(tax_bps).minor


def totals_of(
    gross_of_lines: Sequence[int],
    *,
    shipping_minor: int,
    tax_bps: int,
    currency: str,
    off_lines: Sequence[int] = (),
    shipping_off_minor: int = 0,
    tax_of_lines: Sequence[int] = (),
) -> Totals:
    """The totals of an order. Net is rounded line by line and added up, as it is frozen.

    `off_lines` is what vouchers take off each line (empty: nothing), `shipping_off_minor` what they take off
    the `shipping_minor` that delivery costs without them. `tax_of_lines` is the rate of each line (empty:
    that of delivery).
    """
    paid = (
        [gross - off for gross, off in zip(gross_of_lines, off_lines, strict=True)]
        if off_lines
        else gross_of_lines
    )
    shipping = shipping_minor - shipping_off_minor
    return Totals(
        goods_minor=sum(gross_of_lines),
        shipping_minor=shipping,
        net_minor=sum(
            net_of(part, bps, currency)
            for part, bps in zip(
                (*paid, shipping), (*(tax_of_lines or [tax_bps] * len(paid)), tax_bps), strict=True
            )
        ),
        currency=currency,
        discount_minor=sum(off_lines),
        shipping_off_minor=shipping_off_minor,
    )


@dataclass(frozen=True, slots=True)
class TaxPart:
    """What of an order is taxed at one rate: without tax, and the tax in it."""

    bps: int
    net_minor: int
    tax_minor: int

    def tax(self, currency: str) -> Money:
        return Money(self.tax_minor, currency)


def tax_parts(parts: Sequence[tuple[int, int, int]]) -> list[TaxPart]:
    """The tax of an order by rate, the highest first, from its (bps, paid, net) parts as they are frozen.

    The tax of a part is what was paid less its net, so the rates add up to the order's tax to the cent. What
    cost nothing has no line.
    """
    by_rate: dict[int, tuple[int, int]] = {}
    for bps, paid, net in parts:
        held = by_rate.get(bps, (0, 0))
        by_rate[bps] = held[0] + net, held[1] + paid - net
    return [
        TaxPart(bps, *by_rate[bps]) for bps in sorted(by_rate, reverse=True) if any(by_rate[bps]) or not bps
    ]


def units_of(paid_minor: int, quantity: int) -> list[tuple[int, int]]:
    """What one piece of a line costs after its discount, as (price, how many); they add up to the line.

    A line that cannot be divided evenly has two prices a cent apart, the dearer first.
    """
    low, dearer = divmod(paid_minor, quantity)
    return [(price, many) for price, many in ((low + 1, dearer), (low, quantity - dearer)) if many]


def remaining_minor(paid_minor: int, bought: int, gone: int) -> int:
    """What is left of a line when `gone` of its `bought` pieces went back: their share, rounded half up.

    The one rule for money that goes back and for what is earned on the rest: it looks at what remains and at
    nothing else, so the order in which pieces came back never matters.
    """
    return round_half_up(paid_minor * (bought - gone), bought)


def refund_of_pieces(
    *, paid_minor: int, bought: int, given_back: int, given_back_minor: int, quantity: int
) -> int:
    """What `quantity` more pieces of a line give back, in minor units.

    What remained of it less what remains then, so all pieces together give back the line to the cent. Money
    given back without pieces comes off first, and the last piece takes whatever is left: never more than was
    paid.
    """
    rest = paid_minor - given_back_minor
    if given_back + quantity >= bought:
        return rest
    left = remaining_minor(paid_minor, bought, given_back + quantity)
    return min(remaining_minor(paid_minor, bought, given_back) - left, rest)


def counted_minor(paid_minor: int, bought: int, gone: int, besides_minor: int) -> int:
    """What of a line is still earned on: what remains of it, less what went back besides its pieces."""
    return max(0, remaining_minor(paid_minor, bought, gone) - max(0, besides_minor))


def after_loss(lost_minor: int | None, rests: Sequence[int]) -> list[int]:
    """What a lost dispute leaves of each line: the bank's sum is spread over them by the largest remainder.

    None when it is not known how much the bank took: then it took everything, as it does nearly always.
    """
    whole = sum(rests)
    if lost_minor is None or lost_minor >= whole:
        return [0] * len(rests)
    return [rest - lost for rest, lost in zip(rests, allocate(lost_minor, rests), strict=True)]


def spread_refund(amount_minor: int, rests: Sequence[int]) -> list[int]:
    """Spread a refund that names no lines over what each could still give back, by the largest remainder.

    The parts add up to `amount_minor`, and no part passes its rest. Raises `ValueError` when the amount is
    more than all the rests together.
    """
    if amount_minor > sum(rests):
        raise ValueError("More would be given back than is left.")
    return allocate(amount_minor, rests)


def as_numbered(typed: str | None) -> str | None:
    """An order's number as we write it, however it was told on the telephone: `v 10042` and `10042` are
    V-10042."""
    bare = "".join((typed or "").upper().split()).removeprefix("V").lstrip("-–")
    return f"V-{bare}" if bare.isascii() and bare.isdecimal() else typed and typed.strip().upper()
