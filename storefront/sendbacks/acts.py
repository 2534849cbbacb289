"""What acts on returns are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "sendbacks.ask": _l("Return announced"),
    "sendbacks.call_off": _l("Return called off"),
    "sendbacks.receive": _l("Return received"),
    "sendbacks.settle": _l("Return settled"),
}
