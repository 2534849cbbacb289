"""What acts on delivery and taxes are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "delivery.zone": _l("Zone written down"),
    "delivery.method": _l("Way of delivery written down"),
    "delivery.end": _l("Way of delivery no longer offered"),
    "delivery.resume": _l("Way of delivery offered again"),
    "delivery.pickup": _l("Terms of pick-up changed"),
    "delivery.tax": _l("Tax rate written down"),
    "delivery.tax_removed": _l("Tax rate to come taken away"),
}
SUBJECTS = {
    "delivery_zone": _l("zone"),
    "delivery_method": _l("way of delivery"),
    "tax_rate": _l("tax rate"),
}
