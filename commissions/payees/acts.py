"""What acts on payment accounts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "payees.status": _l("News of a payment account"),
    "payees.destination": _l("Another bank account behind a payment account"),
    "payees.bank": _l("News of a transfer to a bank"),
}
