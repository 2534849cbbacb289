from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchEvent(NotFound):
    sentence = _l("There is no such event.")


class NoSuchRoom(NotFound):
    sentence = _l("There is no such room in this store.")


class RoomTaken(Conflict):
    sentence = _l("Another event has this room at that time. Choose another room or another time.")


class RoomTooSmall(Invalid):
    sentence = _l("The room has fewer seats than that. Choose a larger one or invite fewer people.")


class LinkNeeded(Invalid):
    sentence = _l("Guests join by a link: write one that begins with https://.")


class OutsideOpeningHours(Invalid):
    sentence = _l("The store is closed that day, or the time is more than three hours outside of its hours.")


class NotThatLong(Invalid):
    sentence = _l("An event lasts between half an hour and twelve hours.")


class InThePast(Invalid):
    sentence = _l("Choose a time that is still to come.")


class TooSoon(Invalid):
    sentence = _l("Choose a time that is still to come: the store needs a day to prepare.")


class AlreadyBegun(Conflict):
    sentence = _l("The event has begun, so this can no longer be changed.")


class NothingSuggested(Conflict):
    sentence = _l("This suggestion was answered already, or staff have replaced it with another.")


class NotEligible(Conflict):
    sentence = _l("Finish the lesson on hosting first; then you can propose an event.")


class HostRests(Conflict):
    sentence = _l("The membership of its host rests or has ended. Give it to another host first.")


class NoSuchHost(Invalid):
    sentence = _l(
        "No active style editor who may host has this address. It stands at the end of their window’s."
    )


class ReasonNeeded(Invalid):
    sentence = _l("Say why in a sentence: the other side reads it.")


class RoomNamed(Conflict):
    sentence = _l("The store has a room of this name, or had one.")


class RoomBooked(Conflict):
    sentence = _l("An event is booked in this room. Move it or call it off first.")
