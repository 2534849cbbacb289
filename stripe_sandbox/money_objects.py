"""The bodies of Stripe's objects about money that moved: refunds, transfers, payouts, disputes, balances."""

from __future__ import annotations

from typing import Any

from foundation.settings import current
from stripe_sandbox.models import SandboxMovement

Body = dict[str, Any]


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
    rows = by_currency or {current().currency.lower(): (0, 0)}
    return {
        "object": "balance",
        "available": [
            {"amount": a, "currency": c, "source_types": {"card": a}} for c, (a, _) in rows.items()
        ],
        "pending": [{"amount": p, "currency": c, "source_types": {"card": p}} for c, (_, p) in rows.items()],
        "livemode": False,
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
