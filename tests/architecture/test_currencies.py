"""Nobody takes a hundred minor units for one of a currency: the yen has none, the dinar a thousand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSES = ("commissions", "events", "editors", "storefront", "foundation", "stripe_sandbox")
MONEY = r"(?:minor|price|amount|cents|euros?|total|worth|fee)\w*"
HUNDRED = r"(?:[*/%]|//)\s*100(?:\.0)?\b(?!_)"
# A hundred beside a word of money, two fixed decimals of one, and a currency or its sign written out.
SUSPECTS = re.compile(
    rf"\b\w*{MONEY}\b[^\n#]*{HUNDRED}|\b100\s*\*\s*\w*{MONEY}|\w*{MONEY}:?\)?\s*[:%]\.2f"
    rf"|divmod\([^\n]*{MONEY}\w*, 100\)|step=.0\.01|data-digits=.\d|€|[\"']EUR[\"']|[\"']eur[\"']"
)
# What is no money of the shop: percentages that are asked of amounts, and what pages of our own show.
KNOWN = {
    "commissions/payees/countries.py": "the currency of each country",
    "commissions/signals/policy.py": "shares of amounts, in percent",
    "stripe_sandbox/rules.py": "what Stripe takes at least, by currency",
    "foundation/payments/limits.py": "what Stripe takes at least, by currency",
    "foundation/settings.py": "the currency of a shop that names none",
    "foundation/web/formats.py": "examples",
    "foundation/web/styleguide.py": "made up",
    "foundation/web/templates/foundation/styleguide.html": "made up",
}


def found_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if SUSPECTS.search(line)]


def test_no_amount_is_reckoned_as_if_every_currency_had_cents() -> None:
    suspects = {
        name: lines
        for house in HOUSES
        for path in sorted((ROOT / house).rglob("*"))
        if path.suffix in {".py", ".html", ".js", ".txt"} and "assets/vendor" not in str(path)
        if (name := str(path.relative_to(ROOT))) not in KNOWN
        if (lines := found_in(path.read_text(encoding="utf-8")))
    }
    assert suspects == {}


@pytest.mark.parametrize(
    "line",
    [
        "shown = f'{total_minor / 100:.2f}'",
        "whole, part = divmod(price_minor, 100)",
        "minor = int(euros) * 100",
        "price_minor // 100",
        '<input name="amount" step="0.01">',
        '<form data-look data-digits="2">',
        'Money(minor, "EUR")',
        "const shown = amount / 100;",
    ],
)
def test_what_used_to_slip_through_is_found(line: str) -> None:
    assert found_in(line)
