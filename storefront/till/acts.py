"""What acts at a till are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Why a sale at a till is handed over, as it is written down.
OVER_THE_COUNTER = "over_the_counter"

ACTS = {
    "till.discount": _l("Taken off at the till"),
}
SUBJECTS = {
    "basket": _l("basket"),
}
PARTS = {
    "till": _l("till"),
}
REASONS = {
    OVER_THE_COUNTER: _l("Sold over the counter."),
}
