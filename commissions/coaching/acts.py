"""What acts on coaching plans are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "coaching.begin": _l("Coaching plan begun"),
    "coaching.end": _l("Coaching plan ended"),
}
SUBJECTS = {"coaching_plan": _l("coaching plan")}
PARTS = {"commissions.coaching": _l("coaching")}
