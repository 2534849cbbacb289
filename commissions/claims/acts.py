"""What acts on receipts are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "receipts.decide": _l("Decided who gets credit"),
    "receipts.correct": _l("Corrected who gets credit"),
}
PARTS = {
    "commissions": _l("commissions"),
    "commissions.clicks": _l("clicks of links"),
    "commissions.mature": _l("end of the waiting time"),
}
