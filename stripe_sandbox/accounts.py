"""Connected accounts (v2), their onboarding and their dashboard."""

from __future__ import annotations

from typing import Any

from stripe_sandbox import objects
from stripe_sandbox.announcements import announce, announce_thin
from stripe_sandbox.errors import ApiError, missing
from stripe_sandbox.models import SandboxObject
from stripe_sandbox.objects import iso
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import LINK_LIVES, known_names, required, whole
from stripe_sandbox.store import Store

CREATE = [
    "configuration",
    "contact_email",
    "dashboard",
    "defaults",
    "display_name",
    "identity",
    "include",
    "metadata",
]
SECTIONS = {"configuration.recipient", "requirements", "defaults", "identity"}
ASKED = {
    "new": ("identity.individual.given_name", "identity.individual.date_of_birth", "external_account"),
    "half": ("external_account",),
    "restricted": ("identity.individual.verification.document",),
    "done": (),
}
CAPABILITY_STATUS_CHANGED = "v2.core.account[configuration.recipient].capability_status_updated"
REQUIREMENTS_CHANGED = "v2.core.account[requirements].updated"
CLOSED = "v2.core.account.closed"


@route("POST", "/v2/core/accounts")
def create_account(call: Call) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, CREATE)
    recipient = params.get("configuration", {}).get("recipient")
    if recipient is None:
        raise ApiError(
            "The stand-in knows the recipient configuration alone.", code="invalid_fields", began=False
        )
    if params.get("dashboard") == "express" and not params.get("contact_email"):
        raise ApiError(
            "contact_email is required for express dashboards.", code="invalid_fields", began=False
        )
    row = store.add(
        "v2.core.account",
        {
            "id": store.new_id("v2.core.account"),
            "object": "v2.core.account",
            "applied_configurations": ["recipient"],
            "closed": False,
            "contact_email": params.get("contact_email", ""),
            "created": iso(store.now),
            "dashboard": params.get("dashboard", "none"),
            "display_name": params.get("display_name", ""),
            "livemode": False,
            "metadata": params.get("metadata", {}),
        },
        hidden={
            "stage": "new",
            "defaults": params.get("defaults", {}),
            "identity": params.get("identity", {}),
        },
    )
    return shown(row, params.get("include", []))


@route("GET", "/v2/core/accounts")
def list_accounts(call: Call) -> dict[str, Any]:
    known_names(call.params, ("applied_configurations", "closed", "limit", "page"))
    limit, begin = whole(call.params, "limit", 20), whole(call.params, "page", 0)
    closed = str(call.params.get("closed", "false")).lower() == "true"
    rows = [row for row in reversed(call.store.find("v2.core.account")) if row.body["closed"] is closed]
    end = begin + limit
    more = f"/v2/core/accounts?limit={limit}&page={end}&closed={str(closed).lower()}"
    return {
        "data": [shown(row, []) for row in rows[begin:end]],
        "next_page_url": more if end < len(rows) else None,
        "previous_page_url": None,
    }


@route("GET", "/v2/core/accounts/{account}")
def read_account(call: Call, account: str) -> dict[str, Any]:
    known_names(call.params, ("include",))
    return shown(call.store.get("v2.core.account", account), call.params.get("include", []))


@route("POST", "/v2/core/accounts/{account}")
def update_account(call: Call, account: str) -> dict[str, Any]:
    known_names(call.params, ("contact_email", "display_name", "include", "metadata"))
    row = call.store.get("v2.core.account", account, lock=True)
    changes = {name: call.params[name] for name in ("contact_email", "display_name") if name in call.params}
    row.change(metadata={**row.body["metadata"], **call.params.get("metadata", {})}, **changes)
    return shown(row, call.params.get("include", []))


@route("POST", "/v2/core/accounts/{account}/close")
def close_account(call: Call, account: str) -> dict[str, Any]:
    row = call.store.get("v2.core.account", account, lock=True)
    if any(sum(pair) for pair in call.store.balances(account).values()):
        raise ApiError("The account still has a balance.", code="account_balance_not_zero")
    row.change(closed=True)
    announce_thin(call.store, CLOSED, row.id)
    return shown(row, [])


@route("POST", "/v2/core/account_links")
def create_account_link(call: Call) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, ("account", "use_case"))
    required(params, "account", "use_case")
    store.get("v2.core.account", params["account"])
    case = params["use_case"]
    details = case.get(case.get("type", ""))
    if details is None:
        raise ApiError("use_case needs the part its type names.", code="invalid_fields", began=False)
    link_id = store.new_id("v2.core.account_link")
    url = f"{call.base_url}/_sandbox/onboarding/{link_id}"
    body = {
        "object": "v2.core.account_link",
        "account": params["account"],
        "created": iso(store.now),
        "expires_at": iso(store.now + LINK_LIVES),
        "livemode": False,
        "url": url,
        "use_case": case,
    }
    store.add(
        "v2.core.account_link", {"id": link_id, **body}, parent=params["account"], hidden={"used": False}
    )
    return body


