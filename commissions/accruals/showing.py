"""The receipt page put together: how the amount is made, and what happened when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.accruals.models import Commission
from commissions.accruals.policy import CommissionStatus, commission_minor, part_minor
from commissions.claims.models import Receipt
from commissions.claims.policy import Rule
from commissions.ledger.models import EntryKind
from commissions.ledger.queries import Movement
from commissions.rates.words import told
from foundation.money import Money
from foundation.web.formats import amount, day, listed, moment
from storefront.orders.models import TAKEN_REFUNDS, Order


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the sum: a piece, a refund, or the total. Amounts in minor units, with sign.

    `whole` is the commission of the line before it was divided between two, if it was.
    """

    label: str
    price: Money | None
    pieces: int | None
    paid: Money
    base: Money
    rate_bps: int | None
    commission: Money
    whole: Money | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """How the amount is made: at purchase, what came back, today. `share_bps`: the reader's part of it.

    `why`: how each rate came to be, and the pieces it counts for; empty for what was sold before there
    were cards.
    """

    lines: list[Part]
    purchase: Part
    back: list[Part]
    today: Part
    tax_bps: int
    rate_bps: int
    share_bps: int | None
    why: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the order, with the parts of its commission that the reader is shown: their own, or all."""

    parts: list[Commission]

    @property
    def one(self) -> Commission:
        return self.parts[0]

    def worth(self, paid_minor: int) -> tuple[int, int]:
        """The commission on what remains paid: of the line, and of these parts of it."""
        whole = commission_minor(paid_minor, self.one.tax_bps, self.one.rate_bps, self.one.cap_minor)
        return whole, sum(part_minor(whole, part.split, part.part) for part in self.parts)

    def part(
        self, label: str, before: int | None, after: int, pieces: int | None, price: Money | None
    ) -> Part:
        """The row of a change in what was paid for this line, from `before` (None: nothing) to `after`."""
        one, was = self.one, before or 0
        (whole, mine), (whole_before, mine_before) = self.worth(after), self.worth(was)
        base, base_before = (Money(left, one.currency).net_of_tax(one.tax_bps) for left in (after, was))
        return Part(
            label,
            price,
            pieces,
            Money(after - was, one.currency),
            base - base_before,
            one.rate_bps,
            Money(mine - mine_before, one.currency),
            Money(whole - whole_before, one.currency),
        )


def making(order: Order, commissions: Sequence[Commission], *, corrected: bool = False) -> Making:
    """The sum of an order's commissions, from the price of each piece to the cent that is left.

    `commissions` are those of one editor, or of all of them: each line is one row either way.
    `corrected`: the sale was credited to somebody else afterwards.
    """
    currency = order.currency

    def money(minor: int) -> Money:
        return Money(minor, currency)

    by_line: dict[int, list[Commission]] = {}
    for one in commissions:
        by_line.setdefault(one.order_line_id, []).append(one)
    found = {line_id: _Line(parts) for line_id, parts in by_line.items()}
    lines = [
        line.part(
            line.one.piece_name,
            None,
            line.one.paid_minor,
            line.one.quantity,
            money(line.one.unit_price_minor),
        )
        for line in found.values()
    ]
    purchase = _sum(_("At purchase"), lines, currency)
    back = _refunds(order, found)
    lost = sum(one.amount_minor for one in commissions) - purchase.commission.minor
    lost -= sum(part.commission.minor for part in back)
    if lost:
        rest = purchase.paid.minor + sum(part.paid.minor for part in back)
        base = purchase.base.minor + sum(part.base.minor for part in back)
        whole = sum(part.whole.minor for part in [purchase, *back] if part.whole)
        words = _("The shopper’s bank took the payment back")
        if corrected:
            words = _("Credited to somebody else after all")
        back.append(Part(words, None, None, money(-rest), money(-base), None, money(lost), money(-whole)))
    today = _sum(_("Today"), [*lines, *back], currency)
    first = commissions[0]
    alone = len({one.editor_id for one in commissions}) == 1 and len(first.split) > 1
    share = first.split[first.part] if alone else None
    why = _why([line.one for line in found.values()])
    return Making(lines, purchase, back, today, first.tax_bps, first.rate_bps, share, why)


def _why(lines: Sequence[Commission]) -> list[tuple[str, list[str]]]:
    """Lines whose rate came about the same way are told of together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in lines:
        if one.trace is not None:
            said = tuple(told(one.trace, one.currency))
            groups.setdefault(said, []).append(one.piece_name)
    return [(listed(pieces), list(said)) for said, pieces in groups.items()]


