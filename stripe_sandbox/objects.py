"""The bodies of sessions, payments and events, as Stripe's document of our pinned version has them."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from foundation.settings import current

Body = dict[str, Any]


def iso(moment: int) -> str:
    """The time as v2 writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def session(new_id: str, params: Body, amount: int, currency: str, now: int, url: str) -> Body:
    """A fresh checkout session: open, unpaid, no payment intent before the first try."""
    return {
        "id": new_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": now,
        "currency": currency,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_details": None,
        "customer_email": params.get("customer_email"),
        "expires_at": int(params["expires_at"]),
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_link": None,
        "payment_method_types": ["card", "sepa_debit"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": url,
    }


def line_item(new_id: str, line: Body, amount: int, currency: str, now: int) -> Body:
    """One line of a session."""
    data = line["price_data"]
    suffix = new_id.rsplit("_", 1)[-1]
    return {
        "id": new_id,
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": currency,
        "description": data["product_data"]["name"],
        "quantity": int(line.get("quantity", 1)),
        "price": {
            "id": f"price_demo_{suffix}",
            "object": "price",
            "active": False,
            "billing_scheme": "per_unit",
            "created": now,
            "currency": currency,
            "livemode": False,
            "metadata": {},
            "product": f"prod_demo_{suffix}",
            "type": "one_time",
            "unit_amount": int(data["unit_amount"]),
            "unit_amount_decimal": str(data["unit_amount"]),
        },
    }


def intent(new_id: str, amount: int, currency: str, now: int, data: Body) -> Body:
    """A payment intent made by a session; metadata and group come from `payment_intent_data` alone."""
    return {
        "id": new_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "created": now,
        "currency": currency,
        "description": data.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "payment_method_types": ["card", "sepa_debit"],
        "status": "requires_payment_method",
        "transfer_group": data.get("transfer_group"),
    }


def card(number: str) -> Body:
    """How a charge by card says so; the same number, whatever it is, has the same fingerprint."""
    return {
        "type": "card",
        "card": {
            "brand": "visa",
            "country": "IT",
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": sha256(number.lower().encode()).hexdigest()[:16],
            "funding": "debit",
            "last4": "4242",
        },
    }


def charge(
    new_id: str, made_by: Body, now: int, status: str, person: Body, paid_by: Body | None = None
) -> Body:
    """A charge of an intent: pending, succeeded or failed; `paid_by` its card, None for a bank transfer."""
    succeeded = status == "succeeded"
    return {
        "id": new_id,
        "object": "charge",
        "amount": made_by["amount"],
        "amount_captured": made_by["amount"] if succeeded else 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {
            "address": None,
            "email": person.get("email"),
            "name": person.get("name"),
            "phone": None,
        },
        "captured": status != "failed",
        "created": now,
        "currency": made_by["currency"],
        "description": made_by["description"],
        "disputed": False,
        "failure_code": "card_declined" if status == "failed" else None,
        "failure_message": "Your card was declined." if status == "failed" else None,
        "livemode": False,
        "metadata": made_by["metadata"],
        "paid": status != "failed",
        "payment_intent": made_by["id"],
        "payment_method_details": paid_by,
        "refunded": False,
        "status": status,
        "transfer_group": made_by["transfer_group"],
    }


def event(
    new_id: str, kind: str, now: int, about: Body, version: str, before: Body | None, account: str
) -> Body:
    """A snapshot event; `account` only when it happened on a connected account."""
    data: Body = {"object": about}
    if before:
        data["previous_attributes"] = before
    body: Body = {
        "id": new_id,
        "object": "event",
        "api_version": version,
        "created": now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    if account:
        body["account"] = account
    return body


def thin_event(new_id: str, kind: str, now: int, account: str) -> Body:
    """A v2 event about an account: it names the object and carries no data."""
    return {
        "id": new_id,
        "object": "v2.core.event",
        "created": iso(now),
        "livemode": False,
        "related_object": {"id": account, "type": "v2.core.account", "url": f"/v2/core/accounts/{account}"},
        "type": kind,
    }


def bank_account(bank: str, account: str) -> Body:
    """Where the money of a connected account goes on to."""
    return {
        "id": bank,
        "object": "bank_account",
        "account": account,
        "account_holder_name": None,
        "account_holder_type": None,
        "bank_name": None,
        "country": "IT",
        "currency": current().currency.lower(),
        "default_for_currency": True,
        "fingerprint": "fp_" + bank[-12:],
        "last4": bank[-4:],
        "routing_number": None,
        "status": "new",
    }
