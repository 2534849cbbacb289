from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid


class DoorShut(Conflict):
    sentence = _l("The list of the door is there from a day before an evening until two weeks after it.")


class NotYetOpen(Conflict):
    sentence = _l("The doors open an hour before it begins.")


class TooManyScans(Invalid):
    sentence = _l("That is more than one upload may hold.")


class FullHouse(Conflict):
    sentence = _l("Every seat is taken. Say in a few words why they come in all the same.")


class ConsentNeeded(Invalid):
    sentence = _l("An address is kept only of who agreed to it.")


class TicketNeeded(Invalid):
    sentence = _l("Scan a ticket, or type the code that stands in its address.")


class NothingSent(Invalid):
    sentence = _l("What this phone sent could not be read. It keeps it, and tries again.")
