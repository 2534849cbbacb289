"""What may come back, and what goes with it: decisions on values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storefront.returns.policy import Returnable

# A line, and the exchange by which its pieces came; 0: as they were sold.
Pieces = tuple[int, int]


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