def _sum(label: str, parts: Sequence[Part], currency: str) -> Part:
    return Part(
        label,
        None,
        sum(part.pieces or 0 for part in parts),
        Money(sum(part.paid.minor for part in parts), currency),
        Money(sum(part.base.minor for part in parts), currency),
        None,
        Money(sum(part.commission.minor for part in parts), currency),
        Money(sum(part.whole.minor for part in parts if part.whole), currency),
    )


def _refunds(order: Order, lines: Mapping[int, _Line]) -> list[Part]:
    """Each refunded line, worked out on what remained before it, so that the rows add up to today's sum."""
    back: dict[int, int] = dict.fromkeys(lines, 0)
    parts = []
    for refund in order.refunds:
        if refund.status not in TAKEN_REFUNDS:
            continue
        for line in refund.lines:
            found = lines.get(line.order_line_id)
            if found is None or not line.amount_minor:
                continue
            one = found.one
            before = max(0, one.paid_minor - back[line.order_line_id])
            back[line.order_line_id] += line.amount_minor
            after = max(0, one.paid_minor - back[line.order_line_id])
            when = day(refund.requested_at, "medium")
            parts.append(
                found.part(
                    _("Refund on %(day)s: %(piece)s", day=when, piece=one.piece_name),
                    before,
                    after,
                    -line.quantity or None,
                    Money(one.unit_price_minor, one.currency) if line.quantity else None,
                )
            )
    return parts


def timeline(
    order: Order,
    commissions: Sequence[Commission],
    movements: Sequence[Movement],
    carried: Mapping[int, int],
    return_days: int,
    *,
    entered: bool = False,
) -> list[dict[str, object]]:
    """What happened to the commissions of an order, oldest first, and what comes next.

    `entered`: staff credited it by hand, after the order was paid.
    """
    currency = order.currency
    pieces = {one.id: one.piece_name for one in commissions}
    groups: dict[tuple[datetime, EntryKind], list[Movement]] = {}
    for move in movements:
        groups.setdefault((move.at, move.kind), []).append(move)
    events: list[tuple[datetime, dict[str, object]]] = []
    for (at, kind), moves in groups.items():
        change = sum(move.change for move in moves)
        shown = change or sum(move.amount for move in moves)
        what = ", ".join(dict.fromkeys(pieces[move.commission_id] for move in moves))
        value = amount(Money(shown, currency), plus=bool(change))
        tone = "strong" if kind is EntryKind.MATURED else ("" if change else "quiet")
        events.append((at, _event(_happened(kind, what, entered), at, value, tone)))
    if order.delivered_at is not None:
        words = _("Delivered. The time for returns began.")
        events.append((order.delivered_at, _event(words, order.delivered_at, "", "quiet")))
    for at in sorted({one.paid_at for one in commissions if one.paid_at is not None}):
        went = sum(carried.get(one.id, 0) for one in commissions if one.paid_at == at)
        events.append((at, _event(_("Sent with the payout."), at, amount(Money(went, currency)), "")))
    events.sort(key=lambda event: event[0])
    return [event for _at, event in events] + _to_come(commissions, currency, return_days)


def _event(words: str, at: datetime, value: str, tone: str) -> dict[str, object]:
    return {"text": words, "when": moment(at), "at": at, "value": value, "tone": tone, "to_come": False}


def _happened(kind: EntryKind, what: str, entered: bool) -> str:
    if kind is EntryKind.ACCRUED and entered:
        return _("Staff credited the order to you. Commission noted as pending.")
    texts = {
        EntryKind.ACCRUED: _("The order was paid. Commission noted as pending."),
        EntryKind.REVERSED: _("Came back or was refunded: %(what)s.", what=what),
        EntryKind.RESTORED: _("A refund did not go through, so this is yours again: %(what)s.", what=what),
        EntryKind.HELD: _("The shopper’s bank disputes the payment. Commission is held until that ends."),
        EntryKind.RELEASED: _("The dispute is over. Commission is no longer held."),
        EntryKind.MATURED: _("Return time over. Commission became payable."),
        EntryKind.PAID_OUT: _("Sent with the payout."),
        EntryKind.CORRECTED: _(
            "Staff looked at the order again and corrected whose it is: %(what)s.", what=what
        ),
    }
    return texts[kind]


