"""What acts on rates are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "rates.set": _l("Rate set"),
    "rates.cut": _l("Cut of a rate announced"),
    "rates.campaign": _l("Campaign added"),
    "rates.end_campaign": _l("Campaign ended early"),
    "rates.cap": _l("Cap set"),
}
SUBJECTS = {"rate_card": _l("rate"), "rate_cap": _l("cap")}
