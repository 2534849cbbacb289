"""What the ways to the shopper come to for a bag: by courier, or in a store with what hangs there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foundation import clock
from storefront.cart.queries import Cart
from storefront.checkout.errors import NoPickupThere, NotDeliveredThere, WayGone
from storefront.checkout.forms import STORE
from storefront.checkout.pricing import Buyer, Priced, in_store, terms_of, to_door
from storefront.delivery.policy import READY_AFTER, Arrival, Method, Terms, ready_at
from storefront.delivery.queries import pickup_terms
from storefront.places.errors import PlaceNotFound
from storefront.places.models import Place
from storefront.places.queries import place_by_id, stores
from storefront.places.showing import hours_of
from storefront.stock.queries import picked_up_at_stores


@dataclass(frozen=True)
class Door:
    """A way of delivery beside what the bag comes to by it; None when the bag is too heavy."""

    method: Method
    priced: Priced | None

    @property
    def key(self) -> str:
        return str(self.method.method_id)


@dataclass(frozen=True)
class Store:
    """A store where orders are picked up, and how it would be told there."""

    place_id: int
    slug: str
    name: str
    street: str
    city: str
    country: str
    time_zone: str
    arrival: Arrival
    here: int = 0
    wanted: int = 0

    @property
    def key(self) -> str:
        return f"{STORE}{self.place_id}"

    @property
    def has_all(self) -> bool:
        return self.here == self.wanted > 0


def doors(cart: Cart, terms: Terms, buyer: Buyer) -> list[Door]:
    """Every way of delivery to a country for a bag."""
    return [Door(method, to_door(cart, terms, method, buyer)) for method in terms.methods]


def to_country(cart: Cart, country: str, method: str, buyer: Buyer) -> Priced:
    """The bag brought to a country by a method (by the first there is, for an empty one).

    Raises `NotDeliveredThere`, or `WayGone` for a method that does not lead there or not with so heavy a bag.
    """
    terms = terms_of(cart, country)
    if not terms.methods:
        raise NotDeliveredThere()
    chosen = terms.method(method)
    priced = to_door(cart, terms, chosen, buyer) if chosen else None
    if priced is None:
        raise WayGone()
    return priced


def open_stores(cart: Cart, holder: str) -> tuple[list[Store], dict[int, dict[int, int]]]:
    """The stores where orders are picked up, those with most of the bag first; and what each has of it."""
    there = picked_up_at_stores((line.variant_id for line in cart.lines), holder=holder)
    terms = pickup_terms()
    wanted = sum(line.quantity for line in cart.lines)
    found = []
    for place in stores():
        if place.id in there:
            said = terms.get(place.id)
            here = sum(line.quantity for line in cart_at(cart, there[place.id]).buyable)
            store = _store(place, said.fee_minor if said else 0, said.ready_after if said else READY_AFTER)
            found.append(replace(store, here=here, wanted=wanted))
    return sorted(found, key=lambda one: -one.here), there


def store_at(place_id: int) -> Store:
    """One store as it would be told now; raises `NoPickupThere`. What it has is asked in `in_store_at`."""
    try:
        place = place_by_id(place_id)
    except PlaceNotFound:
        raise NoPickupThere() from None
    if not place.is_store or not place.pickup or place.closed_at is not None:
        raise NoPickupThere()
    said = pickup_terms().get(place_id)
    return _store(place, said.fee_minor if said else 0, said.ready_after if said else READY_AFTER)


def in_store_at(cart: Cart, store: Store, buyer: Buyer, holder: str) -> Priced:
    """The bag picked up there, with what hangs there now. Raises `NoPickupThere`."""
    there = picked_up_at_stores((line.variant_id for line in cart.lines), holder=holder)
    if store.place_id not in there:
        raise NoPickupThere()
    bag = cart_at(cart, there[store.place_id])
    return in_store(bag, terms_of(bag, store.country), store.arrival, buyer)


def cart_at(cart: Cart, there: Mapping[int, int]) -> Cart:
    """The bag as it stands at a place that has so many of each variant."""
    lines = tuple(line._replace(available=there.get(line.variant_id, 0)) for line in cart.lines)
    return Cart(lines, cart.currency)


def first_of(offered: Sequence[Door], shops: Sequence[Store], buyable: bool) -> str:
    """What is chosen for whoever has not chosen: the first way to the door; in a store when there is none."""
    for door in offered:
        if door.priced is not None and buyable:
            return door.key
    return next((store.key for store in shops if store.here), "")


def _store(place: Place, fee_minor: int, ready_after: int) -> Store:
    when = ready_at(hours_of(place), place.local(clock.now()), ready_after)
    arrival = Arrival(
        place_id=place.id, name=place.name, price_minor=fee_minor, back_minor=fee_minor, ready_at=when
    )
    return Store(
        place_id=place.id,
        slug=place.slug,
        name=place.name,
        street=place.street,
        city=place.city,
        country=place.country,
        time_zone=place.time_zone,
        arrival=arrival,
    )
