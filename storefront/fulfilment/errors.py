from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound


class TooLateToCancel(Conflict):
    sentence = _l("Somebody is packing it already. Take it, and send back what you do not want.")


class NothingOnItsWay(Conflict):
    sentence = _l("This order has not been paid, so there is nothing to pack.")


class WrongWayOut(Conflict):
    sentence = _l("What is collected in a store is not sent, and what is sent is not collected.")


class NotAllThere(Conflict):
    sentence = _l("That place has not got all of its pieces to spare, so it cannot pick this order.")


class NoPickupThere(Conflict):
    sentence = _l("Nothing can be collected there. Choose a store that is open and offers it.")


class ShutForGood(Conflict):
    sentence = _l("That store is closed for good: nothing is picked there.")


class NothingToPrint(NotFound):
    sentence = _l("There is no slip to print: choose orders in the list first.")
