"""What acts at a till are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Why a sale at a till is handed over, as it is written down.
OVER_THE_COUNTER = "over_the_counter"

ACTS = {
    "till.discount": _l("Taken off at the till"),
    "till.advice": _l("Advice of staff marked at the till"),
    "till.credit": _l("Credit set at the till"),
    "till.occasion": _l("Event chosen at the till"),
    "till.paid_back": _l("Paid back over the counter"),
    "till.float": _l("Opening float written down"),
    "till.counted": _l("Drawer counted"),
}
SUBJECTS = {
    "basket": _l("basket"),
    "till_day": _l("day of a till"),
}
PARTS = {
    "till": _l("till"),
}
REASONS = {
    OVER_THE_COUNTER: _l("Sold over the counter."),
}
