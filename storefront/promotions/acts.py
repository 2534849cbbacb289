"""What acts on vouchers are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "promotions.make": _l("Made a voucher"),
    "promotions.move": _l("Days of a voucher moved"),
    "promotions.pause": _l("Paused a voucher"),
    "promotions.resume": _l("Let a voucher count again"),
}
SUBJECTS = {
    "voucher": _l("voucher"),
}
