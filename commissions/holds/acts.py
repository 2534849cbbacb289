"""What acts on holds are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "holds.hold": _l("Sale held"),
    "holds.release": _l("Sale released"),
}
SUBJECTS = {"commission_hold": _l("hold")}
