"""What the shopper is written on the way. The letter on arrival is the order's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from foundation.mail.actions import post
from foundation.money import Money
from storefront.fulfilment.carriers import Carrier
from storefront.orders.letters import picked_up_at
from storefront.orders.models import Order
from storefront.places.models import Place
from storefront.places.policy import Span
from storefront.places.showing import hours_of, weekday_names

FOLDER = "storefront/fulfilment/mail"


def picking(order: Order) -> None:
    """Somebody is getting the pieces together."""
    post(to=order.email, language=order.language, template=f"{FOLDER}/picking.txt", order=order)


def sent(order: Order, carrier: Carrier | None, tracking: str) -> None:
    """The parcel is on its way, with whom, and where it can be followed."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/sent.txt",
        order=order,
        carrier=carrier.name if carrier else "",
        tracking=tracking,
        follow=carrier.link(tracking) if carrier else "",
    )


class Week:
    """The week of a store by weekday, named in the language of whoever reads the letter."""

    def __init__(self, place: Place | None) -> None:
        self.place = place

    def __iter__(self) -> Iterator[tuple[str, Sequence[Span]]]:
        week = hours_of(self.place).week if self.place else {}
        return ((name, week.get(day, ())) for day, name in enumerate(weekday_names()))


def ready(order: Order) -> None:
    """Everything lies ready in the store."""
    place = picked_up_at(order)
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/ready.txt",
        order=order,
        place=place,
        week=Week(place),
    )


def not_ready(order: Order) -> None:
    """It lay ready, and something about it is wrong: wait for the next letter before you come."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/not_ready.txt",
        order=order,
        place=picked_up_at(order),
    )


def shut(order: Order, place: Place, day: date | None, *, lies_ready: bool, instead: datetime | None) -> None:
    """The store it is collected in is shut on a day, or for good (no day); `instead`: the new promise."""
    special = next((one for one in place.special_days if one.day == day), None)
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/shut.txt",
        order=order,
        place=place,
        day=day,
        why=(order.language == "it" and special.note_it) or special.note if special else "",
        lies_ready=lies_ready,
        instead=instead,
        week=Week(place),
    )


def collect_at(order: Order, place: Place) -> None:
    """It is collected in another store than was said."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/collect_at.txt",
        order=order,
        place=place,
        week=Week(place),
    )


def cancelled(order: Order, amount: Money) -> None:
    """The order was called off, and what was still paid of it goes back."""
    post(
        to=order.email,
        language=order.language,
        template=f"{FOLDER}/cancelled.txt",
        order=order,
        amount=amount,
    )
