from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class NoSuchTicket(NotFound):
    sentence = _l("There is no such ticket. Perhaps the address was cut off on its way.")


class NotOpen(Conflict):
    sentence = _l("This evening takes no more guests: it has begun, or it was called off.")


class TooManyPeople(Invalid):
    sentence = _l("That is more people than one invitation brings.")


class NoSeatForTwo(Conflict):
    sentence = _l("There is no seat free for one more. Yours stays as it was.")


class OfferOver(Conflict):
    sentence = _l("This seat went to somebody else meanwhile.")


class NotAnAddress(Invalid):
    sentence = _l("This does not look like an e-mail address.")


class AddressWorks(Conflict):
    sentence = _l("Letters reach this guest: the address stays as it is.")


class AddressTaken(Conflict):
    sentence = _l("Somebody on this list has that address already.")


class FewerThanGuests(Conflict):
    def __init__(self, taken: int) -> None:
        super().__init__(_l("Seats taken or offered already: %(taken)s. Not fewer than that.", taken=taken))


class ReasonNeeded(Invalid):
    sentence = _l("Say why in a sentence: who waited longer may ask.")


class NobodyToRelease(Conflict):
    sentence = _l("Nobody has left it unanswered for long enough: nothing changes.")


class NotAnnounced(Conflict):
    sentence = _l("It was not announced that seats nobody confirms go on, so they stay.")


class NotWaiting(Conflict):
    sentence = _l("They are no longer on the waiting list.")
