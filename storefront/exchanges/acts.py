"""What acts on exchanges are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Why money of an exchange went back, as it is written down.
CHEAPER = "exchange_cheaper"
NOT_EXCHANGED = "exchange_off"

ACTS = {
    "exchanges.ask": _l("Exchange asked for"),
    "exchanges.paid": _l("Difference of an exchange paid"),
    "exchanges.approve": _l("Exchanged"),
    "exchanges.send": _l("Exchanged piece sent"),
    "exchanges.arrive": _l("Exchanged piece arrived"),
    "exchanges.call_off": _l("Exchange called off"),
    "exchanges.dispute": _l("Difference of an exchange disputed"),
}
REASONS = {
    CHEAPER: _l("The piece taken in exchange costs less."),
    NOT_EXCHANGED: _l("The difference was paid, and nothing was exchanged."),
}
PARTS = {
    "exchanges": _l("exchanges"),
}
