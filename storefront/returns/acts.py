"""What acts on refunds are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Why money went back that came for an order that had ended, as it is written down.
PAID_TOO_LATE = "paid_too_late"

ACTS = {
    "returns.request": _l("Money back asked for"),
    "returns.pending": _l("Money on its way back"),
    "returns.succeeded": _l("Money given back"),
    "returns.failed": _l("Money back did not arrive"),
    "returns.cancelled": _l("Money back called off"),
}
PARTS = {
    "returns": _l("returns"),
}
REASONS = {
    PAID_TOO_LATE: _l("Paid after the order had ended; its pieces are gone."),
}
