"""What may come back, and what goes with it: decisions on values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storefront.returns.policy import Returnable


def still_here(lines: Sequence[Returnable], spoken_for: Mapping[int, int]) -> dict[int, int]:
    """How many of each line the shopper can still send back: not given back, not on its way to us."""
    return {line.line_id: max(line.pieces_left - spoken_for.get(line.line_id, 0), 0) for line in lines}


def delivery_goes_back(lines: Sequence[Returnable], accepted: Mapping[int, int]) -> bool:
    """What delivery cost is given back when nothing of the order stays: the law asks for no more.

    `lines` as they stand before this return; `accepted` is what it takes back (line: pieces).
    """
    return bool(accepted) and all(line.pieces_left == accepted.get(line.line_id, 0) for line in lines)
