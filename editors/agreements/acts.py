"""What acts on the agreement are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "agreements.write": _l("Draft of the agreement written"),
    "agreements.publish": _l("Agreement published"),
    "agreements.accept": _l("Agreement accepted"),
}
SUBJECTS = {"agreement": _l("agreement")}
