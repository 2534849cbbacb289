"""How far a paid order is, as staff read it: a word with its tone, and what is done about it next."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from storefront.orders.models import Delivery, Dispute, Order, OrderStatus
from storefront.orders.ports import Step
from storefront.orders.showing import given_back, status_word

WORDS: dict[Step, Any] = {
    Step.WAITING: _l("Waits to be picked"),
    Step.PICKING: _l("Being picked"),
    Step.PACKED: _l("Packed"),
    Step.SENT: _l("Parcel sent"),
    Step.READY: _l("Ready in the store"),
    Step.DONE: _l("With the shopper"),
    Step.OFF: _l("Called off"),
}
TONES = {
    Step.PICKING: "warn",
    Step.PACKED: "warn",
    Step.SENT: "good",
    Step.READY: "good",
    Step.DONE: "good",
}
_NEXT: dict[Step, Any] = {
    Step.WAITING: _l("Pick"),
    Step.PICKING: _l("Pack"),
    Step.PACKED: _l("Send off"),
    Step.SENT: _l("Has it arrived?"),
}
# Nothing is left but to say that the shopper has them.
AT_THE_END = (Step.SENT, Step.READY)


def next_word(step: Step | None, delivery: str) -> str:
    """What somebody who reads of it does next."""
    if step == Step.PACKED and delivery == Delivery.PICKUP:
        return _("Lay it ready")
    return str(_NEXT[step]) if step in _NEXT else _("Hand over")


def word_of(order: Order, off: bool, step: Step | None, *, beside: bool = False) -> tuple[str, str]:
    """Where an order stands: the step of its pieces as long as that is all there is to do about it.

    `off`: it was called off. `beside`: a bank asks for what was paid beside it.
    """
    if beside and order.dispute != Dispute.OPEN:
        return _("Difference disputed"), "bad"
    word, tone = status_word(order, off)
    on_its_way = order.status == OrderStatus.PAID and order.delivered_at is None and not off
    whole = given_back(order) >= order.captured_minor > 0
    if step is None or not on_its_way or whole or order.dispute == Dispute.OPEN:
        return word, tone
    return str(WORDS[step]), TONES.get(step, "")


def way_word(order: Order) -> str:
    """How it goes to its shopper, in a word."""
    if order.till_place_id is not None:
        return _("Over the counter")
    return _("Pick-up") if order.delivery == Delivery.PICKUP else _("To the door")


def shopper_word(order: Order) -> str:
    """Whose it is: a name, or why there is none."""
    if order.name:
        return order.name
    return _("a customer in the store") if order.till_place_id is not None else _("a forgotten customer")
