"""Which store this till stands in: chosen once, kept in the signed session."""

from __future__ import annotations

from flask import session

from storefront.places.models import Place
from storefront.till.errors import NoStoreYet
from storefront.till.queries import store_of_till

STORE, TERMINAL = "till_store", "till_terminal"


def store_here() -> Place | None:
    """The store of this till; None before one was chosen, and once it is shut for good."""
    kept = session.get(STORE)
    return store_of_till(kept) if isinstance(kept, int) else None


def stand_in(place: Place) -> None:
    """From now on this till stands there."""
    session[STORE] = place.id


def this_store() -> Place:
    """The store of this till; raises `NoStoreYet`."""
    place = store_here()
    if place is None:
        raise NoStoreYet()
    return place


def terminal_here() -> str:
    """The terminal that was used last at this till."""
    return str(session.get(TERMINAL, ""))


def remember_terminal(name: str) -> None:
    session[TERMINAL] = name