def _to_come(commissions: Sequence[Commission], currency: str, return_days: int) -> list[dict[str, object]]:
    def left(status: CommissionStatus) -> int:
        return sum(one.amount_minor for one in commissions if one.status == status)

    coming: list[dict[str, object]] = []

    def add(words: str, when: str, at: datetime | None, minor: int) -> None:
        value = amount(Money(minor, currency))
        coming.append(
            {"text": words, "when": when, "at": at, "value": value, "tone": "quiet", "to_come": True}
        )

    pending = left(CommissionStatus.PENDING)
    due = [one.due_at for one in commissions if one.status == CommissionStatus.PENDING and one.due_at]
    if pending and due:
        words = _("Becomes payable, if nothing comes back until then.")
        add(words, _("Expected %(day)s", day=day(max(due), "medium")), max(due), pending)
    elif pending:
        words = _("Becomes payable %(days)s days after delivery.", days=return_days)
        add(words, _("Not delivered yet"), None, pending)
    payable = left(CommissionStatus.PAYABLE)
    if payable:
        add(_("Goes out with the next payout run."), _("Not sent yet"), None, payable)
    return coming


def state_words(status: str, *, due_at: datetime | None = None, paid_at: datetime | None = None) -> str:
    """A stage in words, with its date where it has one."""
    if status == CommissionStatus.PENDING and due_at is not None:
        return _("Pending until %(day)s", day=day(due_at, "medium"))
    if status == CommissionStatus.PENDING:
        return _("Pending, not delivered yet")
    if status == CommissionStatus.PAID and paid_at is not None:
        return _("Paid on %(day)s", day=day(paid_at, "medium"))
    texts = {
        CommissionStatus.PAYABLE: _("Payable"),
        CommissionStatus.PAID: _("Paid"),
        CommissionStatus.REVERSED: _("Taken back"),
        CommissionStatus.HELD: _("Held"),
    }
    return texts[CommissionStatus(status)]


TONES = {
    CommissionStatus.PENDING: "",
    CommissionStatus.PAYABLE: "good",
    CommissionStatus.PAID: "good",
    CommissionStatus.REVERSED: "bad",
    CommissionStatus.HELD: "warn",
}


def summary(
    receipt: Receipt,
    commissions: Sequence[Commission],
    look: str | None,
    paid_at: datetime,
    viewer_id: int | None,
) -> str:
    """One sentence on the sale, that never names the shopper, for the editor `viewer_id` or (None) staff."""
    when = day(paid_at)
    own = viewer_id is not None
    if receipt.rule == Rule.STAFF:
        text = _(
            "Paid on %(day)s, and entered by staff on %(entered)s.", day=when, entered=day(receipt.decided_at)
        )
    elif look and own and receipt.editor_id != viewer_id:
        text = _(
            "Somebody bought by %(name)s’s link to %(look)s, which you signed together, on %(day)s.",
            name=receipt.editor.name if receipt.editor else "",
            look=look,
            day=when,
        )
    else:
        text = _how_they_came(Rule(receipt.rule), look, when, own)
    came_back = sum({one.order_line_id: one.refunded_quantity for one in commissions}.values())
    if came_back:
        text += " " + ngettext("One piece came back.", "%(num)s pieces came back.", came_back)
    return text


def _how_they_came(rule: Rule, look: str | None, when: str, own: bool) -> str:
    """By what the shopper of a sale came: a code, a saved look, or a link."""
    if rule == Rule.CODE and own:
        return _("Somebody bought with your code on %(day)s.", day=when)
    if rule == Rule.CODE:
        return _("Somebody bought with the editor’s code on %(day)s.", day=when)
    if rule == Rule.SAVED:
        return _("Somebody who had saved %(look)s bought from it on %(day)s.", look=look or "", day=when)
    if look and not own:
        return _("Somebody bought by the link to %(look)s on %(day)s.", look=look, day=when)
    if not own:
        return _("Somebody bought by the editor’s link on %(day)s.", day=when)
    if look:
        return _("Somebody bought by your link to %(look)s on %(day)s.", look=look, day=when)
    return _("Somebody bought by your link on %(day)s.", day=when)
