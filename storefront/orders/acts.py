"""What acts on orders are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "orders.place": _l("Ordered"),
    "orders.paid": _l("Paid"),
    "orders.processing": _l("Payment on its way"),
    "orders.expired": _l("Expired"),
    "orders.cancelled": _l("Cancelled"),
    "orders.needs_review": _l("Put aside for a look"),
    "orders.paid_too_late": _l("Paid after it had ended"),
    "orders.pieces_gone": _l("Its pieces were gone"),
    "orders.hand_over": _l("Delivered or handed over"),
    "orders.dispute": _l("Dispute"),
}
SUBJECTS = {
    "order": _l("order"),
}
PARTS = {
    "checkout": _l("checkout"),
    "orders": _l("orders"),
}
