"""What may come back, and what goes with it: decisions on values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from storefront.returns.policy import Returnable
from storefront.sendbacks.models import Way, Why

# A line, and the exchange by which its pieces came; 0: as they were sold.
Pieces = tuple[int, int]
# What is not as it was sold comes back at our expense (directive (EU) 2019/771, article 14).
OURS = frozenset({Why.FAULTY, Why.WRONG_PIECE})


def parcel_is_ours(way: Way, whys: Iterable[Why]) -> bool | None:
    """Whether we pay for the parcel of a return: for one with a piece that is not as it was sold. Any other
    the shopper pays, and is told so before they order (directive 2011/83/EU, article 6, 1 i). None: there is
    no parcel, and bringing it to a store costs nothing.
    """
    return None if way == Way.STORE else any(why in OURS for why in whys)


def still_here(lines: Sequence[Returnable], spoken_for: Mapping[Pieces, int]) -> dict[Pieces, int]:
    """How many of each the shopper can still send back: not given back, not on its way to us, not being
    exchanged."""
    return {
        pieces: 0 if line.bound else max(line.pieces_left - spoken_for.get(pieces, 0), 0)
        for line in lines
        if (pieces := (line.line_id, line.of_exchange))
    }


def delivery_goes_back(lines: Sequence[Returnable], accepted: Mapping[Pieces, int]) -> bool:
    """What delivery cost is given back when nothing of the order stays, as far as an ordinary way would have
    cost that: the law asks for no more.

    `lines` as they stand before this return; `accepted` is what it takes back for money.
    """
    return bool(accepted) and all(
        line.pieces_left == accepted.get((line.line_id, line.of_exchange), 0) for line in lines
    )
