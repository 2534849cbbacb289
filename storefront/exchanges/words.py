"""Exchanges in words."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from storefront.exchanges.models import ExchangeStatus, WhyOff
from storefront.orders.models import Dispute

STATUSES: dict[ExchangeStatus, tuple[Any, str]] = {
    ExchangeStatus.UNPAID: (_l("Waits for the difference"), "warn"),
    ExchangeStatus.ASKED: (_l("Kept for you"), ""),
    ExchangeStatus.APPROVED: (_l("Being packed"), ""),
    ExchangeStatus.SENT: (_l("On its way to you"), ""),
    ExchangeStatus.DONE: (_l("With you"), "good"),
    ExchangeStatus.OFF: (_l("Not exchanged"), ""),
}
# The same for staff, who are not the ones it is kept for.
AT_THE_DESK: dict[ExchangeStatus, tuple[Any, str]] = STATUSES | {
    ExchangeStatus.ASKED: (_l("Kept, the old piece is awaited"), ""),
    ExchangeStatus.APPROVED: (_l("To pack"), "warn"),
    ExchangeStatus.SENT: (_l("On its way"), ""),
    ExchangeStatus.DONE: (_l("With the shopper"), "good"),
}
WHYS: dict[WhyOff, Any] = {
    WhyOff.GONE: _l("The other one was sold out by then."),
    WhyOff.UNPAID: _l("The difference was not paid in time."),
    WhyOff.KEPT: _l("The piece was kept after all."),
    WhyOff.REFUSED: _l("The piece could not be accepted."),
    WhyOff.MONEY: _l("Money goes back instead."),
    WhyOff.DISPUTED: _l("The bank took the difference back."),
}
# Where the bank stands with a difference, for staff; nothing is said of one it left to us.
AT_THE_BANK: dict[Dispute, tuple[Any, str]] = {
    Dispute.OPEN: (_l("Difference disputed"), "bad"),
    Dispute.LOST: (_l("Difference taken back"), "bad"),
}
