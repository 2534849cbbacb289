"""What acts on signals are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "signals.notice": _l("Something noticed"),
    "signals.hold": _l("Held until somebody has looked"),
    "signals.answer": _l("The editor answered"),
    "signals.release": _l("Looked at and released"),
    "signals.reverse": _l("Looked at and taken back"),
}
SUBJECTS = {"signal_case": _l("case")}
PARTS = {"commissions.signals": _l("fraud control")}
