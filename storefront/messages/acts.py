"""What acts on messages are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "messages.write": _l("Shopper wrote about an order"),
    "messages.answer": _l("Shopper of an order written to"),
    "messages.close": _l("Conversation about an order closed"),
}
