"""Which disclosure counts for a country: what staff wrote, else what the house knows."""

from __future__ import annotations

from editors.share.disclosures import ELSEWHERE, OF_COUNTRY, Disclosure
from editors.share.queries import written_disclosures


def disclosures() -> dict[str, Disclosure]:
    """The countries with a sentence of their own, and what it is."""
    return OF_COUNTRY | written_disclosures()


def disclosure_for(country: str) -> Disclosure:
    """The sentence for a country; the one for everywhere where it has none."""
    return disclosures().get(country, ELSEWHERE)
