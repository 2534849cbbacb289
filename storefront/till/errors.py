from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Forbidden, Invalid, NotFound
from foundation.money import Money
from foundation.web.formats import money
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.policy import Why


class BasketUnknown(NotFound):
    sentence = _l("There is no such basket at this till.")


class PieceUnknown(NotFound):
    sentence = _l("No piece on sale has that number.")


class NothingRungUp(Conflict):
    sentence = _l("The basket is empty: there is nothing to pay.")


class NothingToPay(Conflict):
    sentence = _l("This basket comes to nothing, so no money is taken for it.")


class BasketChanged(Conflict):
    sentence = _l("The basket has changed since this page was opened. Look at the sum and press again.")


class TooLittleGiven(Invalid):
    sentence = _l("That is less than the sum.")


class ReceiptTaken(Conflict):
    sentence = _l("This terminal’s receipt number stands on another sale of today.")


class TooMuchOff(Forbidden):
    sentence = _l("So much off is for somebody with another role.")


class TooMuchOffNow(TooMuchOff):
    sentence = _l(
        "The amount taken off a line is too much for what that line comes to now. Take less off it, or ask "
        "somebody with another role."
    )


class CustomerNeeded(Conflict):
    sentence = _l("This voucher counts once for each person: choose the customer first.")


class OfferOnTheWeb(VoucherRefused):
    """What counts by itself counts in the web shop; its name is no code to type."""

    def __init__(self, code: str) -> None:
        super().__init__(code, Why.OFFERED)

    def __str__(self) -> str:
        return _("%(code)s is offered in the web shop, where it counts by itself.", code=self.voucher)


class AnotherOpen(Conflict):
    sentence = _l("Another basket is open. Park it first.")


class AlreadyCounted(Conflict):
    sentence = _l("This day was counted before.")


class DifferenceUnexplained(Conflict):
    """What was counted is not what our rows say, and nobody said why: perhaps it was mistyped."""

    def __init__(self, difference: Money) -> None:
        self.difference = difference
        super().__init__()

    def __str__(self) -> str:
        if self.difference.minor > 0:
            return _(
                "That is %(amount)s too much. Count once more, or say why.", amount=money(self.difference)
            )
        return _("%(amount)s is missing. Count once more, or say why.", amount=money(-self.difference))


class NotOpenedYet(Conflict):
    sentence = _l("Write down first what lay in the drawer this morning.")


class NoStoreYet(Conflict):
    sentence = _l("Choose first in which store this till stands.")
