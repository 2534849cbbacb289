"""Whom payouts can reach, as one table: by the country of the shop's account at Stripe and the editor's own.

Stripe moves money across borders between platforms and people of the EEA, the United Kingdom, Switzerland,
the United States and Canada; everywhere else a platform pays people of its own country only ("Cross-border
payouts", docs.stripe.com/connect/cross-border-payouts, and "Global availability", stripe.com/global, as both
stood in November 2026). Stripe decides in the end: what is missing here is looked up there and added.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Country, ISO 3166 alpha-2: the currency of bank accounts there, ISO 4217.
ACROSS_BORDERS = {
    "AT": "EUR", "BE": "EUR", "BG": "EUR", "CY": "EUR", "CZ": "CZK", "DE": "EUR", "DK": "DKK", "EE": "EUR",
    "ES": "EUR", "FI": "EUR", "FR": "EUR", "GR": "EUR", "HR": "EUR", "HU": "HUF", "IE": "EUR", "IT": "EUR",
    "LI": "CHF", "LT": "EUR", "LU": "EUR", "LV": "EUR", "MT": "EUR", "NL": "EUR", "NO": "NOK", "PL": "PLN",
    "PT": "EUR", "RO": "RON", "SE": "SEK", "SI": "EUR", "SK": "EUR",
    "CA": "CAD", "CH": "CHF", "GB": "GBP", "US": "USD",
}  # fmt: skip
AT_HOME_ONLY = {
    "AE": "AED", "AU": "AUD", "BR": "BRL", "GI": "GBP", "HK": "HKD", "JP": "JPY", "MX": "MXN", "MY": "MYR",
    "NZ": "NZD", "SG": "SGD", "TH": "THB",
}  # fmt: skip
# What an account in Europe may keep at Stripe besides the currency of its country.
KEPT_IN_EUROPE = frozenset({"CHF", "DKK", "EUR", "GBP", "NOK", "SEK", "USD"})
OVERSEAS = frozenset({"CA", "US"})


class WhyNot(StrEnum):
    """shop: Stripe pays nobody from where the shop is; currency: the shop's is not kept there; country: the
    editor's is not reached from the shop's.
    """

    SHOP = "shop"
    CURRENCY = "currency"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether payouts reach a country, and in which currency its banks take them."""

    country: str
    why_not: WhyNot | None
    arrives_in: str = ""

    @property
    def possible(self) -> bool:
        return self.why_not is None


def reach(*, shop_country: str, shop_currency: str, country: str) -> Reach:
    """What Stripe makes of a payout from the shop to somebody who lives in `country` and banks there."""
    known = ACROSS_BORDERS | AT_HOME_ONLY
    if shop_country not in known:
        return Reach(country, WhyNot.SHOP)
    if shop_currency != known[shop_country] and not (
        shop_currency in KEPT_IN_EUROPE and shop_country in ACROSS_BORDERS and shop_country not in OVERSEAS
    ):
        return Reach(country, WhyNot.CURRENCY)
    across = shop_country in ACROSS_BORDERS and country in ACROSS_BORDERS
    if country == shop_country or across:
        return Reach(country, None, known[country])
    return Reach(country, WhyNot.COUNTRY)
