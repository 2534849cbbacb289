from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound
from foundation.money import Money
from foundation.web.formats import money


class NothingChosen(Invalid):
    status = 422
    sentence = _l("Write an amount, such as 15 or 7.50.")


class MoreThanPayable(Invalid):
    """More than is payable and in no payout."""

    status = 422

    def __init__(self, payable: Money) -> None:
        super().__init__()
        self.payable = payable

    def __str__(self) -> str:
        return _("That is more than there is: at most %(amount)s.", amount=money(self.payable))


class PayableChanged(Conflict):
    """A payout run, a refund, another window of theirs: the sum is not the one that was on the page."""

    sentence = _l("What is payable changed meanwhile. Nothing was booked: look at the sum again.")


class NoSuchCause(NotFound):
    sentence = _l("There is no such cause, or it takes no gifts any more.")


class NameTaken(Conflict):
    sentence = _l("There is a cause with this name already.")


class OwedChanged(Conflict):
    """Somebody gave, or somebody paid, a moment ago."""

    sentence = _l("Another amount is owed to it by now. Look again before you mark it paid.")


class ReferenceMissing(Invalid):
    sentence = _l("Write the reference of the transfer: it is how the two sums find each other.")


class ReasonMissing(Invalid):
    sentence = _l("Write a few words on why. They stay with the decision, for whoever asks later.")
