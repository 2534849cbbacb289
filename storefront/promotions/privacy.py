"""What vouchers know of a person: those beside the bag. Uses are counted by a hash that names nobody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT vouchers.code, bag_vouchers.added_at FROM bag_vouchers
    JOIN vouchers ON vouchers.id = bag_vouchers.voucher_id WHERE bag_vouchers.account_id = :account_id
    """
)
_FORGET = text("DELETE FROM bag_vouchers WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="vouchers",
    title=_l("Vouchers beside your bag"),
    promise=_l("So that they count when you order. Forgotten at once."),
    tables=("bag_vouchers",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
