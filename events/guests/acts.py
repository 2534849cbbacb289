"""What acts on guests are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "guests.ask": _l("Guest asked for a seat"),
    "guests.change": _l("Guest changed who comes"),
    "guests.give_back": _l("Seat given back"),
    "guests.take": _l("Offered seat taken"),
    "guests.confirm": _l("Guest confirmed"),
    "guests.admit": _l("Guest admitted"),
    "guests.decline": _l("Guest declined"),
    "guests.release": _l("Seat that nobody confirmed given on"),
    "guests.invite": _l("Guest invited"),
    "guests.chase": _l("Guest asked a second time"),
    "guests.address": _l("Address of a guest put right"),
    "guests.reorder": _l("Order of a waiting list changed"),
    "guests.capacity": _l("Seats of an event changed"),
}
SUBJECTS = {"rsvp": _l("guest of an event")}
