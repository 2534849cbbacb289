"""Money to connected accounts and back, balances, and payouts to banks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from stripe_sandbox import money_objects
from stripe_sandbox.accounts import may_receive
from stripe_sandbox.announcements import announce
from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import PLATFORM, SandboxMovement, SandboxObject
from stripe_sandbox.router import Call, route
from stripe_sandbox.rules import (
    DAY,
    SETTLES_AFTER,
    check_reversal,
    check_step,
    check_transfer,
    known_names,
    required,
    whole,
)
from stripe_sandbox.store import Store, within

CREATE = ["amount", "currency", "description", "destination", "expand", "metadata", "transfer_group"]
LIST = ["created", "destination", "ending_before", "expand", "limit", "starting_after", "transfer_group"]
MOVEMENTS = ["created", "currency", "ending_before", "expand", "limit", "source", "starting_after", "type"]
PAYOUT_REACHES_BANK = 2 * DAY


@route("POST", "/v1/transfers")
def create_transfer(call: Call) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, CREATE)
    required(params, "amount", "currency", "destination")
    amount, currency = whole(params, "amount"), str(params["currency"]).lower()
    payee = store.get("v2.core.account", params["destination"], lock=True)
    store.lock_balance(PLATFORM)
    check_step(amount, currency)
    check_transfer(amount, store.available(PLATFORM, currency), may_receive(payee))
    new_id = store.new_id("transfer")
    payment = f"py_demo_{new_id.rsplit('_', 1)[-1]}"
    row = store.add(
        "transfer",
        money_objects.transfer(new_id, params, amount, store.now, payment),
        grouping=params.get("transfer_group"),
        parent=payee.id,
    )
    movement = store.move("transfer", "transfer", row.id, -amount, currency)
    store.move("payment", "charge", payment, amount, currency, account=payee.id)
    row.change(balance_transaction=movement.id)
    announce(store, "transfer.created", row.body)
    return row.body


@route("GET", "/v1/transfers")
def list_transfers(call: Call) -> dict[str, Any]:
    known_names(call.params, LIST)
    equal = {}
    if call.params.get("transfer_group"):
        equal["grouping"] = call.params["transfer_group"]
    if call.params.get("destination"):
        equal["parent"] = call.params["destination"]
    return call.store.page("transfer", call.params, "/v1/transfers", **equal)


@route("GET", "/v1/transfers/{transfer}")
def read_transfer(call: Call, transfer: str) -> dict[str, Any]:
    return call.store.get("transfer", transfer).body


@route("POST", "/v1/transfers/{transfer}/reversals")
def create_reversal(call: Call, transfer: str) -> dict[str, Any]:
    params, store = call.params, call.store
    known_names(params, ("amount", "description", "expand", "metadata"))
    row = store.get("transfer", transfer, lock=True)
    rest = row.body["amount"] - row.body["amount_reversed"]
    amount = whole(params, "amount", rest)
    payee, currency = row.body["destination"], row.body["currency"]
    store.lock_balance(payee)
    check_step(amount, currency)
    check_reversal(amount, row.body["amount"], row.body["amount_reversed"], store.available(payee, currency))
    made = money_objects.reversal(
        store.new_id("transfer_reversal"), row.body, amount, store.now, params.get("metadata", {})
    )
    reversal = store.add("transfer_reversal", made, parent=row.id)
    movement = store.move("transfer_refund", "transfer_reversal", reversal.id, amount, currency)
    store.move("payment_refund", "refund", row.body["destination_payment"], -amount, currency, account=payee)
    reversal.change(balance_transaction=movement.id)
    reversed_ = row.body["amount_reversed"] + amount
    reversals = row.body["reversals"]
    before = {"amount_reversed": row.body["amount_reversed"], "reversed": row.body["reversed"]}
    row.change(
        amount_reversed=reversed_,
        reversed=reversed_ == row.body["amount"],
        reversals={**reversals, "data": [reversal.body, *reversals["data"]]},
    )
    announce(store, "transfer.reversed", row.body, before=before)
    return reversal.body


@route("GET", "/v1/transfers/{transfer}/reversals")
def list_reversals(call: Call, transfer: str) -> dict[str, Any]:
    known_names(call.params, ("ending_before", "expand", "limit", "starting_after"))
    call.store.get("transfer", transfer)
    url = f"/v1/transfers/{transfer}/reversals"
    return call.store.page("transfer_reversal", call.params, url, parent=transfer)


@route("GET", "/v1/balance")
def read_balance(call: Call) -> dict[str, Any]:
    return money_objects.balance(call.store.balances(call.account))


@route("GET", "/v1/balance_transactions")
def list_movements(call: Call) -> dict[str, Any]:
    known_names(call.params, MOVEMENTS)
    limit = whole(call.params, "limit", 10)
    query = select(SandboxMovement).filter_by(account=call.account).order_by(SandboxMovement.seq.desc())
    for name, column in (("type", "kind"), ("source", "source"), ("currency", "currency")):
        if call.params.get(name):
            query = query.filter_by(**{column: call.params[name]})
    for test in within(call.params, SandboxMovement.created):
        query = query.where(test)
    if call.params.get("starting_after"):
        edge = call.store.session.get_one(SandboxMovement, call.params["starting_after"])
        query = query.where(SandboxMovement.seq < edge.seq)
    rows = call.store.session.scalars(query.limit(limit + 1)).all()
    data = [money_objects.movement(row, call.store.now) for row in rows[:limit]]
    if "data.source" in call.params.get("expand", ()):
        sources = call.store.bodies([row.source for row in rows[:limit]])
        data = [body | {"source": sources.get(body["source"], body["source"])} for body in data]
    return {"object": "list", "url": "/v1/balance_transactions", "has_more": len(rows) > limit, "data": data}


@route("GET", "/v1/payouts")
def list_payouts(call: Call) -> dict[str, Any]:
    known_names(call.params, ("created", "ending_before", "expand", "limit", "starting_after"))
    return call.store.page("payout", call.params, "/v1/payouts", account=call.account)


@route("GET", "/v1/payouts/{payout}")
def read_payout(call: Call, payout: str) -> dict[str, Any]:
    return call.store.get("payout", payout, account=call.account).body


def top_up(store: Store, amount: int, currency: str) -> None:
    """The retailer sends money to its Stripe balance, so that transfers have something to come from."""
    new_id = store.new_id("topup")
    store.move("topup", "topup", new_id, amount, currency)


def pay_out_balances(store: Store, account: str) -> list[SandboxObject]:
    """Send what a connected account has to its bank, as its schedule does each day."""
    store.lock_balance(account)
    made = []
    for currency, (available, _) in store.balances(account).items():
        if available <= 0:
            continue
        arrives = store.now + PAYOUT_REACHES_BANK
        body = money_objects.payout(store.new_id("payout"), available, currency, store.now, arrives)
        row = store.add("payout", body, account=account)
        movement = store.move("payout", "payout", row.id, -available, currency, account=account)
        row.change(balance_transaction=movement.id)
        announce(store, "payout.created", row.body, account=account)
        made.append(row)
    return made


def pay_out_due(store: Store) -> None:
    """Each connected account's balance leaves for its bank two days after it came, and arrives two days
    later."""
    newest = (
        select(SandboxMovement.account)
        .where(SandboxMovement.account != PLATFORM)
        .group_by(SandboxMovement.account, SandboxMovement.currency)
        .having(
            func.sum(SandboxMovement.net) > 0, func.max(SandboxMovement.created) <= store.now - SETTLES_AFTER
        )
    )
    for account in sorted(set(store.session.scalars(newest))):
        pay_out_balances(store, account)
    for found in store.find("payout", status="in_transit"):
        if found.body["arrival_date"] <= store.now:
            row = store.get("payout", found.id, lock=True)
            row.change(status="paid", reconciliation_status="completed")
            announce(store, "payout.paid", row.body, account=row.account)


def fail_payout(store: Store, payout: str) -> None:
    """The bank refuses: the money is back on the connected account."""
    row = store.get("payout", payout, lock=True)
    if row.body["status"] not in ("in_transit", "pending", "paid"):
        raise ApiError("This payout cannot fail any more.")
    movement = store.move(
        "payout_failure",
        "payout_reversal",
        row.id,
        row.body["amount"],
        row.body["currency"],
        account=row.account,
    )
    row.change(
        status="failed",
        failure_code="account_closed",
        failure_message="The bank account has been closed.",
        failure_balance_transaction=movement.id,
        reconciliation_status="not_applicable",
    )
    announce(store, "payout.failed", row.body, account=row.account)
