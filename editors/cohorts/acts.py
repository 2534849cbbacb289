"""What acts on pilot groups are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "cohorts.save": _l("Group written"),
    "cohorts.join": _l("Joined a group"),
    "cohorts.leave": _l("Left a group"),
    "cohorts.pilot": _l("Who has a new feature was changed"),
}
SUBJECTS = {"cohort": _l("group"), "pilot": _l("new features")}
