"""The steps of an order's pieces in words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from foundation.web.formats import day as day_words
from storefront.fulfilment.models import FulfilmentStatus, ShutNotice
from storefront.orders.models import Delivery

# In the shopper's time line.
STEP_WORDS: dict[FulfilmentStatus, Any] = {
    FulfilmentStatus.WAITING: _l("Waits to be picked"),
    FulfilmentStatus.PICKING: _l("Being picked from the shelf"),
    FulfilmentStatus.PACKED: _l("Packed"),
    FulfilmentStatus.SENT: _l("Parcel sent"),
    FulfilmentStatus.READY: _l("Ready in the store"),
    FulfilmentStatus.DONE: _l("With you"),
    FulfilmentStatus.CANCELLED: _l("Called off"),
}
ACT_WORDS: dict[FulfilmentStatus, Any] = {
    FulfilmentStatus.WAITING: _l("Put it back"),
    FulfilmentStatus.PICKING: _l("Start picking"),
    FulfilmentStatus.PACKED: _l("It is packed"),
    FulfilmentStatus.READY: _l("It lies ready"),
}


def next_steps(status: FulfilmentStatus, delivery: str) -> list[tuple[FulfilmentStatus, str]]:
    """The steps that one button takes, with its words; a parcel leaves by its own form."""
    on = {
        FulfilmentStatus.WAITING: [FulfilmentStatus.PICKING],
        FulfilmentStatus.PICKING: [FulfilmentStatus.PACKED, FulfilmentStatus.WAITING],
        FulfilmentStatus.PACKED: [FulfilmentStatus.READY] if delivery == Delivery.PICKUP else [],
    }.get(status, [])
    return [(step, str(ACT_WORDS[step])) for step in on]


def shut_words(one: ShutNotice) -> str:
    """Which store is shut, and when."""
    if one.for_good:
        return _("%(place)s is closed for good", place=one.place.name)
    return _("%(place)s is closed on %(day)s", place=one.place.name, day=day_words(one.day, "day"))
