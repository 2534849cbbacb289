"""What was taken off an order, in words."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from foundation.web.formats import listed
from storefront.promotions.policy import is_credit


def taken_off_by(codes: Sequence[str]) -> str:
    """The vouchers of an order by their codes, as its sums name them; empty where it has none."""
    typed = [code for code in codes if not is_credit(code)]
    if len(typed) == len(codes):
        if not typed:
            return ""
        if len(typed) == 1:
            return _("Voucher %(code)s", code=typed[0])
        return _("Vouchers %(codes)s", codes=listed(typed))
    if not typed:
        return _("Your store credit")
    return _("%(codes)s and store credit", codes=listed(typed))
