"""The bodies of Stripe's objects, as its document of our pinned version has them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from stripe_sandbox.models import SandboxMovement

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


def charge(new_id: str, made_by: Body, now: int, status: str, person: Body) -> Body:
    """A charge of an intent: pending, succeeded or failed."""
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
        "refunded": False,
        "status": status,
        "transfer_group": made_by["transfer_group"],
    }


def refund(new_id: str, of: Body, amount: int, now: int, params: Body, status: str) -> Body:
    """A refund of a charge."""
    body = {
        "id": new_id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "metadata": params.get("metadata", {}),
        "payment_intent": of["payment_intent"],
        "reason": params.get("reason"),
        "status": status,
    }
    if status == "pending":
        body["pending_reason"] = "insufficient_funds"
    return body


def transfer(new_id: str, params: Body, amount: int, now: int, payment: str) -> Body:
    """Money on its way from the platform to a connected account."""
    return {
        "id": new_id,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": now,
        "currency": str(params["currency"]).lower(),
        "description": params.get("description"),
        "destination": params["destination"],
        "destination_payment": payment,
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "reversals": {
            "object": "list",
            "data": [],
            "has_more": False,
            "url": f"/v1/transfers/{new_id}/reversals",
        },
        "reversed": False,
        "source_transaction": None,
        "source_type": "card",
        "transfer_group": params.get("transfer_group"),
    }


def reversal(new_id: str, of: Body, amount: int, now: int, metadata: Body) -> Body:
    """Part of a transfer taken back."""
    return {
        "id": new_id,
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": None,
        "created": now,
        "currency": of["currency"],
        "destination_payment_refund": None,
        "metadata": metadata,
        "source_refund": None,
        "transfer": of["id"],
    }


def payout(new_id: str, amount: int, currency: str, now: int, arrives: int) -> Body:
    """Money on its way from a balance to a bank."""
    return {
        "id": new_id,
        "object": "payout",
        "amount": amount,
        "arrival_date": arrives,
        "automatic": True,
        "balance_transaction": None,
        "created": now,
        "currency": currency,
        "description": "STRIPE PAYOUT",
        "destination": "ba_demo_account",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "reconciliation_status": "in_progress",
        "source_type": "card",
        "status": "in_transit",
        "type": "bank_account",
    }


def dispute(new_id: str, of: Body, now: int, movements: list[Body], due_by: int) -> Body:
    """A shopper's bank takes a charge back."""
    return {
        "id": new_id,
        "object": "dispute",
        "amount": of["amount"],
        "balance_transactions": movements,
        "charge": of["id"],
        "created": now,
        "currency": of["currency"],
        "enhanced_eligibility_types": [],
        "evidence": evidence({}),
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": of["payment_intent"],
        "reason": "product_not_received",
        "status": "needs_response",
    }


def movement(row: SandboxMovement, now: int) -> Body:
    """A balance transaction."""
    fees = [
        {
            "amount": row.fee,
            "application": None,
            "currency": row.currency,
            "description": "Stripe processing fees",
        }
    ]
    return {
        "id": row.id,
        "object": "balance_transaction",
        "amount": row.amount,
        "available_on": row.available_on,
        "balance_type": "payments",
        "created": row.created,
        "currency": row.currency,
        "description": None,
        "exchange_rate": None,
        "fee": row.fee,
        "fee_details": [{**fee, "type": "stripe_fee"} for fee in fees] if row.fee else [],
        "net": row.net,
        "reporting_category": row.category,
        "source": row.source,
        "status": "available" if row.available_on <= now else "pending",
        "type": row.kind,
    }


def balance(by_currency: dict[str, tuple[int, int]]) -> Body:
    """The balance of the platform or of a connected account."""
    rows = by_currency or {"eur": (0, 0)}
    return {
        "object": "balance",
        "available": [
            {"amount": a, "currency": c, "source_types": {"card": a}} for c, (a, _) in rows.items()
        ],
        "pending": [{"amount": p, "currency": c, "source_types": {"card": p}} for c, (_, p) in rows.items()],
        "livemode": False,
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


EVIDENCE = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
]


def evidence(given: Body) -> Body:
    """What the shop told the bank."""
    return {**dict.fromkeys(EVIDENCE), "enhanced_evidence": {}, **given}
