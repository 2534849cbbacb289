"""A statement put together: from the balance at the start, movement by movement, to the balance at the
end.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from commissions.ledger.models import TURNED, EntryKind
from commissions.ledger.months import bounds
from commissions.ledger.queries import owed_to
from commissions.statements.queries import Line, as_lines, lines_between, written_statement
from foundation.i18n import pick
from foundation.money import Money, decimal_text
from foundation.spreadsheets import defused
from foundation.web.formats import iso, money

# What went out, and what of it came back: a month has paid out both together.
PAYOUTS = (EntryKind.PAID_OUT, EntryKind.CAME_BACK)


@dataclass(frozen=True, slots=True)
class Shown:
    """One movement with its words and the balance after it."""

    at: datetime
    what: str
    order_number: str | None
    payout_id: int | None
    turned: bool
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """A month. `taken` is what was taken back (with a minus), `paid` what went out, `turned` what became
    store credit or a gift, `end` the balance then.
    """

    first: date
    start: Money
    earned: Money
    taken: Money
    paid: Money
    turned: Money
    end: Money
    lines: list[Shown]
    taken_lines: list[Shown]
    payout_id: int | None
    closed_at: datetime | None


def statement(editor_id: int, first: date, currency: str, zone: str) -> Statement:
    """The statement of an editor for the month that begins on `first`: as it was written when the
    month was closed, or as it stands today. At most three statements to the database.
    """
    written = written_statement(editor_id, currency, first)
    if written is not None:
        opening, found = written.opening_minor, as_lines(written)
    else:
        start_at, end_at = bounds(first, zone)
        opening = owed_to(editor_id, currency, start_at)
        found = list(lines_between(editor_id, currency, start_at, end_at))
    balance = opening
    shown = []
    for line in found:
        balance += line.amount_minor
        shown.append(
            Shown(
                line.at,
                _what(line, currency),
                line.order_number,
                line.payout_id,
                line.kind in TURNED,
                Money(line.amount_minor, currency),
                Money(balance, currency),
            )
        )
    paid = [line for line in found if line.kind in PAYOUTS]
    turned = sum(line.amount_minor for line in found if line.kind in TURNED)
    others = [line for line in found if line.kind not in PAYOUTS and line.kind not in TURNED]
    went = [line.payout_id for line in paid if line.kind is EntryKind.PAID_OUT]
    return Statement(
        first=first,
        start=Money(opening, currency),
        earned=Money(sum(max(0, line.amount_minor) for line in others), currency),
        taken=Money(sum(min(0, line.amount_minor) for line in others), currency),
        paid=Money(-sum(line.amount_minor for line in paid), currency),
        turned=Money(-turned, currency),
        end=Money(balance, currency),
        lines=shown,
        taken_lines=[
            one for one in shown if one.amount.minor < 0 and one.payout_id is None and not one.turned
        ],
        payout_id=went[-1] if went else None,
        closed_at=written.written_at if written is not None else None,
    )


def _what(line: Line, currency: str) -> str:
    if line.bonus:
        return _bonus(line.kind, pick(line.bonus, line.bonus_it))
    source = pick(line.look, line.look_it) if line.look else None
    if line.kind is EntryKind.PAID_OUT:
        return _("To your account at Stripe")
    if line.kind is EntryKind.CAME_BACK:
        return _("Taken back at Stripe, and yours again")
    if line.kind is EntryKind.CREDITED and line.bonus_minor:
        bonus = money(Money(line.bonus_minor, currency))
        return _("Taken as store credit, with %(bonus)s on top from the shop", bonus=bonus)
    if line.kind is EntryKind.CREDITED:
        return _("Taken as store credit")
    if line.kind is EntryKind.DONATED:
        return _("Given to %(cause)s. Thank you", cause=pick(line.cause or "", line.cause_it))
    if line.kind is EntryKind.MATURED and line.shared and source:
        return _("%(look)s, your share", look=source)
    if line.kind is EntryKind.MATURED:
        return _("%(look)s, your link", look=source) if source else _("Your link")
    if line.kind is EntryKind.REVERSED:
        return _("Refunded: %(pieces)s", pieces=pick(line.pieces, line.pieces_it))
    if line.kind is EntryKind.WRITTEN_OFF:
        return _("Given up by the shop: you do not owe it any more")
    if line.kind is EntryKind.RESTORED:
        return _("Refund did not go through: %(pieces)s", pieces=pick(line.pieces, line.pieces_it))
    if line.kind is EntryKind.CORRECTED:
        return _("Credited to somebody else after all: %(pieces)s", pieces=pick(line.pieces, line.pieces_it))
    if line.kind is EntryKind.HELD:
        return _("Held until it is settled")
    return _("No longer held")


def _bonus(kind: EntryKind, name: str) -> str:
    if kind is EntryKind.REVERSED:
        return _("Bonus taken back: %(name)s", name=name)
    if kind is EntryKind.HELD:
        return _("Bonus held until it is settled: %(name)s", name=name)
    return _("Bonus: %(name)s", name=name)


def as_csv(found: Statement) -> str:
    """The statement for a spreadsheet: plain numbers with a point, dates as the machines write them.

    Words that a spreadsheet would take for a formula get an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["date", "order", "what", "amount", "balance", "currency"])
    currency = found.start.currency
    writer.writerow([found.first.isoformat(), "", _("At the start"), "", decimal_text(found.start), currency])
    for line in found.lines:
        number = line.order_number or ""
        writer.writerow(
            [
                *(iso(line.at), defused(number), defused(line.what)),
                *(decimal_text(line.amount), decimal_text(line.balance), currency),
            ]
        )
    writer.writerow(["", "", _("At the end"), "", decimal_text(found.end), currency])
    return out.getvalue()
