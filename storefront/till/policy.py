"""What a till may take off, and what it gives back as change. Whole minor units."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.money import ONE, round_half_up

# What anybody at a till may take off a line; more is for those who hold the permission.
USUAL_OFF_BPS = 2000
# Notes as they lie in purses, in minor units: what somebody is likely to give.
NOTES = (500, 1000, 2000, 5000, 10_000, 20_000)


def off_of(gross_minor: int, *, off_bps: int, off_minor: int) -> int:
    """What staff took off a line: the share rounded half up, or the amount; never more than the line."""
    return min(round_half_up(gross_minor * off_bps, ONE) + off_minor, gross_minor)


def is_usual(gross_minor: int, *, off_bps: int, off_minor: int) -> bool:
    """Whether anybody at a till may take that off."""
    return off_of(gross_minor, off_bps=off_bps, off_minor=off_minor) * ONE <= gross_minor * USUAL_OFF_BPS


def likely_given(total_minor: int) -> list[int]:
    """What a customer is likely to hand over: the sum itself, then the next whole notes, three at most."""
    rounded = {-(-total_minor // note) * note for note in NOTES}
    return [total_minor, *sorted(amount for amount in rounded if amount > total_minor)[:3]]


def expected_in_drawer(float_minor: int, sold: Sequence[int], paid_back: Sequence[int]) -> int:
    """What should lie in a drawer: what lay there in the morning, what came in, less what went out."""
    return float_minor + sum(sold) - sum(paid_back)
