"""Stripe's rules that its API document does not spell out, as pure functions on values.

Amounts are minor units, times are seconds since 1970, currencies lower case, as on Stripe's wire.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stripe_sandbox.errors import ApiError, bad_parameter

HOUR = 3600
DAY = 24 * HOUR
SETTLES_AFTER = 2 * DAY
REPLIES_KEPT = DAY
EVENTS_KEPT = 30 * DAY
LINK_LIVES = 300
DISPUTE_FEE_MINOR = 2000
# A refund may take the balance a little below zero (Stripe debits the shop's bank); beyond that it waits.
OVERDRAFT_MINOR = 5000
FEE_BPS = 150
FEE_FIXED_MINOR = 25
MINIMUM_MINOR = {
    "eur": 50,
    "usd": 50,
    "gbp": 30,
    "chf": 50,
    "sek": 300,
    "dkk": 250,
    "nok": 300,
    "pln": 200,
    "jpy": 50,
    "kwd": 150,
    "isk": 100,
}
# Currencies whose amounts end in so many zeros: dinars in ten fils, and what gave up its cents in whole ones.
STEPS = {"bhd": 10, "jod": 10, "kwd": 10, "omr": 10, "tnd": 10, "isk": 100, "ugx": 100}
# Seconds until the next try after each failed one: close at first, then over three days.
RETRY_AFTER = (10, 60, 600, HOUR, 6 * HOUR, 12 * HOUR, DAY)


def charge_fee(amount: int) -> int:
    """1.5 % rounded half up, plus 0.25."""
    return (amount * FEE_BPS + 5000) // 10000 + FEE_FIXED_MINOR


def whole(params: dict[str, Any], name: str, default: int | None = None) -> int:
    """A whole number out of a form body."""
    raw = params.get(name)
    if raw is None and default is not None:
        return default
    try:
        return int(str(raw))
    except ValueError:
        raise bad_parameter(name, f"Invalid integer: {raw}", "parameter_invalid_integer") from None


def known_names(params: dict[str, Any], allowed: Iterable[str]) -> None:
    """Refuse what the call does not know, as Stripe does."""
    for name in params:
        if name not in allowed:
            raise bad_parameter(name, f"Received unknown parameter: {name}", "parameter_unknown")


def required(params: dict[str, Any], *names: str) -> None:
    """Refuse a call that leaves out what it needs."""
    for name in names:
        if params.get(name) in (None, "", [], {}):
            raise bad_parameter(name, f"Missing required param: {name}.", "parameter_missing")


def check_step(amount: int, currency: str) -> None:
    """No amount is finer than what its currency moves in."""
    step = STEPS.get(currency, 1)
    if amount % step:
        raise bad_parameter(
            "amount", f"Amounts in {currency} have to be multiples of {step}.", "parameter_invalid_integer"
        )


def check_minimum(amount: int, currency: str) -> None:
    """A charge has to be worth more than it costs."""
    least = MINIMUM_MINOR.get(currency)
    if least is None:
        raise bad_parameter("currency", f"Invalid currency: {currency}", "parameter_invalid_empty")
    if amount < least:
        raise ApiError(
            f"The Checkout Session's total amount must be at least {least} {currency} in minor units.",
            code="amount_too_small",
            param="line_items",
            began=False,
        )


def check_window(expires_at: int, now: int) -> None:
    """A session stays open for 30 minutes at least and 24 hours at most."""
    if expires_at < now + 30 * 60:
        raise bad_parameter("expires_at", "The `expires_at` timestamp must be at least 30 minutes from now.")
    if expires_at > now + DAY:
        raise bad_parameter("expires_at", "The `expires_at` timestamp must be less than 24 hours from now.")


def line_total(line: dict[str, Any], index: int) -> tuple[int, str]:
    """Amount and currency of one line item of a new session."""
    data = line.get("price_data")
    name = f"line_items[{index}]"
    if not isinstance(data, dict):
        raise bad_parameter(name, "You must specify either `price` or `price_data`.", "parameter_missing")
    required(data, "currency", "unit_amount", "product_data")
    required(data["product_data"], "name")
    unit, quantity = whole(data, "unit_amount"), whole(line, "quantity", 1)
    if unit < 0 or quantity < 1:
        raise bad_parameter(name, "Amounts and quantities have to be positive.", "parameter_invalid_integer")
    currency = str(data["currency"]).lower()
    check_step(unit, currency)
    return unit * quantity, currency


def session_total(lines: list[dict[str, Any]]) -> tuple[int, str]:
    """Sum of a session's lines; all of one currency."""
    totals = [line_total(line, index) for index, line in enumerate(lines)]
    currencies = {currency for _, currency in totals}
    if len(currencies) != 1:
        raise bad_parameter("line_items", "All line items must have the same currency.")
    return sum(amount for amount, _ in totals), currencies.pop()


def check_refund(amount: int, charged: int, refunded: int) -> None:
    """Never more than what is left of the charge."""
    if refunded >= charged:
        raise ApiError("Charge has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise bad_parameter("amount", "Invalid positive integer", "parameter_invalid_integer")
    if amount > charged - refunded:
        raise ApiError(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({charged - refunded})",
            param="amount",
        )


def check_transfer(amount: int, available: int, active: bool) -> None:
    """A transfer needs a payee who may receive it and money that is there."""
    if amount < 1:
        raise bad_parameter("amount", "Invalid positive integer", "parameter_invalid_integer")
    if not active:
        raise ApiError(
            "Your destination account needs to have one of these capabilities enabled: transfers",
            code="insufficient_capabilities_for_transfer",
        )
    if amount > available:
        raise ApiError(
            "You have insufficient available funds in your Stripe account.", code="balance_insufficient"
        )


def check_reversal(amount: int, transferred: int, reversed_: int, payee_balance: int) -> None:
    """Never more than the rest of the transfer, and only what the payee's balance still covers."""
    if amount < 1:
        raise bad_parameter("amount", "Invalid positive integer", "parameter_invalid_integer")
    if amount > transferred - reversed_:
        raise ApiError(
            f"Reversal amount ({amount}) is greater than unreversed amount ({transferred - reversed_})",
            param="amount",
        )
    if amount > payee_balance:
        raise ApiError("The account has insufficient funds for this reversal.", code="balance_insufficient")


def wants(enabled: list[str], event_type: str) -> bool:
    """Whether a destination asked for this kind of event."""
    return "*" in enabled or event_type in enabled
