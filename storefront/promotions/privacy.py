"""What vouchers know of a person: those beside the bag, and their credit. Uses name a hash and nobody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT vouchers.code, bag_vouchers.added_at FROM bag_vouchers
    JOIN vouchers ON vouchers.id = bag_vouchers.voucher_id WHERE bag_vouchers.account_id = :account_id
    UNION ALL
    SELECT 'store credit, ' || (amount_minor - spent_minor) || ' left in minor units', made_at FROM vouchers
    WHERE account_id = :account_id
    """
)
_FORGET = text("DELETE FROM bag_vouchers WHERE account_id = :account_id")
_CREDIT_ENDS = text("UPDATE vouchers SET status = 'paused' WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="vouchers",
    title=_l("Vouchers beside your bag, and store credit"),
    promise=_l(
        "So that they count when you order. Vouchers are forgotten at once; what is left of your store "
        "credit ends with your account, so spend it first."
    ),
    tables=("bag_vouchers", "vouchers"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET, _CREDIT_ENDS], person),
)
