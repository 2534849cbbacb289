"""What acts on the codes of events are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {"perks.give": _l("Code for the guests of an event given")}
PARTS = {"events.perks": _l("codes of events")}
