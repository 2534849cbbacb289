"""What the operator can let happen. Each act is a function of the memory and one id or number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foundation.settings import current
from stripe_sandbox import announcements, disputes, refunds, shopper, transfers
from stripe_sandbox.errors import ApiError, bad_parameter
from stripe_sandbox.models import DeliveryMode
from stripe_sandbox.store import Store

Act = Callable[[Store, str], object]


def refund_rest(store: Store, charge: str) -> None:
    """Somebody refunds a charge in the Dashboard, past the shop."""
    refunds.refund_charge(store, store.get("charge", charge, lock=True), None, {})


def refund_part(store: Store, charge: str) -> None:
    """Somebody refunds a thousand minor units of a charge in the Dashboard, or its rest when that is less."""
    row = store.get("charge", charge, lock=True)
    rest = row.body["amount"] - row.body["amount_refunded"]
    refunds.refund_charge(store, row, min(1000, rest) or 1, {})


def set_mode(store: Store, mode: str) -> None:
    """What happens to events from now on."""
    if mode not in set(DeliveryMode):
        raise bad_parameter("mode", f"No such mode: {mode}")
    store.control(lock=True).delivery_mode = mode


def top_up(store: Store, minor: str) -> None:
    """The retailer adds money to its balance, at most ten million of its minor unit at a time."""
    if not minor.isdecimal() or not 1 <= int(minor) <= 10_000_000:
        raise ApiError("Between 1 and 10,000,000 in minor units, please.")
    transfers.top_up(store, int(minor), current().currency.lower())


ACTS: Mapping[str, Act] = {
    "arrive": lambda store, what: shopper.settle(store, what, True),
    "bounce": lambda store, what: shopper.settle(store, what, False),
    "refund": refund_rest,
    "refund_part": refund_part,
    "fail_refund": refunds.fail_refund,
    "dispute": disputes.open_dispute,
    "win": lambda store, what: disputes.decide(store, what, won=True),
    "lose": lambda store, what: disputes.decide(store, what, won=False),
    "pay_out": transfers.pay_out_balances,
    "fail_payout": transfers.fail_payout,
    "top_up": top_up,
    "mode": set_mode,
    "release": lambda store, _: announcements.release_held(store, newest_first=False),
    "release_reversed": lambda store, _: announcements.release_held(store, newest_first=True),
    "resend": lambda store, what: announcements.send_again(store, what),
    "resend_twice": lambda store, what: announcements.send_again(store, what, copies=2),
}
