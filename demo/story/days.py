"""Sixty days of selling: visits by links, orders, deliveries, things sent back, what people say, payouts.

Chance is seeded, so the same people buy the same things every time; only the dates move with today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from flask import Flask

from demo.story import choices, money, worked_example
from demo.story.looks import CARRY_ON, LOOKS, LookScript
from demo.story.people import GUESTS
from demo.story.rail import Rail
from demo.story.reviews import Talk
from demo.story.visitor import NotSold, Visitor
from foundation import clock
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import unit_of_work
from foundation.ids import slug
from foundation.jobs.draining import drain, run_periodic
from storefront.cart.actions import Origin
from storefront.fulfilment.actions import advance, send
from storefront.fulfilment.models import FulfilmentStatus
from storefront.orders.actions import hand_over
from storefront.orders.models import Handover
from storefront.orders.queries import order_by_token, sale
from storefront.sendbacks.actions import Looked, ask, receive, settle
from storefront.sendbacks.models import Way, Why

LENGTH = 60
# The tour's editor has been paid for everything: whoever follows the tour sees their own sale and nothing else.
PAID_UP, PAID_UP_UNTIL = "giulia", 46
# Days on which somebody buys her whole look, so that what she is owed is above the minimum and all of it goes out.
SURE_SALES = (58, 55, 51, 48)
# Days from the sale to the door, and from there to the parcel that comes back.
SLOWEST_DELIVERY, SLOWEST_RETURN = 4, 12
EVERY_MORNING = (
    "stripe_sandbox.tick",
    "commissions.mature",
    "commissions.coaching",
    "checkout.follow_payments",
    "reviews.ask",
)

REASONS = (Why.TOO_SMALL, Why.TOO_LARGE, Why.OTHER_THAN_SHOWN, Why.CHANGED_MIND)


@dataclass
class Diary:
    """What is to be done on which day (days before today)."""

    deliveries: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    returns: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    talks: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    visitors: int = 0


def live(
    app: Flask,
    *,
    today: datetime,
    chance: Random,
    codes: dict[str, str],
    products: dict[str, int],
    say: Callable[[str], None],
    length: int = LENGTH,
) -> None:
    """Let `length` days pass up to this morning."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        with app.app_context():
            rail = Rail.of(products)
        story = Story(app, today, chance, codes, rail, Diary(), Talk(Random(length)))
        for days_ago in range(length, 0, -1):
            say(f"Living through the last {length} days: {length - days_ago + 1}")
            story.live_through(days_ago)
    finally:
        clock.hold(None)
        app.config["WTF_CSRF_ENABLED"] = before


def finish_jobs(app: Flask) -> None:
    """Do whatever work is still waiting, pictures of looks among it, and close the months that are over."""
    drain(app)
    run_periodic(app, "commissions.close_months", "commissions.verify")
    drain(app)


