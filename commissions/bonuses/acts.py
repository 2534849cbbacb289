"""What acts on bonuses are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "bonuses.add": _l("Bonus added"),
    "bonuses.end": _l("Bonus ended early"),
}
SUBJECTS = {"bonus": _l("bonus")}
PARTS = {"commissions.bonuses": _l("bonuses")}
