"""The stand-in's memory: its own session with its own commits, because a remote service keeps what it did
even when the caller rolls back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from foundation import clock
from foundation.db import db
from foundation.jobs.queue import defer
from stripe_sandbox.errors import bad_parameter, missing
from stripe_sandbox.models import PLATFORM, DeliveryMode, SandboxControl, SandboxMovement, SandboxObject
from stripe_sandbox.rules import whole

DELIVER = "stripe_sandbox.deliver"
PREFIX = {
    "checkout.session": "cs",
    "payment_intent": "pi",
    "charge": "ch",
    "refund": "re",
    "transfer": "tr",
    "transfer_reversal": "trr",
    "payout": "po",
    "dispute": "du",
    "topup": "tu",
    "event": "evt",
    "v2.core.event": "evt",
    "v2.core.account": "acct",
    "v2.core.account_link": "acl",
    "login_link": "lml",
    "bank_account": "ba",
    "webhook_endpoint": "we",
    "v2.core.event_destination": "ed",
    "line_item": "li",
    "movement": "txn",
    "request": "req",
}


class Store:
    """Objects, balances and the time, inside one transaction of the stand-in."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = int(clock.now().timestamp())
        self.queued = False

    def new_id(self, kind: str) -> str:
        """`xx_demo_` and fourteen letters that follow from a counter: the same demo has the same ids each
        time."""
        number = self.session.scalar(text("select nextval(pg_get_serial_sequence('sandbox_objects', 'seq'))"))
        return f"{PREFIX[kind]}_demo_{hashlib.sha256(f'{kind}:{number}'.encode()).hexdigest()[:14]}"

    def add(
        self,
        kind: str,
        body: dict[str, Any],
        *,
        account: str = PLATFORM,
        parent: str | None = None,
        grouping: str | None = None,
        hidden: dict[str, Any] | None = None,
    ) -> SandboxObject:
        """Keep a new object; its body has its id already."""
        row = SandboxObject(
            id=body["id"],
            kind=kind,
            account=account,
            parent=parent,
            grouping=grouping,
            created=self.now,
            body=body,
            hidden=hidden or {},
        )
        self.session.add(row)
        self.session.flush()
        return row

    def get(self, kind: str, wanted: str, *, account: str | None = None, lock: bool = False) -> SandboxObject:
        """One object, locked and re-read when it is about to change; 404 when it is not there."""
        query = select(SandboxObject).where(SandboxObject.id == wanted, SandboxObject.kind == kind)
        if account is not None:
            query = query.where(SandboxObject.account == account)
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        row = self.session.scalars(query).one_or_none()
        if row is None:
            raise missing(kind, wanted)
        return row

    def find(self, kind: str, *, status: str | None = None, **equal: Any) -> Sequence[SandboxObject]:
        """All objects of a kind with these columns (and this status in their body), oldest first."""
        query = select(SandboxObject).filter_by(kind=kind, **equal).order_by(SandboxObject.seq)
        if status is not None:
            query = query.where(SandboxObject.body["status"].astext == status)
        return self.session.scalars(query).all()

    def bodies(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Objects of any kind by their ids, as the API shows them."""
        query = select(SandboxObject.id, SandboxObject.body).where(SandboxObject.id.in_(ids))
        return {row[0]: row[1] for row in self.session.execute(query)}

    def page(
        self,
        kind: str,
        params: dict[str, Any],
        url: str,
        *,
        account: str = PLATFORM,
        which: Sequence[ColumnElement[bool]] = (),
        **equal: Any,
    ) -> dict[str, Any]:
        """One page of a list, newest first, in Stripe's envelope; of those for which `which` is true."""
        limit = whole(params, "limit", 10)
        if not 1 <= limit <= 100:
            raise bad_parameter("limit", "This value must be between 1 and 100", "parameter_invalid_integer")
        query = select(SandboxObject).filter_by(kind=kind, account=account, **equal)
        query = query.order_by(SandboxObject.seq.desc())
        for test in (*within(params, SandboxObject.created), *which):
            query = query.where(test)
        if params.get("starting_after"):
            query = query.where(SandboxObject.seq < self._seq(kind, params["starting_after"]))
        if params.get("ending_before"):
            query = query.where(SandboxObject.seq > self._seq(kind, params["ending_before"]))
        rows = self.session.scalars(query.limit(limit + 1)).all()
        data = [row.body for row in rows[:limit]]
        return {"object": "list", "url": url, "has_more": len(rows) > limit, "data": data}

    def _seq(self, kind: str, wanted: str) -> int:
        return self.get(kind, wanted).seq

    def move(
        self,
        kind: str,
        category: str,
        source: str,
        amount: int,
        currency: str,
        *,
        account: str = PLATFORM,
        fee: int = 0,
        available_on: int | None = None,
    ) -> SandboxMovement:
        """Write one balance transaction; `amount` is signed, the fee is taken off."""
        row = SandboxMovement(
            id=self.new_id("movement"),
            account=account,
            kind=kind,
            category=category,
            source=source,
            currency=currency,
            amount=amount,
            fee=fee,
            net=amount - fee,
            created=self.now,
            available_on=self.now if available_on is None else available_on,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def lock_balance(self, account: str) -> None:
        """Let nobody else spend from this balance until the transaction ends."""
        self.session.execute(select(func.pg_advisory_xact_lock(lock_number(f"sandbox:balance:{account}"))))

    def balances(self, account: str) -> dict[str, tuple[int, int]]:
        """Available and pending, by currency."""
        ready = func.coalesce(
            func.sum(SandboxMovement.net).filter(SandboxMovement.available_on <= self.now), 0
        )
        later = func.coalesce(
            func.sum(SandboxMovement.net).filter(SandboxMovement.available_on > self.now), 0
        )
        query = (
            select(SandboxMovement.currency, ready, later)
            .where(SandboxMovement.account == account)
            .group_by(SandboxMovement.currency)
            .order_by(SandboxMovement.currency)
        )
        return {currency: (int(now), int(soon)) for currency, now, soon in self.session.execute(query)}

    def available(self, account: str, currency: str) -> int:
        """What this account can spend now."""
        return self.balances(account).get(currency, (0, 0))[0]

    def control(self, *, lock: bool = False) -> SandboxControl:
        """The one row of the operator's choices, made when it is first asked for."""
        query = select(SandboxControl).where(SandboxControl.id == 1)
        if lock:
            self.session.execute(insert(SandboxControl).values(id=1).on_conflict_do_nothing())
            query = query.with_for_update().execution_options(populate_existing=True)
        row = self.session.scalars(query).one_or_none()
        return row or SandboxControl(id=1, offset_seconds=0, delivery_mode=DeliveryMode.NORMAL)


def within(params: dict[str, Any], column: InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
    """When something was made, as `created` of a list asks for it."""
    created = params.get("created")
    bounds = created if isinstance(created, dict) else {"gte": created, "lte": created} if created else {}
    tests = []
    for sign in bounds:
        edge = whole(bounds, sign)
        test = {
            "gt": column > edge, "gte": column >= edge, "lt": column < edge, "lte": column <= edge
        }.get(sign)  # fmt: skip
        if test is None:
            raise bad_parameter(
                "created", f"Received unknown parameter: created[{sign}]", "parameter_unknown"
            )
        tests.append(test)
    return tests


def lock_number(name: str) -> int:
    """A name as the 64-bit number that advisory locks take."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


@contextmanager
def opened() -> Iterator[Store]:
    """One transaction of the stand-in: committed at the end, rolled back when something is raised.

    When it made events, a delivery is asked for in the same transaction; one waiting request is enough.
    """
    with Session(db.engine, expire_on_commit=False) as session:
        store = Store(session)
        yield store
        if store.queued:
            defer(DELIVER, once=DELIVER, session=session)
        session.commit()
