"""Where an order stands, for its shopper: on its page and in the list of their account."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from foundation import clock
from foundation.web.formats import day, moment
from storefront.delivery.showing import arrives
from storefront.orders.models import DISPUTED, Delivery, Dispute, Handover, Order, OrderStatus
from storefront.orders.ports import Step
from storefront.orders.showing import given_back, last_day


@dataclass(frozen=True)
class State:
    """Where an order stands: a word with its sign, a headline, and what happens or can be done next."""

    word: str
    tone: str
    headline: str
    next: str


def state_of(order: Order, step: Step | None) -> State:
    """For the shopper. The amount given back is told apart, line by line. `step`: how far its pieces are,
    None as long as nobody was asked to pack it.
    """
    if order.status == OrderStatus.PAID:
        return _paid(order, step)
    if order.status == OrderStatus.PROCESSING:
        return State(
            _("Payment on its way"),
            "warn",
            _("Thank you, your payment is on its way"),
            _("Your pieces are kept for you, and you get a letter when it has arrived."),
        )
    if order.status == OrderStatus.NEEDS_REVIEW:
        return State(
            _("We are looking at it"),
            "warn",
            _("We are looking at your order"),
            _("Your payment has arrived, and one thing about it needs a person. We write to you today."),
        )
    if order.status == OrderStatus.AWAITING_PAYMENT:
        return State(
            _("Waits for payment"),
            "",
            _("This order waits for its payment"),
            _("Nothing was charged yet. Your pieces are kept until %(when)s.", when=moment(order.expires_at)),
        )
    return _ended(order)


def is_coming(order: Order, step: Step | None) -> bool:
    """Whether what was told about its arrival still counts: it has not arrived, and will."""
    if order.delivered_at is not None or step in (Step.READY, Step.DONE, Step.OFF):
        return False
    if order.status in (OrderStatus.EXPIRED, OrderStatus.CANCELLED) or order.dispute in DISPUTED:
        return False
    return not 0 < order.captured_minor <= given_back(order)


def _ended(order: Order) -> State:
    if order.review_reason is not None:
        return State(
            _("Given back"),
            "bad",
            _("We could not fill this order"),
            _("You get everything back; your bank shows it within a few days."),
        )
    if order.captured_minor:
        return State(
            _("Given back"),
            "bad",
            _("Your payment came after the order had ended"),
            _("Its pieces were gone by then. You get everything back; your bank shows it within a few days."),
        )
    return State(
        _("Not paid"),
        "bad",
        _("This order was not paid"),
        _("Nothing was charged. What you chose is still in your bag.")
        if order.till_place_id is None
        else _("Nothing was charged."),
    )


def _paid(order: Order, step: Step | None) -> State:
    if given_back(order) >= order.captured_minor > 0:
        return State(
            _("Given back"),
            "",
            _("Your order is called off") if step == Step.OFF else _("Your money is on its way back"),
            _("All of it goes back the way it was paid; your bank shows it within a few days."),
        )
    if order.dispute == Dispute.LOST:
        return State(
            _("Given back"),
            "",
            _("Your bank gave you the money back"),
            _("You asked your bank for it, and it agreed. Nothing more happens with this order."),
        )
    if order.handover is not None or order.till_place_id is not None:
        return _with_you(order)
    if order.dispute == Dispute.OPEN:
        return State(
            _("On hold"),
            "warn",
            _("Your bank is asking about this payment"),
            _("Until it has decided, nothing leaves us. If that was a mistake, write to us."),
        )
    if step == Step.OFF:
        return State(
            _("Called off"),
            "",
            _("Your order is called off"),
            _("Nothing was charged, so nothing goes back.")
            if order.costs_nothing
            else _("We write to you as soon as your money is on its way."),
        )
    return _coming(order, step)


def _with_you(order: Order) -> State:
    until = last_day(order)
    return State(
        _("Delivered") if order.handover == Handover.DELIVERED else _("Handed over"),
        "good",
        _("It is with you"),
        _("You can send back any piece until %(day)s, and keep the rest.", day=day(until))
        if clock.now() <= until
        else _("The time to send something back ended on %(day)s.", day=day(until)),
    )


def _coming(order: Order, step: Step | None) -> State:
    """On its way from the shelf to the shopper."""
    pickup = order.delivery == Delivery.PICKUP
    on_ready = _("We write to you as soon as everything lies ready in the store.")
    if step == Step.PICKING:
        return State(
            _("Being picked"),
            "warn",
            _("We are getting your pieces together"),
            on_ready if pickup else _("We write to you when the parcel leaves."),
        )
    if step == Step.PACKED:
        return State(
            _("Packed"),
            "warn",
            _("Your pieces are packed"),
            on_ready if pickup else _("We write to you when the parcel leaves."),
        )
    if step == Step.SENT:
        arrival = arrives(order.promised_from, order.promised_to)
        return State(
            _("On its way"),
            "good",
            _("Your parcel is on its way"),
            f"{arrival}." if arrival else _("We write to you when it has arrived."),
        )
    if step == Step.READY:
        return State(
            _("Ready to collect"),
            "good",
            _("It lies ready for you"),
            _("Bring the number of the order, or this page on your phone."),
        )
    return State(
        _("Paid"),
        "good",
        _("Thank you, %(name)s", name=order.first_name),
        on_ready if pickup else _("Your pieces come next. We write to you at each step of their way."),
    )
