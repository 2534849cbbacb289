"""Which disclosure counts for a country: what staff wrote, else what the house knows."""

from __future__ import annotations

from editors.share.disclosures import ELSEWHERE, OF_COUNTRY, Disclosure


def countries() -> frozenset[str]:
    """The countries with a sentence of their own."""
    return frozenset(OF_COUNTRY)


def disclosure_for(country: str) -> Disclosure:
    """The sentence for a country; the one for everywhere where it has none."""
    return OF_COUNTRY.get(country, ELSEWHERE)
