"""One order's life, drawn by chance: what the shop is asked to do, and what the book says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import select

from foundation import clock, facts
from foundation.db import db
from foundation.payments import objects
from storefront.catalog.facts import ProductChanged
from storefront.delivery.policy import Arrival
from storefront.exchanges import actions as exchanges
from storefront.exchanges import paying as differences
from storefront.exchanges.errors import JustGone
from storefront.exchanges.models import Exchange
from storefront.fulfilment import actions as fulfilment
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.errors import MoreThanPaid, PaymentIsDisputed
from storefront.orders.models import Dispute, Handover, OrderLine, Refund, RefundLine, RefundStatus
from storefront.orders.policy import totals_of
from storefront.promotions.policy import Given
from storefront.promotions.queries import terms_by_code
from storefront.returns import actions as returns
from storefront.returns import following
from storefront.sendbacks import actions as sendbacks
from storefront.sendbacks.actions import Looked
from storefront.sendbacks.models import Sendback, Way, Why
from storefront.stock.errors import SoldOut
from tests.storefront.furnished import World
from tests.storefront.goods import HOUSE, TAX, order_now, pay, place, session_of
from tests.storefront.order_book import Book, Group, Line, half_up


@dataclass
class Life:
    """One order from its placing to wherever chance leads it."""

    STEPS = (
        *("paid", "expired", "paid late", "paid too late", "refund", "refund failed", "goodwill", "too much"),
        *("cancelled", "delivered", "sent back", "exchange asked", "dearer paid", "dearer not paid"),
        *("exchange off", "exchanged", "cheaper", "exchanged sent back", "disputed", "won", "lost"),
    )
    world: World
    chance: Random
    seed: int
    steps: list[str] = field(default_factory=list, init=False)
    book: Book = field(init=False)
    order_id: int = field(default=0, init=False)
    uses_voucher: bool = field(default=False, init=False)

    def __repr__(self) -> str:
        return f"life {self.seed}: {', '.join(self.steps)}"

    def live(self) -> None:
        self.book = Book(self.chance.random() < 0.5, self.chance.choice((0, 490)))
        if not (self._place() and self._pay()):
            return
        for act in self.chance.choices((self._refund, self._goodwill, self._dispute), k=self._some(2)):
            if not self.book.lost:
                act()
        if self.chance.random() < 0.1:
            self._cancel()
            return
        if self.book.lost or not self.book.rest:
            return
        orders.hand_over(actor=HOUSE, order_id=self.order_id, how=Handover.DELIVERED, reason="courier")
        self._took("delivered")
        acts = (self._exchange, self._send_back, self._refund, self._goodwill, self._dispute)
        for act in self.chance.choices(acts, weights=(6, 3, 1, 1, 1), k=1 + self._some(3)):
            if not self.book.lost:
                act()

    def _some(self, most: int) -> int:
        return self.chance.randrange(most + 1)

    def _took(self, step: str) -> None:
        """Note a step, and let everybody hear what it announced: some of it twice."""
        self.steps.append(step)
        listeners = facts.subscribers()
        while self.world.announced:
            fact = self.world.announced.pop(0)
            if isinstance(fact, ProductChanged):
                continue
            for _ in range(2 if self.chance.random() < 0.1 else 1):
                for handler in listeners.get(type(fact), {}).values():
                    handler(fact)

    def _place(self) -> bool:
        kinds = self.chance.sample(sorted(self.world.prices), 1 + self._some(2))
        voucher = self.chance.random() < 0.3
        wanted = [
            self.world.pieces[kind]._replace(
                quantity=1 + self._some(2),
                discount_minor=self.chance.randrange(self.world.prices[kind]) if voucher else 0,
            )
            for kind in kinds
        ]
        off = tuple(one.discount_minor for one in wanted)
        visit = "credited" if self.book.credited else f"visit-{self.seed}"
        totals = totals_of(
            [one.gross_minor for one in wanted],
            shipping_minor=self.book.shipping,
            tax_bps=TAX,
            currency="EUR",
            off_lines=off,
        )
        given = []
        if voucher:
            terms = terms_by_code("LIFE", visit=visit, account_id=None)
            assert terms is not None
            given = [Given(terms, off)]
        there = all(self.world.shelf.free(one.variant_id) >= one.quantity for one in wanted)
        if not there:
            with pytest.raises(SoldOut), db.session.begin_nested():
                place(wanted, totals=totals, vouchers=given, visit_id=visit)
            self.world.announced.clear()
            self.steps.append("sold out")
            return False
        arrival = Arrival(price_minor=self.book.shipping, back_minor=self.book.shipping)
        placed = place(
            wanted,
            session_id=f"cs_{self.seed}",
            totals=totals,
            vouchers=given,
            visit_id=visit,
            arrival=arrival,
        )
        self.order_id, self.uses_voucher = placed.order_id, voucher
        for line in db.session.scalars(select(OrderLine).where(OrderLine.order_id == self.order_id)):
            group = Group(
                line.variant_id, line.quantity, line.unit_price_minor * line.quantity - off[line.position - 1]
            )
            self.book.lines[line.id] = Line(group.worth, line.unit_price_minor * line.quantity, {0: group})
        self._promise(1)
        self._took("placed")
        return True

    def _promise(self, sign: int) -> None:
        for line in self.book.lines.values():
            self.world.shelf.promised[line.groups[0].variant] += sign * line.groups[0].pieces

    def _pay(self) -> bool:
        """Paid in time, paid late and still there, paid too late, or never. Whether it is a sale."""
        total = sum(line.paid for line in self.book.lines.values()) + self.book.shipping
        voucher, late = self.uses_voucher, self.chance.random() < 0.2
        if late:
            order = order_now(self.order_id)
            ended = session_of(order, status="expired", payment_status="unpaid")
            paying.sync_checkout(actor=HOUSE, session=ended)
            self.uses_voucher = False
            self._promise(-1)
            self._took("expired")
            if self.chance.random() < 0.2:
                return False
        gone, faster = late and self._short(), None
        if late and not gone and self.chance.random() < 0.5:
            gone, faster = True, self._somebody_was_faster()
        for _ in range(1 + self._some(1)):
            pay(self.order_id)
        if faster is not None:
            paying.abandon(actor=HOUSE, order_id=faster)
        self.book.captured = total
        if gone:
            self._took("paid too late")
            self._all_goes_back(restock=False, may_fail=False)
            return False
        if not late:
            self._promise(-1)
        self.uses_voucher, self.book.sold = voucher, True
        for line in self.book.lines.values():
            self.world.shelf.sold[line.groups[0].variant] += line.groups[0].pieces
        self._took("paid late" if late else "paid")
        return True

    def _short(self) -> bool:
        return any(
            self.world.shelf.free(line.groups[0].variant) < line.groups[0].pieces
            for line in self.book.lines.values()
        )

    def _somebody_was_faster(self) -> int:
        """Somebody else takes all that is left of one piece into an order, and leaves it in the end."""
        variant = next(iter(self.book.lines.values())).groups[0].variant
        wanted = self.world.pieces[variant]._replace(quantity=self.world.shelf.free(variant))
        return place([wanted], visit_id=f"fast-{self.seed}").order_id

    def _cancel(self) -> None:
        if self.book.lost or not self.book.rest:
            return
        for _ in range(2):
            fulfilment.cancel(actor=HOUSE, order_id=self.order_id)
        self.uses_voucher = False
        self._took("cancelled")
        self._all_goes_back(restock=True, may_fail=True)

    def _all_goes_back(self, *, restock: bool, may_fail: bool) -> None:
        refund = self._asked()
        parts = [(line_id, 0, line.groups[0].left) for line_id, line in self.book.lines.items()]
        before = {
            line_id: line.groups[0].worth - line.groups[0].given for line_id, line in self.book.lines.items()
        }
        amounts = [self.book.lines[line_id].groups[0].give(many) if many else 0 for line_id, _, many in parts]
        for (line_id, _, many), place_ in zip(parts, range(len(parts)), strict=True):
            if not many:
                amounts[place_] = before[line_id]
                self.book.lines[line_id].groups[0].given += before[line_id]
        delivery = self.book.shipping - self.book.shipping_back
        self._money(refund, parts, amounts, delivery, restock, may_fail, what="all")

    def _refund(self) -> None:
        """Staff give back some pieces that were sold."""
        found = self._a_group(lambda key: key == 0)
        if found is None:
            return
        line_id, _, group = found
        many = 1 + self._some(group.left - 1)
        if group.price(many) <= 0:
            return
        delivery = self.book.shipping - self.book.shipping_back if self.chance.random() < 0.2 else 0
        restock = self.chance.random() < 0.5
        asked = returns.request_refund(
            actor=HOUSE,
            order_id=self.order_id,
            chosen={line_id: many},
            with_delivery=delivery > 0,
            restock=restock,
            reason="by chance",
        )
        self.steps.append("refund")
        self._money(asked, [(line_id, 0, many)], [group.give(many)], delivery, restock, True)

    def _goodwill(self) -> None:
        """A sum without a piece: how it is spread is the shop's own matter, within what each can give."""
        if not self.book.rest:
            return
        with pytest.raises(MoreThanPaid), db.session.begin_nested():
            self._give(self.book.rest + 1)
        self.steps.append("too much")
        off_earnings = len(self.steps) % 2 == 0
        refund = self._give(1 + self._some(min(self.book.rest - 1, 3000)), off_earnings)
        amounts, parts = [], []
        for part in db.session.scalars(select(RefundLine).where(RefundLine.refund_id == refund.id)):
            group = self.book.lines[part.order_line_id].groups[part.of_exchange]
            assert 0 < part.amount_minor <= group.worth - group.given and not part.quantity
            group.given += part.amount_minor
            parts.append((part.order_line_id, part.of_exchange, 0))
            amounts.append(part.amount_minor)
        self.steps.append("goodwill")
        what = "sale" if off_earnings else "house"
        self._money(refund, parts, amounts, refund.shipping_minor, False, True, what=what)

    def _give(self, minor: int, off_earnings: bool = False) -> Refund:
        return returns.request_goodwill(
            actor=HOUSE,
            order_id=self.order_id,
            amount_minor=minor,
            reason="late",
            key=f"g{self.seed}-{len(self.steps)}",
            off_earnings=off_earnings,
        )

    def _dispute(self) -> None:
        if self.book.lost or "disputed" in self.steps:
            return
        self._say(Dispute.OPEN)
        self._took("disputed")
        line_id = next(iter(self.book.lines))
        with pytest.raises(PaymentIsDisputed), db.session.begin_nested():
            returns.request_refund(
                actor=HOUSE,
                order_id=self.order_id,
                chosen={line_id: 1},
                with_delivery=False,
                restock=True,
                reason="no",
            )
        self.book.lost = self.chance.random() < 0.4
        self._say(Dispute.LOST if self.book.lost else Dispute.WON)
        self._took("lost" if self.book.lost else "won")

    def _say(self, state: Dispute) -> None:
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{self.order_id}", state=state)

    def _send_back(self) -> None:
        """Pieces come back for their money: those that were sold, or those that came by an exchange."""
        found = self._a_group(lambda key: True)
        if found is None:
            return
        line_id, came_by, group = found
        many = 1 + self._some(group.left - 1)
        if group.price(many) > 0:
            self.steps.append("exchanged sent back" if came_by else "sent back")
            self._settle_for_money(self._ask(line_id, many, came_by=came_by), line_id, came_by, many)

    def _exchange(self) -> None:
        """Pieces that were sold come back for another size."""
        found = self._a_group(lambda key: key == 0)
        if found is None:
            return
        line_id, _, group = found
        many, line = 1 + self._some(group.left - 1), self.book.lines[line_id]
        wanted = self.chance.choice(self.world.others[group.variant])
        if self.world.shelf.free(wanted) < many:
            with pytest.raises(JustGone), db.session.begin_nested():
                self._ask(line_id, many, instead=wanted)
            self.world.announced.clear()
            self.steps.append("gone")
            return
        worth = group.price(many)
        dearer = self.world.prices[wanted] - self.world.prices[group.variant]
        each = half_up(Fraction(abs(dearer) * line.paid, line.gross))
        difference = -min(each * many, worth) if dearer < 0 else (each * many if each >= 50 else 0)
        number = self._ask(line_id, many, instead=wanted).number
        one = db.session.scalars(
            select(Exchange).where(Exchange.order_id == self.order_id).order_by(Exchange.id.desc()).limit(1)
        ).one()
        assert (one.difference_minor, one.worth_minor) == (difference, worth), self
        self.world.shelf.promised[wanted] += many
        self._took("exchange asked")
        if difference > 0:
            paid = self.chance.random() < 0.8
            for _ in range(2):
                self._page(one, paid)
            self._took("dearer paid" if paid else "dearer not paid")
            if not paid:
                self.world.shelf.promised[wanted] -= many
                sendbacks.receive(actor=HOUSE, number=number)
                if worth > 0:
                    self._settle_for_money(None, line_id, 0, many, number)
                return
            self.book.extra_paid[one.id] = difference
        if self.chance.random() < 0.3:
            self.world.shelf.promised[wanted] -= many
            self._end_exchange(one, number, line_id, many)
            return
        sendbacks.receive(actor=HOUSE, number=number)
        restock = self.chance.random() < 0.7
        sendbacks.settle(
            actor=HOUSE, number=number, looked={line_id: Looked(many, restock)}, reason="looked at"
        )
        shelf = self.world.shelf
        shelf.promised[wanted] -= many
        shelf.sold[wanted] += many
        shelf.returned[group.variant] += many if restock else 0
        carved = line.groups[one.id] = group.carve(many, wanted)
        exchanges.arrive(actor=HOUSE, exchange_id=one.id)
        self._took("exchanged")
        if difference < 0:
            self.steps.append("cheaper")
            carved.worth += difference
            asked = self._asked()
            self._money(asked, [(line_id, one.id, 0)], [-difference], 0, False, False, what="cheaper")

    def _end_exchange(self, one: Exchange, number: str, line_id: int, many: int) -> None:
        """Kept after all, not accepted, or money instead: what was paid for the difference goes back."""
        how = self.chance.randrange(3)
        if how == 0:
            sendbacks.call_off(actor=HOUSE, number=number)
        elif how == 1:
            sendbacks.receive(actor=HOUSE, number=number)
            looked = {line_id: Looked(0, True)}
            sendbacks.settle(actor=HOUSE, number=number, looked=looked, reason="it was worn")
        else:
            sendbacks.money_instead(actor=HOUSE, number=number, line_id=line_id)
        self._took("exchange off")
        if one.id in self.book.extra_paid:
            self._extra(one.id, self.book.extra_paid[one.id])
        if how == 2 and self.book.lines[line_id].groups[0].price(many) > 0:
            sendbacks.receive(actor=HOUSE, number=number)
            self._settle_for_money(None, line_id, 0, many, number)

    def _settle_for_money(
        self, back: Sendback | None, line_id: int, came_by: int, many: int, number: str = ""
    ) -> None:
        """`back` is on its way; without it, the return of that number is here."""
        if back is not None:
            number = back.number
            sendbacks.receive(actor=HOUSE, number=number)
        restock = self.chance.random() < 0.7
        groups = [group for line in self.book.lines.values() for group in line.groups.values()]
        all_of_it = sum(group.left for group in groups) == many
        delivery = self.book.shipping - self.book.shipping_back if all_of_it else 0
        sendbacks.settle(
            actor=HOUSE, number=number, looked={line_id: Looked(many, restock)}, reason="looked at"
        )
        group = self.book.lines[line_id].groups[came_by]
        if self.book.extra_paid[came_by] if came_by else 0:
            share = Group(
                0, group.pieces, self.book.extra_paid[came_by], group.back, self.book.extra_back[came_by]
            )
            self._extra(came_by, share.price(many))
        self._money(
            self._asked(), [(line_id, came_by, many)], [group.give(many)], delivery, restock, not came_by
        )

    def _ask(self, line_id: int, many: int, instead: int = 0, came_by: int = 0) -> Sendback:
        return sendbacks.ask(
            actor=HOUSE,
            order_id=self.order_id,
            chosen={line_id: (many, Why.TOO_SMALL)},
            way=Way.SHIP,
            words="",
            until=clock.now() + timedelta(days=1),
            instead={line_id: instead} if instead else {},
            came_by={line_id: came_by} if came_by else {},
        )

    def _page(self, one: Exchange, paid: bool) -> None:
        session = objects.CheckoutSession(
            id=f"cs_x{one.id}",
            url=None,
            status="complete" if paid else "expired",
            payment_status="paid" if paid else "unpaid",
            payment_intent=f"pi_x{one.id}" if paid else None,
            amount=one.difference,
            order_ref=one.number,
            expires_at=one.kept_until,
            email=None,
        )
        differences.sync_page(actor=HOUSE, session=session)

    def _a_group(self, fits: Callable[[int], bool]) -> tuple[int, int, Group] | None:
        found = [
            (line_id, key, group)
            for line_id, line in self.book.lines.items()
            for key, group in line.groups.items()
            if group.left and fits(key)
        ]
        return self.chance.choice(found) if found else None

    def _asked(self, extra: bool = False) -> Refund:
        """The one refund that was written down and that Stripe has not been asked for."""
        own = Refund.payment_intent_id.is_not(None) if extra else Refund.payment_intent_id.is_(None)
        return db.session.scalars(
            select(Refund).where(
                Refund.order_id == self.order_id, Refund.status == RefundStatus.REQUESTED, own
            )
        ).one()

    def _extra(self, exchange_id: int, amount: int) -> None:
        """The difference of an exchange, or a share of it, goes back by its own payment."""
        refund = self._asked(extra=True)
        assert (refund.amount_minor, refund.payment_intent_id) == (amount, f"pi_x{exchange_id}"), self
        self.book.extra_back[exchange_id] += amount
        self._stripe(refund)
        self._took("difference back")

    def _money(
        self,
        refund: Refund,
        parts: list[tuple[int, int, int]],
        amounts: list[int],
        delivery: int,
        restock: bool,
        may_fail: bool,
        *,
        what: str = "pieces",
    ) -> None:
        """Stripe takes a refund of so many pieces for so much, or does not: then all is as it was."""
        assert refund.amount_minor == sum(amounts) + delivery, self
        assert refund.shipping_minor == delivery, self
        if may_fail and self.chance.random() < 0.1:
            following.note_refused(actor=HOUSE, refund_id=refund.id, why="closed card")
            for (line_id, key, many), amount in zip(parts, amounts, strict=True):
                group = self.book.lines[line_id].groups[key]
                group.back, group.given = group.back - many, group.given - amount
            self._took("refund failed")
            return
        self.book.refunded += refund.amount_minor
        self.book.shipping_back += delivery
        for (line_id, key, many), amount in zip(parts, amounts, strict=True):
            line = self.book.lines[line_id]
            line.note(what, key, many, amount)
            self.world.shelf.returned[line.groups[key].variant] += many if restock else 0
        for _ in range(2):
            self._stripe(refund)
        self._took("given back")

    def _stripe(self, refund: Refund) -> None:
        told = objects.Refund(
            id=f"re_{refund.id}",
            payment_intent=refund.payment_intent_id or f"pi_{self.order_id}",
            charge=None,
            amount=objects.Money(refund.amount_minor, "EUR"),
            status="succeeded",
            reason=None,
            created=clock.now(),
            metadata={"refund": refund.idempotency_key},
        )
        following.note_stripe(actor=HOUSE, told=told)
