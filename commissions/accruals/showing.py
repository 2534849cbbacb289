"""How the amount of a receipt is made, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from commissions.accruals.models import Commission
from commissions.accruals.policy import commission_minor, part_minor
from commissions.rates.words import told
from foundation.money import Money
from foundation.web.formats import day, listed
from storefront.orders.models import TAKEN_REFUNDS, Order
from storefront.orders.policy import counted_minor


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
        kept = [] if corrected else [line.one for line in found.values()]
        left = [Money(one.paid_minor - one.refunded_minor, currency) for one in kept]
        nets = [one.net_of_tax(of.tax_bps).minor for one, of in zip(left, kept, strict=True)]
        rest = purchase.paid.minor + sum(part.paid.minor for part in back) - sum(one.minor for one in left)
        base = purchase.base.minor + sum(part.base.minor for part in back) - sum(nets)
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
    gone: dict[int, tuple[int, int]] = dict.fromkeys(lines, (0, 0))
    parts = []
    for refund in order.refunds:
        if refund.status not in TAKEN_REFUNDS:
            continue
        for line in refund.lines:
            found = lines.get(line.order_line_id)
            if found is None:
                continue
            one = found.one
            pieces, minor = gone[line.order_line_id]
            before = counted_minor(one.paid_minor, one.quantity, pieces, minor)
            pieces, minor = pieces + line.counted_pieces, minor + line.counted_minor
            gone[line.order_line_id] = pieces, minor
            after = counted_minor(one.paid_minor, one.quantity, pieces, minor)
            if before == after:
                continue
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
