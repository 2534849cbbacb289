"""The sums of a calendar year, for an editor's tax papers: the months as the statements have them.

It names amounts, never what the law of any country makes of them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from flask_babel import gettext as _

from commissions.statements.queries import Month, months_of
from foundation.money import Money, decimal_text


@dataclass(frozen=True, slots=True)
class Year:
    """The months of a year in which something moved, oldest first, and their sums."""

    year: int
    months: tuple[Month, ...]
    earned: Money
    taken: Money
    paid: Money
    turned: Money
    bonus: Money


def year_of(editor_id: int, year: int, currency: str, zone: str) -> Year:
    """The sums of a year by the shop's clock; nothing is said of months in which nothing moved."""
    months = tuple(one for one in reversed(months_of(editor_id, currency, zone)) if one.first.year == year)
    return Year(
        year,
        months,
        Money(sum(one.earned_minor for one in months), currency),
        Money(sum(one.taken_minor for one in months), currency),
        Money(sum(one.paid_minor for one in months), currency),
        Money(sum(one.turned_minor for one in months), currency),
        Money(sum(one.bonus_minor for one in months), currency),
    )


def year_as_csv(found: Year) -> str:
    """The months and their sums, as machines write numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["month", "became_payable", "taken_back", "paid_out", "credit_and_gifts", "bonus", "currency"]
    )
    currency = found.paid.currency
    for one in found.months:
        sums = (one.earned_minor, one.taken_minor, one.paid_minor, one.turned_minor, one.bonus_minor)
        texts = [decimal_text(Money(minor, currency)) for minor in sums]
        writer.writerow([one.first.strftime("%Y-%m"), *texts, currency])
    sums_of_year = (found.earned, found.taken, found.paid, found.turned, found.bonus)
    texts = [decimal_text(value) for value in sums_of_year]
    writer.writerow([_("Whole year"), *texts, currency])
    return out.getvalue()
