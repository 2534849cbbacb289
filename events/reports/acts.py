"""What is done with the figures of events is called where staff read of it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "reports.freeze": _l("Figures of an event final"),
}
PARTS = {"reports.count": _l("figures of events")}
