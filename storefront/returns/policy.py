"""Which lines of an order can still give back how much, on values alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storefront.orders.errors import MoreThanPaid, NothingChosen
from storefront.orders.policy import refund_of_pieces, remaining_minor, spread_refund


@dataclass(frozen=True, slots=True)
class Returnable:
    """Pieces of a line and what was given back of them so far (asked for, under way, or done).

    A line has those that were sold, and apart from them those of each exchange (`of_exchange`), which are
    another variant. `bound`: an exchange is under way, so that they are nobody's to give back one by one.
    `cheaper_minor` is what their exchange took off them, `spared_minor` what was given back of them without
    touching what is earned on them.
    """

    line_id: int
    variant_id: int
    bought: int
    paid_minor: int
    given_back: int
    given_back_minor: int
    of_exchange: int = 0
    bound: bool = False
    cheaper_minor: int = 0
    spared_minor: int = 0

    @property
    def pieces_left(self) -> int:
        return self.bought - self.given_back

    @property
    def rest_minor(self) -> int:
        return self.paid_minor - self.given_back_minor


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a refund that belongs to one line. What it takes off what is earned on the line:
    `counted_pieces` and `counted_minor`, as on `RefundLine`.
    """

    line_id: int
    variant_id: int
    quantity: int
    amount_minor: int
    of_exchange: int = 0
    counted_pieces: int = 0
    counted_minor: int = 0


def parts_of(
    lines: Sequence[Returnable], chosen: Mapping[int, int], exchanged: Mapping[int, int] | None = None
) -> list[Part]:
    """What the chosen pieces (line: quantity) give back, and those that came by an exchange (its id).

    Raises `NothingChosen` for none, `MoreThanPaid` for a line that is not there or has fewer pieces left.
    """
    sold = {line.line_id: line for line in lines if not line.of_exchange}
    came = {line.of_exchange: line for line in lines if line.of_exchange and not line.bound}
    wanted = [(sold.get(key), quantity) for key, quantity in chosen.items()]
    wanted += [(came.get(key), quantity) for key, quantity in (exchanged or {}).items()]
    parts = []
    for line, quantity in wanted:
        if line is None or not 0 < quantity <= line.pieces_left:
            raise MoreThanPaid()
        amount = worth_of(line, quantity)
        part = Part(line.line_id, line.variant_id, quantity, amount, line.of_exchange)
        parts.append(replace(part, counted_pieces=quantity, counted_minor=-_cheaper_of(line, quantity)))
    if not parts:
        raise NothingChosen()
    return parts


def worth_of(line: Returnable, quantity: int) -> int:
    """What so many of these pieces give back, in minor units."""
    return refund_of_pieces(
        paid_minor=line.paid_minor,
        bought=line.bought,
        given_back=line.given_back,
        given_back_minor=line.given_back_minor,
        quantity=quantity,
    )


def spread(
    lines: Sequence[Returnable], shipping_rest_minor: int, amount_minor: int
) -> tuple[list[Part], int]:
    """A refund that names no lines, over what lines and delivery can still give back.

    Returns the parts and what delivery gives back. A line that gets all of its rest counts as sent back
    whole when nothing of it came back before, so that the books and the shelf agree on full refunds; then
    nothing is earned on it any more, whatever was goodwill before.
    """
    rests = [*(line.rest_minor for line in lines), shipping_rest_minor]
    *amounts, shipping = spread_refund(amount_minor, rests)
    whole = amount_minor == sum(rests)
    parts = [
        Part(
            line.line_id,
            line.variant_id,
            line.pieces_left if whole else 0,
            amount,
            line.of_exchange,
            counted_minor=amount + (line.spared_minor if whole else 0),
        )
        for line, amount in zip(lines, amounts, strict=True)
        if amount or (whole and line.pieces_left)
    ]
    return parts, shipping


def _cheaper_of(line: Returnable, quantity: int) -> int:
    """What the exchange of these pieces had taken off so many more of them."""
    gone = line.given_back + quantity
    return remaining_minor(line.cheaper_minor, line.bought, line.given_back) - remaining_minor(
        line.cheaper_minor, line.bought, gone
    )
