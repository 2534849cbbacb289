"""What acts on briefs are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "briefs.write": _l("Brief written"),
    "briefs.pick": _l("Pick added to a brief"),
    "briefs.drop_pick": _l("Pick taken out of a brief"),
    "briefs.end": _l("Brief taken down"),
}
SUBJECTS = {"brief": _l("brief")}
