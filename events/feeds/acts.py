"""What acts on calendars of evenings are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {"events.feed": _l("Address of a calendar of evenings made")}
