"""Reasons and states of returns in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from storefront.sendbacks.models import SendbackStatus, Way, Why

WHYS: dict[Why, Any] = {
    Why.TOO_SMALL: _l("Too small"),
    Why.TOO_LARGE: _l("Too large"),
    Why.OTHER_THAN_SHOWN: _l("Not as it looked here"),
    Why.FAULTY: _l("Something is broken"),
    Why.WRONG_PIECE: _l("Not what I ordered"),
    Why.CHANGED_MIND: _l("Changed my mind"),
}
WAYS: dict[Way, Any] = {
    Way.STORE: _l("I bring it to a store"),
    Way.SHIP: _l("I send a parcel"),
}
# A settled return of which no money goes back: all of it became other sizes and colours.
EXCHANGED = _l("Exchanged")
STATUSES: dict[SendbackStatus, tuple[Any, str]] = {
    SendbackStatus.ASKED: (_l("On its way to us"), ""),
    SendbackStatus.RECEIVED: (_l("With us, being looked at"), "warn"),
    SendbackStatus.SETTLED: (_l("Given back"), "good"),
    SendbackStatus.REFUSED: (_l("Not accepted"), "bad"),
    SendbackStatus.CANCELLED: (_l("You keep it"), ""),
}
