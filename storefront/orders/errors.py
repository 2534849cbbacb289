from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound


class OrderUnknown(NotFound):
    sentence = _l("We could not find that order.")


class NotPaidYet(Conflict):
    sentence = _l("This order has not been paid.")


class AlreadyHandedOver(Conflict):
    sentence = _l("This order was handed over before.")


class NothingChosen(Invalid):
    sentence = _l("Choose at least one piece to give back.")


class MoreThanPaid(Conflict):
    sentence = _l("That is more than can still be given back on this order. Nothing was changed.")


class PaymentIsDisputed(Conflict):
    sentence = _l(
        "The shopper’s bank is disputing this payment: until it decides, no money can be given back."
    )
