"""What hitches of evenings are called where staff read of who acted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

PARTS = {"events.hitches": _l("what comes between evenings")}