@route("POST", "/v1/accounts/{account}/login_links")
def create_login_link(call: Call, account: str) -> dict[str, Any]:
    row = call.store.get("v2.core.account", account)
    if row.body["dashboard"] != "express" or row.hidden["stage"] == "new":
        raise ApiError("Cannot create a login link for an account that has not completed onboarding.")
    link_id = call.store.new_id("login_link")
    body = {
        "object": "login_link",
        "created": call.store.now,
        "url": f"{call.base_url}/_sandbox/express/{link_id}",
    }
    call.store.add("login_link", {"id": link_id, **body}, parent=account)
    return body


@route("GET", "/v1/accounts/{account}/external_accounts")
def list_banks(call: Call, account: str) -> dict[str, Any]:
    known_names(call.params, ("limit",))
    row = call.store.get("v2.core.account", account)
    bank = row.hidden.get("bank")
    url = f"/v1/accounts/{account}/external_accounts"
    data = [objects.bank_account(bank, account)] if bank else []
    return {"object": "list", "data": data, "has_more": False, "url": url}


def change_bank(store: Store, account: str) -> None:
    """The person behind the account lets their money go to another bank account from now on."""
    row = store.get("v2.core.account", account, lock=True)
    row.note(bank=store.new_id("bank_account"))
    body = objects.bank_account(row.hidden["bank"], account)
    announce(store, "account.external_account.created", body, account=account)


def shown(row: SandboxObject, include: list[str]) -> dict[str, Any]:
    """The account as v2 shows it: only the sections that were asked for."""
    unknown = set(include) - SECTIONS
    if unknown:
        raise ApiError(f"Unknown include: {sorted(unknown)}", code="invalid_fields", began=False)
    body = dict(row.body)
    stage = row.hidden["stage"]
    if "configuration.recipient" in include:
        body["configuration"] = {
            "recipient": {
                "applied": True,
                "capabilities": {"stripe_balance": {"stripe_transfers": _capability(stage)}},
            }
        }
    if "requirements" in include:
        body["requirements"] = {"entries": [_entry(what, stage) for what in ASKED[stage]]}
    if "defaults" in include:
        responsibilities = row.hidden["defaults"].get("responsibilities", {})
        body["defaults"] = {
            **row.hidden["defaults"],
            "responsibilities": {**responsibilities, "requirements_collector": "stripe"},
        }
    if "identity" in include:
        body["identity"] = row.hidden["identity"]
    return body


def may_receive(row: SandboxObject) -> bool:
    """Whether transfers reach this account."""
    return not row.body["closed"] and row.hidden["stage"] == "done"


def onboard(store: Store, link: str, stage: str) -> SandboxObject:
    """What the editor does behind an onboarding link: `done`, `half` (left half-way) or `restricted`.

    Links work once and only for a few minutes; raises `ApiError` 404 afterwards.
    """
    found = store.get("v2.core.account_link", link, lock=True)
    if found.hidden["used"] or found.created + LINK_LIVES < store.now:
        raise missing("account link", link)
    found.note(used=True)
    set_stage(store, found.body["account"], stage)
    return found


def set_stage(store: Store, account: str, stage: str) -> None:
    """Move an account to a stage of onboarding and announce it without saying what changed."""
    row = store.get("v2.core.account", account, lock=True)
    row.note(stage=stage)
    if stage == "done" and "bank" not in row.hidden:
        row.note(bank=store.new_id("bank_account"))
    announce_thin(store, REQUIREMENTS_CHANGED, row.id)
    announce_thin(store, CAPABILITY_STATUS_CHANGED, row.id)


def _capability(stage: str) -> dict[str, Any]:
    if stage == "done":
        return {"status": "active", "status_details": []}
    detail = {"code": "requirements_past_due", "resolution": "provide_info"}
    return {"status": "restricted", "status_details": [detail]}


def _entry(what: str, stage: str) -> dict[str, Any]:
    reason = "routine_verification" if stage == "restricted" else "routine_onboarding"
    return {
        "awaiting_action_from": "user",
        "description": what,
        "errors": [],
        "impact": {
            "restricts_capabilities": [
                {
                    "capability": "stripe_balance.stripe_transfers",
                    "configuration": "recipient",
                    "deadline": {"status": "past_due"},
                }
            ]
        },
        "minimum_deadline": {"status": "past_due"},
        "requested_reasons": [{"code": reason}],
    }
