"""Anna Marchetti, who has an account: what she bought in the last month, what came back, what she said and asked.

Whoever signs in as her finds every room of an account lived in. It comes after the sixty days, with sizes
of its own, and by nobody's link: no sum of the story changes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask

from demo.story.people import PASSWORD, SHOPPER
from demo.story.visitor import Visitor
from editors.looks.queries import look_page
from editors.saves.actions import save_look
from foundation import clock, ids
from foundation.accounts.queries import account_by_email
from foundation.actors import Actor
from foundation.db import unit_of_work
from foundation.jobs.draining import drain
from storefront.addresses.actions import AddressDraft, save_address
from storefront.catalog.queries import products_by_ids
from storefront.fulfilment.actions import advance, send
from storefront.fulfilment.models import FulfilmentStatus
from storefront.messages import actions as messages
from storefront.orders.actions import hand_over
from storefront.orders.models import Handover
from storefront.orders.queries import order_by_id, order_by_token, sale
from storefront.reviews.actions import ReviewDraft, publish_review
from storefront.reviews.policy import Fit
from storefront.sendbacks.actions import Looked, ask, receive, settle
from storefront.sendbacks.models import Way, Why
from storefront.usual.actions import keep_sizes
from storefront.wishes.actions import add_wish

# The number her visits begin with: nobody else's in the story.
VISITS = 9_100
COAT, TROUSERS, CARDIGAN = "ginepraio-coat", "uliveto-trousers", "tostato-cardigan"
DRESS, LOAFERS, SKIRT = "corallo-dress", "passo-loafers", "cortile-mini-skirt"
SIZES = {"top": "M", "outer": "M", "full": "M", "bottom": "M", "shoes": "39"}
WISHED = ("gala-evening-dress", "tribunale-blazer", "bottiglia-heels")
WORDS = (
    "Warm without being heavy, and the green is deeper than on my screen. The sleeves are a touch long, "
    "which I like over a jumper."
)


@dataclass
class Regular:
    """Anna at her own pace: each act is one day, the days come in order."""

    app: Flask
    today: datetime
    desk: Actor
    products: dict[str, int]
    account_id: int = 0
    visits: int = VISITS

    def live(self) -> None:
        """A coat and trousers a month ago, a cardigan and a dress last week, loafers on their way, a skirt
        ordered this morning."""
        before = self.app.config.get("WTF_CSRF_ENABLED", True)
        self.app.config["WTF_CSRF_ENABLED"] = False
        try:
            self._settle_in()
            self._first_order()
            second = self._second_order()
            parcel = self._buy(2, LOAFERS)
            self._pack(parcel, 1)
            self._send_back(second, self._lines(second, DRESS)[0], 1, larger_of=DRESS)
            self._buy(0, SKIRT)
        finally:
            clock.hold(None)
            self.app.config["WTF_CSRF_ENABLED"] = before

    def _settle_in(self) -> None:
        def begin() -> None:
            account = account_by_email(SHOPPER.email)
            assert account is not None
            self.account_id = account.id
            home = AddressDraft(
                first="Anna",
                last="Marchetti",
                street="Via Mazzini 12",
                postcode="10123",
                city="Torino",
                province="TO",
                country="IT",
            )
            save_address(actor=self._anna(), account_id=account.id, draft=home)
            for handle in WISHED:
                add_wish(
                    actor=self._anna(),
                    visit=None,
                    account_id=account.id,
                    product_id=self.products[handle],
                )

            carry_on = look_page("carry-on-only")
            if carry_on is not None:
                save_look(actor=self._anna(), visit=None, account_id=account.id, look_id=carry_on.id)
            keep_sizes(actor=self._anna(), account_id=account.id, sizes=SIZES)

        self._on(30, begin)

    def _first_order(self) -> None:
        """The trousers are too small and go back; the coat is praised."""
        order_id = self._buy(26, COAT, TROUSERS)
        self._pack(order_id, 25)
        self._arrive(order_id, 23)
        coat, trousers = self._lines(order_id, COAT, TROUSERS)
        number = self._send_back(order_id, trousers, 20)
        self._on(16, lambda: receive(actor=self.desk, number=number))
        fine = {trousers: Looked(1, restock=True)}
        self._on(15, lambda: settle(actor=self.desk, number=number, looked=fine, reason="As good as new"))
        said = ReviewDraft(stars=5, words=WORDS, fit=Fit.TRUE, height_cm=171, usual_size="40")
        self._on(12, lambda: publish_review(actor=self._anna(), order_id=order_id, line_id=coat, draft=said))

    def _second_order(self) -> int:
        """She asks how to wash the cardigan; the dress she will want a size larger."""
        order_id = self._buy(9, CARDIGAN, DRESS)
        self._pack(order_id, 8)
        self._arrive(order_id, 6)
        self._write(order_id, 5, "Can the cardigan go into the machine, or by hand only?")
        self._on(
            4,
            lambda: self._answer(order_id, "By hand, cold, and dry it lying flat. Then it keeps its shape."),
        )
        return order_id

    def _buy(self, days_ago: int, *handles: str) -> int:
        """Order one of each, in a size that is there, and pay; the order's id."""
        self.visits += 1
        clock.hold(self._morning(days_ago))
        visitor = Visitor(self.app, self.visits, SHOPPER.language)
        visitor.sign_in(SHOPPER.email, PASSWORD)
        with self.app.app_context():
            chosen = [self._sizes(handle)[1] for handle in handles]
        visitor.take([(variant_id, 1) for variant_id in chosen], None, self.account_id)
        token = visitor.check_out(SHOPPER.name, SHOPPER.email)
        drain(self.app)
        with self.app.app_context():
            return order_by_token(token).id

    def _pack(self, order_id: int, days_ago: int) -> None:
        def parcel() -> None:
            for step in (FulfilmentStatus.PICKING, FulfilmentStatus.PACKED):
                advance(actor=self.desk, order_ids=[order_id], to=step)
            send(actor=self.desk, order_id=order_id, carrier="brt", tracking=f"0771{order_id:08d}")

        self._on(days_ago, parcel)

    def _arrive(self, order_id: int, days_ago: int) -> None:
        self._on(
            days_ago,
            lambda: hand_over(
                actor=self.desk,
                order_id=order_id,
                how=Handover.DELIVERED,
                reason="Delivered by the courier",
            ),
        )

    def _send_back(self, order_id: int, line_id: int, days_ago: int, larger_of: str | None = None) -> str:
        """One piece is too small; with `larger_of` she wants the next size instead. The return's number."""
        made: list[str] = []

        def announce() -> None:
            instead = {line_id: self._sizes(larger_of)[2]} if larger_of else {}
            back = ask(
                actor=self._anna(),
                order_id=order_id,
                chosen={line_id: (1, Why.TOO_SMALL)},
                way=Way.SHIP,
                words="",
                until=clock.now(),
                instead=instead,
            )
            made.append(back.number)

        self._on(days_ago, announce)
        return made[0]

    def _write(self, order_id: int, days_ago: int, words: str) -> None:
        def say() -> None:
            order = order_by_token(self._token(order_id))
            messages.write_to_shop(actor=self._anna(), order=order, words=words, form_key=ids.token())

        self._on(days_ago, say)

    def _answer(self, order_id: int, words: str) -> None:
        order = order_by_token(self._token(order_id))
        messages.answer(actor=self.desk, order=order, words=words, form_key=ids.token())

    def _on(self, days_ago: int, act: Callable[[], object]) -> None:
        """Do it on that day, in one transaction, with the work it asks for."""
        clock.hold(self._morning(days_ago) + timedelta(hours=3))
        with self.app.app_context(), unit_of_work():
            act()
        drain(self.app)

    def _morning(self, days_ago: int) -> datetime:
        """Today is the hour before the story ends, so that nothing lies in the future."""
        return self.today - timedelta(days=days_ago, hours=0 if days_ago else 4)

    def _sizes(self, handle: str) -> Sequence[int]:
        """Its variants, from the smallest size on."""
        return [variant.id for variant in products_by_ids([self.products[handle]])[0].variants]

    def _lines(self, order_id: int, *handles: str) -> list[int]:
        """The lines of these pieces, in the order asked for."""
        with self.app.app_context():
            by_product = {line.product_id: line.line_id for line in sale(order_id).lines}
        return [by_product[self.products[handle]] for handle in handles]

    def _token(self, order_id: int) -> str:
        return order_by_id(order_id).token

    def _anna(self) -> Actor:
        return Actor.person(self.account_id, SHOPPER.name)
