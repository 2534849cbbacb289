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


class BagChanged(Conflict):
    """The bag is no longer what the form showed: a price, a quantity, or what can be had."""

    sentence = _l("Your bag has changed since you opened this page. Please look at it again before you pay.")
