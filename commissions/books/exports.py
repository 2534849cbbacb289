"""The journal as files: a sheet for spreadsheets, and plain text that beancount reads and checks.

Beancount's format is open and documented, its programs are free, and they do what an accountant does first:
they refuse a journal whose entries do not balance and hold every account against the balance we claim.
Formats of one country's office programs need its chart of accounts; from this one, converters lead to them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from commissions.books.queries import BookLine, KindTotal, Narrowing, lines_in_order
from commissions.ledger.models import AccountKind
from foundation.money import Money, decimal_text
from foundation.spreadsheets import defused
from foundation.web.formats import iso

PIECE = 5000
HEADS = (
    "date", "entry", "key", "why", "account", "editor", "order", "payout", "by", "debit", "credit", "currency"
)  # fmt: skip
# Where each account stands in a balance sheet. Paid out lessens what lies at Stripe for us, editor by editor.
PLACES = {
    AccountKind.EDITOR_PENDING: "Liabilities:Editors:Pending",
    AccountKind.EDITOR_HELD: "Liabilities:Editors:Held",
    AccountKind.EDITOR_PAYABLE: "Liabilities:Editors:Payable",
    AccountKind.EDITOR_TRANSIT: "Liabilities:Editors:Transit",
    AccountKind.EDITOR_PAID_OUT: "Assets:Stripe:PaidOut",
    AccountKind.EDITOR_DEBT: "Assets:Editors:Debt",
    AccountKind.HOUSE_COMMISSION: "Expenses:Commissions",
    AccountKind.HOUSE_BONUS: "Expenses:Bonuses",
    AccountKind.HOUSE_STRIPE: "Assets:Stripe:Clearing",
    AccountKind.HOUSE_STORE_CREDIT: "Liabilities:StoreCredit",
    AccountKind.HOUSE_CREDIT_SPENT: "Income:StoreCreditSpent",
    AccountKind.HOUSE_DONATION: "Liabilities:Donations",
    AccountKind.HOUSE_DONATION_PAID: "Assets:Bank:DonationsPaid",
    AccountKind.HOUSE_WRITE_OFF: "Expenses:WriteOffs",
}


def all_lines(narrowed: Narrowing) -> Iterator[BookLine]:
    """Every leg that is meant, in the order it was written, a few thousand at a time."""
    after = 0
    while found := lines_in_order(narrowed, after=after, limit=PIECE):
        yield from found
        after = found[-1].leg_id


def as_csv(found: Iterable[BookLine], currency: str) -> str:
    """Legs for a spreadsheet: plain numbers with a point, moments as machines write them, no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for one in found:
        writer.writerow(
            [
                iso(one.at), one.entry_id, defused(one.key), one.why.value, one.kind.value,
                defused(one.handle or ""), defused(one.order_number or ""), one.payout_id or "",
                defused(one.actor), _decimal(one.debit_minor, currency),
                _decimal(one.credit_minor, currency), currency,
            ]
        )  # fmt: skip
    return out.getvalue()


def totals_csv(found: Sequence[KindTotal], currency: str) -> str:
    """The trial balance for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["account", "debit", "credit", "balance_debit", "balance_credit", "currency"])
    for one in found:
        left = one.debit_minor - one.credit_minor
        figures = (one.debit_minor, one.credit_minor, max(0, left), max(0, -left))
        writer.writerow([one.kind.value, *(_decimal(figure, currency) for figure in figures), currency])
    return out.getvalue()


def as_beancount(
    found: Iterable[BookLine],
    currency: str,
    opening: Sequence[KindTotal],
    first: str,
    closing: Sequence[KindTotal],
    after: str,
    zone: str,
) -> str:
    """A span as a beancount file: accounts, what was brought forward on `first`, each entry, and the balances
    that must result on the day `after`. Days are the shop's.
    """
    out = [f'option "operating_currency" "{currency}"', ""]
    out += [f"{first} open {place} {currency}" for place in PLACES.values()]
    carried = [(PLACES[one.kind], one.debit_minor - one.credit_minor) for one in opening]
    if any(minor for _place, minor in carried):
        out += ["", f'{first} * "Brought forward"']
        out += [f"  {place}  {_decimal(minor, currency)} {currency}" for place, minor in carried if minor]
    for _entry, legs in groupby(found, key=lambda one: one.entry_id):
        out += _transaction(list(legs), currency, zone)
    out.append("")
    out += [
        f"{after} balance {PLACES[kind]}  {_decimal(minor, currency)} {currency}"
        for kind, minor in ((one.kind, one.debit_minor - one.credit_minor) for one in closing)
    ]
    return "\n".join(out) + "\n"


def _transaction(legs: list[BookLine], currency: str, zone: str) -> list[str]:
    one = legs[0]
    about = next((leg.order_number for leg in legs if leg.order_number), None)
    said = f"{one.why.value} {about}" if about else one.why.value
    return [
        "",
        f"{iso(one.at.astimezone(ZoneInfo(zone)).date())} * {_quoted(said)}",
        f"  key: {_quoted(one.key)}",
        f"  by: {_quoted(one.actor)}",
        *[
            line
            for leg in legs
            for line in (
                f"  {PLACES[leg.kind]}  {_decimal(leg.debit_minor - leg.credit_minor, currency)} {currency}",
                *([f"    editor: {_quoted(leg.handle)}"] if leg.handle else []),
            )
        ],
    ]


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{plain}"'


def _decimal(minor: int, currency: str) -> str:
    return decimal_text(Money(minor, currency))
