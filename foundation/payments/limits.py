"""The least that Stripe charges in each currency, from the table it publishes."""

from __future__ import annotations

from foundation.money import one_of

_LEAST = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1_500, "DKK": 250, "EUR": 50,
    "GBP": 30, "HKD": 400, "HUF": 17_500, "INR": 50, "JPY": 50, "MXN": 1_000, "MYR": 200, "NOK": 300,
    "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50, "THB": 1_000, "USD": 50,
}  # fmt: skip


def least_charge(currency: str) -> int:
    """The smallest sum a payment page takes, in minor units.

    Stripe names none for other currencies: it holds what the sum is worth against the account it is paid to.
    Half of one, and never less than fifty of the smallest coin, keeps out what is surely refused.
    """
    return _LEAST.get(currency) or max(50, one_of(currency) // 2)
