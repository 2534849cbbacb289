"""What another size or colour costs more or less: arithmetic on values."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.money import round_half_up

# Stripe takes no payment below that (50 cents); so small a difference of a piece the house bears.
LEAST_MINOR = 50
# A new piece is kept a little longer than the page of its difference is open; and Stripe opens no page that
# closes within half an hour.
GRACE = timedelta(minutes=10)
LEAST_OPEN = timedelta(minutes=31)


def payable_until(kept_until: datetime) -> datetime:
    """The last moment to go and pay the difference of a piece that is kept until then."""
    return kept_until - GRACE - LEAST_OPEN


def difference_minor(
    *, old_minor: int, new_minor: int, quantity: int, gross_minor: int, paid_minor: int, worth_minor: int
) -> int:
    """What `quantity` new pieces cost more than the old ones, in minor units; below zero: less.

    `old_minor` and `new_minor` are what each costs today, so that a sale that came or went since changes
    nothing between two sizes of one price. The difference counts at the share of the price that was paid
    (`paid_minor` of `gross_minor`): whoever had ten per cent off has it here, too. It is reckoned for one
    piece, as the choice shows it, and so often as there are pieces: what is too little for one is too little
    for each. What goes back never passes what the old pieces were worth.
    """
    listed = abs(new_minor - old_minor)
    each = round_half_up(listed * paid_minor, gross_minor) if gross_minor else listed
    if new_minor < old_minor:
        return -min(each * quantity, worth_minor)
    return each * quantity if each >= LEAST_MINOR else 0
