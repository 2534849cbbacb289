"""What acts on store credit and donations are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "instead.take_credit": _l("Took what was payable as store credit"),
    "instead.donate": _l("Gave what was payable to a cause"),
    "causes.name": _l("Named a cause"),
    "causes.reword": _l("Changed the words of a cause"),
    "causes.end": _l("Ended a cause"),
    "causes.open": _l("Opened a cause again"),
    "causes.mark_paid": _l("Marked paid what was owed to a cause"),
}
SUBJECTS = {
    "cause": _l("cause"),
}
PARTS = {
    "commissions.instead": _l("store credit"),
}
