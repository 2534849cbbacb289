"""A year of all editors as a file for tax papers. It names amounts, never what a law makes of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from commissions.statements.all_years_queries import EditorYear
from foundation.money import Money, decimal_text
from foundation.spreadsheets import defused

HEADS = (
    "editor", "handle", "email", "became_payable", "taken_back", "paid_out", "store_credit", "gifts", "bonus",
    "currency",
)  # fmt: skip


def all_as_csv(found: Iterable[EditorYear], currency: str) -> str:
    """One row an editor: plain numbers with a point, and no word that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in found:
        minors = (
            one.earned_minor,
            one.taken_minor,
            one.paid_minor,
            one.turned_minor - one.given_minor,
            one.given_minor,
            one.bonus_minor,
        )
        amounts = [decimal_text(Money(minor, currency)) for minor in minors]
        who = (defused(one.name), defused(one.handle), defused(one.email))
        writer.writerow([*who, *amounts, currency])
    return out.getvalue()
