"""Amounts as Stripe writes them, which is not how every currency is counted.

Source of both tables: Stripe's page on supported currencies, "Minor units in API amounts".
"""

from __future__ import annotations

from foundation.money import Money, decimals_of

_WITHOUT_DECIMALS = {
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
}  # fmt: skip
# It writes three of them and takes only what ends in 0: our minor unit of a dinar is ten fils.
_THREE_DECIMALS = {"BHD", "JOD", "KWD", "OMR", "TND"}


def at_stripe(value: Money) -> int:
    """The amount in the unit of Stripe's API.

    Currencies that gave up their cents, as Iceland's and Uganda's, keep two decimals there, both 0.
    """
    return value.minor * _of_theirs(value.currency)


def from_stripe(minor: int, currency: str) -> Money:
    """An amount of Stripe's API in our minor unit; what is finer (its fees of dinars) is rounded down."""
    return Money(minor // _of_theirs(currency), currency)


def _of_theirs(currency: str) -> int:
    """How many of Stripe's units our minor unit is: 1, 10 or 100."""
    decimals = 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _THREE_DECIMALS else 2
    return int(10 ** (decimals - decimals_of(currency)))