@dataclass
class Story:
    """The shop in motion."""

    app: Flask
    today: datetime
    chance: Random
    codes: dict[str, str]
    rail: Rail
    diary: Diary
    talk: Talk

    def live_through(self, days_ago: int) -> None:
        """One day: the house's morning work, visits, purchases, parcels that arrive, things sent back, money."""
        morning = self.today - timedelta(days=days_ago)
        clock.hold(morning - timedelta(hours=1))
        run_periodic(self.app, *EVERY_MORNING)
        self._visit(days_ago, morning)
        for order_id in self.diary.deliveries.pop(days_ago, []):
            self._deliver(order_id, days_ago, morning)
        for order_id in self.diary.returns.pop(days_ago, []):
            self._send_back(order_id, days_ago, morning)
        for order_id in self.diary.deliveries.get(days_ago - 1, []):
            self._pack(order_id, morning)
        for order_id in self.diary.talks.pop(days_ago, []):
            self._let_talk(order_id, morning)
        drain(self.app)
        choices.turn_of_the_day(self.app, days_ago, morning)
        drain(self.app)
        money.turn_of_the_day(self.app, days_ago, morning)
        drain(self.app)

    def _visit(self, days_ago: int, morning: datetime) -> None:
        weekend = morning.weekday() >= 5
        minutes = sorted(
            self.chance.randrange(0, 13 * 60) for _ in range(self.chance.randint(9, 16) + 6 * weekend)
        )
        buyers = set(self.chance.sample(range(len(minutes)), k=self.chance.choice((1, 1, 2, 2, 3))))
        for place, minute in enumerate(minutes):
            clock.hold(morning + timedelta(minutes=minute))
            self.diary.visitors += 1
            script = self._look_on_show(days_ago)
            name, email, language = GUESTS[self.chance.randrange(len(GUESTS))]
            visitor = Visitor(self.app, self.diary.visitors, language)
            by_link = self.chance.random() < 0.8 or place not in buyers
            if by_link:
                visitor.follow(self.codes[script.title])
            if by_link and minute % 6 == 0:
                visitor.preview(self.codes[script.title])
            if by_link and place not in buyers and minute % 5 == 0:
                self._think_it_over(visitor, script)
            if place in buyers and (script.editor != PAID_UP or days_ago > PAID_UP_UNTIL or not by_link):
                clock.hold(morning + timedelta(minutes=minute + self.chance.randint(4, 25)))
                self._buy(visitor, script, by_link, name, email, days_ago)
                drain(self.app)
        if days_ago in SURE_SALES:
            clock.hold(morning + timedelta(hours=14))
            self.diary.visitors += 1
            name, email, language = GUESTS[days_ago % len(GUESTS)]
            visitor = Visitor(self.app, self.diary.visitors, language)
            visitor.follow(worked_example.CODE)
            self._buy(visitor, CARRY_ON, True, name, email, days_ago, whole=True)
            drain(self.app)

    def _think_it_over(self, visitor: Visitor, script: LookScript) -> None:
        """A piece goes into the bag and stays there; chance of its own, so that no sale changes with it."""
        chance = Random(visitor.number)
        handle, many = chance.choice(script.pieces)
        if choice := self.rail.pick(chance, handle, many):
            self.rail.left[handle][choice[0]] += many
            visitor.take([choice], Origin("look", slug(script.title), script.title, script.title_it))

    def _look_on_show(self, days_ago: int) -> LookScript:
        """A look that was published by then; fresh ones are shared most."""
        shown = [look for look in LOOKS if look.days_ago > days_ago]
        weights = [3 if look.days_ago - days_ago < 12 else 1 for look in shown]
        return self.chance.choices(shown, weights)[0]

    def _buy(
        self,
        visitor: Visitor,
        script: LookScript,
        by_link: bool,
        name: str,
        email: str,
        days_ago: int,
        *,
        whole: bool = False,
    ) -> None:
        wanted = list(script.pieces)
        if not whole and (not by_link or self.chance.random() < 0.55):
            wanted = self.chance.sample(wanted, k=self.chance.randint(1, min(2, len(wanted))))
        choices = [choice for handle, many in wanted if (choice := self.rail.pick(self.chance, handle, many))]
        if not choices:
            return
        origin = Origin("look", slug(script.title), script.title, script.title_it) if by_link else None
        if by_link and not whole and self.chance.random() < 0.04:
            visitor.decline_credit()
        visitor.take(choices, origin)
        try:
            token = visitor.check_out(name, email)
        except NotSold:
            return
        with self.app.app_context():
            order_id = order_by_token(token).id
        delivered_on = days_ago - self.chance.randint(2, SLOWEST_DELIVERY)
        self.diary.deliveries[delivered_on].append(order_id)
        if self.chance.random() < 0.16:
            self.diary.returns[delivered_on - self.chance.randint(4, SLOWEST_RETURN)].append(order_id)

    def _deliver(self, order_id: int, days_ago: int, morning: datetime) -> None:
        clock.hold(morning + timedelta(hours=5, minutes=order_id % 50))
        with self.app.app_context(), unit_of_work():
            hand_over(
                actor=self._desk(),
                order_id=order_id,
                how=Handover.HANDED_OVER if order_id % 7 == 0 else Handover.DELIVERED,
                reason="Collected in the store" if order_id % 7 == 0 else "Delivered by the courier",
            )

        # Some write at once, most when they are asked; chance of its own, so that no sale changes with it.
        self.diary.talks[days_ago - 3 - order_id % 11].append(order_id)

    def _let_talk(self, order_id: int, morning: datetime) -> None:
        clock.hold(morning + timedelta(hours=9, minutes=order_id % 50))
        with self.app.app_context():
            desk = self._desk()
        self.talk.about(self.app, order_id, desk)

    def _pack(self, order_id: int, morning: datetime) -> None:
        """The day before it arrives: picked, packed, and handed to the carrier."""
        clock.hold(morning + timedelta(hours=1, minutes=order_id % 50))
        with self.app.app_context(), unit_of_work():
            desk = self._desk()
            for step in (FulfilmentStatus.PICKING, FulfilmentStatus.PACKED):
                advance(actor=desk, order_ids=[order_id], to=step)
            if order_id % 7:
                send(actor=desk, order_id=order_id, carrier="brt", tracking=f"0771{order_id:08d}")

    def _send_back(self, order_id: int, days_ago: int, morning: datetime) -> None:
        """A shopper announces a piece; it arrives and is settled, but for what came in yesterday."""
        clock.hold(morning + timedelta(hours=2, minutes=order_id % 50))
        with self.app.app_context(), unit_of_work():
            line = self.chance.choice(sale(order_id).lines)
            why = self.chance.choice(REASONS)
            back = ask(
                actor=Actor.guest(),
                order_id=order_id,
                chosen={line.line_id: (1, why)},
                way=Way.STORE if order_id % 3 == 0 else Way.SHIP,
                words="",
                until=clock.now(),
            )
        clock.hold(morning + timedelta(hours=6, minutes=order_id % 50))
        with self.app.app_context(), unit_of_work():
            receive(actor=self._desk(), number=back.number)
            if days_ago > 1:
                looked = {line.line_id: Looked(1, restock=True)}
                settle(actor=self._desk(), number=back.number, looked=looked, reason="As good as new")

    def _desk(self) -> Actor:
        account = account_by_email("store@demo.test")
        assert account is not None
        return account.as_staff()
