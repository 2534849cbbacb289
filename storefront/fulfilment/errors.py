from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class TooLateToCancel(Conflict):
    sentence = _l("Somebody is packing it already. Take it, and send back what you do not want.")


class NothingOnItsWay(Conflict):
    sentence = _l("This order has not been paid, so there is nothing to pack.")


class WrongWayOut(Conflict):
    sentence = _l("What is collected in a store is not sent, and what is sent is not collected.")
