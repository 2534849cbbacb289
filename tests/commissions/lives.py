"""Random lives of commissions, and a notebook that reckons them with fractions.

A life is a list of steps that follows from its seed: orders of one to six lines with a voucher, by the link
of one editor or of a look of two; pieces given back, refunds that fail, exchanges, cancellations, disputes
won and lost, deliveries, months that pass, payouts that go out at once or after Stripe's no, rates and tiers
that change. The notebook shares no code with the project.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from random import Random

SHARES = (5750, 4250)
TAX, MINIMUM = 2200, 1000
STEPS = 18


@dataclass(frozen=True)
class Step:
    """What happens, to which order and line of this life, and how much."""

    what: str
    order: int = -1
    line: int = -1
    number: int = 0
    lines: tuple[tuple[int, int, int], ...] = ()  # unit price, pieces, what the voucher takes off
    two: bool = False
    minor: int = 0  # what a bank asks back


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def by_largest_remainder(whole: int, weights: tuple[int, ...] | list[int]) -> list[int]:
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    parts = [floor(one) for one in exact]
    for i in sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))[: whole - sum(parts)]:
        parts[i] += 1
    return parts


@dataclass
class Line:
    paid: int
    pieces: int
    rate: int
    returned: int = 0
    off: int = 0

    def left(self) -> int:
        """Of what was paid: less the pieces that went back, and less what an exchange gave back."""
        if self.returned == self.pieces:
            return 0
        return half_up(Fraction(self.paid * (self.pieces - self.returned), self.pieces)) - self.off

    def commission(self, left: int) -> int:
        net = half_up(Fraction(left * 10_000, 10_000 + TAX))
        return floor(Fraction(net * self.rate, 10_000))


@dataclass
class Part:
    """What one editor has of one line: `shown` is what payouts have carried of it already."""

    shown: int = 0
    matured: bool = False
    settled: bool = False


@dataclass
class Sold:
    lines: list[Line]
    two: bool
    parts: list[list[Part]]
    dispute: str = "none"
    delivered: bool = False
    days: int = 0
    cancelled: bool = False
    lost: int = 0
    undo: list[tuple[int, int, int]] = field(default_factory=list)

    def worth(self, line: int, editor: int) -> int:
        left = self.lines[line].left()
        if self.dispute == "lost":
            left -= self.taken()[line]
        whole = self.lines[line].commission(left)
        return by_largest_remainder(whole, SHARES)[editor] if self.two else whole

    def taken(self) -> list[int]:
        """What the bank took of each line: its sum spread over what they still were, by largest remainder."""
        lefts = [line.left() for line in self.lines]
        return lefts if self.lost >= sum(lefts) else by_largest_remainder(self.lost, lefts)

    def each(self) -> list[tuple[int, int, Part]]:
        return [(i, e, part) for i, parts in enumerate(self.parts) for e, part in enumerate(parts)]


@dataclass
class Notebook:
    """What both editors have: pending, held, payable and paid out, after each step."""

    orders: list[Sold] = field(default_factory=list)
    sent: list[int] = field(default_factory=lambda: [0, 0])
    rate: int = 1200
    tier: int | None = None
    tier_rate: int | None = None

    def take(self, step: Step) -> None:
        """Note what a step did."""
        getattr(self, f"_{step.what}")(step)

    def standing(self) -> list[tuple[int, int, int, int]]:
        found = []
        for editor in (0, 1):
            sums = {"pending": 0, "held": 0, "payable": -self.sent[editor]}
            for sold in self.orders:
                for line, whose, part in sold.each():
                    if whose == editor:
                        sums[self._where(sold, part)] += sold.worth(line, whose)
            found.append((sums["pending"], sums["held"], sums["payable"], self.sent[editor]))
        return found

    def _where(self, sold: Sold, part: Part) -> str:
        if part.settled:
            return "payable"
        if sold.dispute == "open":
            return "held"
        return "payable" if part.matured else "pending"

    def _buy(self, step: Step) -> None:
        rate = self.tier_rate if self.tier_rate is not None and self.tier is not None else self.rate
        lines = [Line(unit * pieces - off, pieces, rate) for unit, pieces, off in step.lines]
        self.orders.append(Sold(lines, step.two, [[Part() for _ in range(1 + step.two)] for _ in lines]))

    def _refund(self, step: Step) -> None:
        line = self.orders[step.order].lines[step.line]
        line.returned += step.number
        self.orders[step.order].undo.append((step.line, step.number, 0))

    def _refund_fails(self, step: Step) -> None:
        at, pieces, off = self.orders[step.order].undo.pop()
        self.orders[step.order].lines[at].returned -= pieces
        self.orders[step.order].lines[at].off -= off

    def _exchange(self, step: Step) -> None:
        self.orders[step.order].lines[step.line].off += step.number
        self.orders[step.order].undo.append((step.line, 0, step.number))

    def _cancel(self, step: Step) -> None:
        sold = self.orders[step.order]
        sold.cancelled = True
        sold.undo = []
        for line in sold.lines:
            line.returned = line.pieces

    def _dispute(self, step: Step) -> None:
        sold = self.orders[step.order]
        sold.dispute, sold.lost = ("open", "won", "lost")[step.number], step.minor

    def _deliver(self, step: Step) -> None:
        self.orders[step.order].delivered = True

    def _wait(self, step: Step) -> None:
        for sold in self.orders:
            if not sold.delivered:
                continue
            sold.days += step.number
            for line, whose, part in sold.each():
                waiting = self._where(sold, part) == "pending"
                never = sold.lines[line].paid and not self._accrued(sold, line, whose)
                if sold.days >= 30 and waiting and (sold.worth(line, whose) or never):
                    part.matured = True

    def _accrued(self, sold: Sold, line: int, whose: int) -> int:
        one = sold.lines[line]
        whole = one.commission(one.paid)
        return by_largest_remainder(whole, SHARES)[whose] if sold.two else whole

    def _payout(self, step: Step) -> None:
        for editor in (0, 1):
            due = [
                (part, sold.worth(line, whose) if self._where(sold, part) == "payable" else 0)
                for sold in self.orders
                for line, whose, part in sold.each()
                if whose == editor
            ]
            amount = sum(now - part.shown for part, now in due)
            if amount < MINIMUM:
                continue
            self.sent[editor] += amount
            for part, now in due:
                part.settled = part.settled or now > part.shown
                part.shown = now

    def _payout_fails_first(self, step: Step) -> None:
        self._payout(step)

    def _rate(self, step: Step) -> None:
        self.rate = step.number

    def _tier(self, step: Step) -> None:
        self.tier, self.tier_rate = 1, step.number


def life(seed: int) -> list[Step]:
    """The steps of a life; each is possible when it comes."""
    dice = Random(seed)
    book, steps = Notebook(), list[Step]()
    while len(steps) < STEPS:
        step = _next(dice, book)
        if step is not None:
            book.take(step)
            steps.append(step)
    return steps


def _next(dice: Random, book: Notebook) -> Step | None:
    what = dice.choice(
        ("buy", "buy", "refund", "refund", "refund_fails", "exchange", "cancel", "dispute", "deliver",
         "deliver", "wait", "wait", "payout", "payout", "payout_fails_first", "rate", "tier")
    )  # fmt: skip
    if what == "buy" or not book.orders:
        return _bought(dice) if len(book.orders) < 3 else None
    if what in ("rate", "tier"):
        return Step(what, number=dice.randrange(0, 4001))
    if what == "wait":
        return Step(what, number=dice.choice((3, 31)))
    if what.startswith("payout"):
        return Step(what)
    at = dice.randrange(len(book.orders))
    sold, line = book.orders[at], dice.randrange(len(book.orders[at].lines))
    one, closed = sold.lines[line], sold.dispute == "lost" or sold.cancelled
    if what == "refund" and not closed and not one.off and one.returned < one.pieces:
        return Step(what, at, line, dice.randint(1, one.pieces - one.returned))
    if what == "exchange" and not closed and not one.returned and one.left() > 1:
        return Step(what, at, line, dice.randrange(1, one.left()))
    if what == "refund_fails" and sold.undo and not sold.cancelled:
        return Step(what, at)
    if what == "cancel" and not closed and not sold.delivered and not any(one.off for one in sold.lines):
        return Step(what, at)
    if what == "deliver" and not sold.delivered and not sold.cancelled:
        return Step(what, at)
    if what == "dispute" and sold.dispute != "lost":
        number = dice.choice((1, 2)) if sold.dispute == "open" else 0
        # One bank in three asks for a part of it.
        paid = sum(one.paid for one in sold.lines)
        return Step(what, at, number=number, minor=paid if paid % 3 else paid * 2 // 5)
    return None


def _bought(dice: Random) -> Step:
    priced = [(dice.randrange(1, 30_000), dice.randint(1, 4)) for _ in range(dice.randint(1, 6))]
    worth = [unit * pieces for unit, pieces in priced]
    voucher = dice.choice((0, 0, dice.randrange(sum(worth))))
    off = by_largest_remainder(voucher, worth)
    lines = tuple((unit, pieces, each) for (unit, pieces), each in zip(priced, off, strict=True))
    return Step("buy", lines=lines, two=dice.random() < 0.4)
