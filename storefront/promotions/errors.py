from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, NotFound
from storefront.promotions.policy import Why

SENTENCES = {
    Why.UNKNOWN: _l("We do not know the code %(code)s. Please check how it is written."),
    Why.NOT_YET: _l("%(code)s does not count yet."),
    Why.OVER: _l("%(code)s has expired: its last day is past."),
    Why.USED_UP: _l("%(code)s has been used up."),
    Why.USED_BY_YOU: _l("You have used %(code)s as often as one person may."),
    Why.NOT_FIRST: _l("%(code)s is for a first order, and you have ordered here before."),
    Why.NOT_COVERED: _l("%(code)s counts for other pieces than those in your bag."),
    Why.MINIMUM: _l("%(code)s needs a little more in the bag."),
    Why.TOO_FEW: _l("%(code)s needs more pieces in the bag."),
    Why.LESS: _l("%(code)s waits: what is offered without it gives you more."),
    Why.OFFERED: _l("%(code)s counts by itself, without typing, as soon as your bag is right for it."),
    Why.SPENT: _l("Less of your store credit is left by now. Look at the sum again."),
    Why.NO_DELIVERY: _l("%(code)s makes delivery free, and there is nothing to pay for delivery here."),
}


class VoucherRefused(Conflict):
    """A voucher does not count for this order; `why` says the reason and `code` which one."""

    def __init__(self, code: str, why: Why) -> None:
        super().__init__()
        self.voucher, self.why = code, why

    def __str__(self) -> str:
        return str(SENTENCES[self.why]) % {"code": self.voucher}


class VoucherUnknown(NotFound):
    sentence: Any = _l("There is no such voucher.")


class CodeTaken(Conflict):
    sentence = _l("There is a voucher with this code already.")
