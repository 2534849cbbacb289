"""What acts on steps are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from editors.tiers.actions import MOVER

ACTS = {
    "tiers.save": _l("Step written"),
    "tiers.retire": _l("Step taken away"),
    "tiers.up": _l("Moved up a step"),
    "tiers.warn": _l("Told that a step is in question"),
    "tiers.saved": _l("Step kept after all"),
    "tiers.down": _l("Moved down a step"),
    "tiers.stay": _l("On no step any more"),
}
SUBJECTS = {"tier": _l("step")}
PARTS = {MOVER.label: _l("the nightly look at steps")}
