"""What acts on the books are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "ledger.close_month": _l("Month of the books closed"),
}
SUBJECTS = {
    "ledger_month": _l("month of the books"),
}
PARTS = {
    "commissions.ledger": _l("books"),
}
