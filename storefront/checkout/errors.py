"""From the bag to the payment page and back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict


class AlreadyPaid(Conflict):
    """The order this shopper had open turned out paid; `token` leads to its page."""

    sentence = _l("That order is paid already. Nothing was charged twice.")

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


class MovedOn(Conflict):
    """The order this form had made has ended; the form may be sent again."""

    sentence = _l("The payment page had closed. Nothing was charged: please press the button once more.")


class TooLittleToPay(Conflict):
    """There is something to pay, and less than the payment page takes."""

    def __init__(self, least: str) -> None:
        super().__init__(
            _l(
                "Less than %(least)s cannot be paid online. Nothing was ordered and your bag is kept: "
                "put another piece in, or leave a voucher out.",
                least=least,
            )
        )


class LookAgain(Conflict):
    """What the form showed holds no more: it is shown again as it is now, with all that was typed."""


class BagChanged(LookAgain):
    """The bag is no longer what the form showed: a price, a quantity, or what can be had."""

    sentence = _l("Your bag has changed since you opened this page. Please look at it again before you pay.")


class SumChanged(LookAgain):
    """The bag is what the form showed, but by what was chosen it comes to another sum or on another day."""

    sentence = _l(
        "The sum or the day has changed with the delivery you chose. Nothing was ordered: "
        "look it over and press again."
    )


class NotDeliveredThere(LookAgain):
    """No way of delivery leads to the country."""

    sentence = _l(
        "We do not deliver to that country yet. Nothing was ordered and your bag is kept: "
        "choose another country, or pick up in a store."
    )


class WayGone(LookAgain):
    """The chosen way of delivery does not lead to the country, is offered no more, or is for lighter bags."""

    sentence = _l(
        "We no longer offer the delivery you had chosen for this order. Nothing was ordered: "
        "choose another one and press again."
    )


class NoPickupThere(LookAgain):
    """The chosen store is shut for good, or hands out no orders just now."""

    sentence = _l(
        "Orders cannot be picked up in that store any more. Nothing was ordered and your bag is kept: "
        "choose another store, or have it delivered."
    )
