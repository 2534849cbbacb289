"""Do our books and Stripe's say the same? Each difference in one line, nothing is mended silently.

A package above tells what it believes (`expect(...)`); Stripe is asked object by object, and asked in
turn for what it
has that nobody here expects. Messages that never came in are put into the inbox, which is how they are
mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from foundation.db import unit_of_work
from foundation.money import Money
from foundation.payments import calls, inbox, messages, payees, readers
from foundation.payments.client import calling, live, plain
from foundation.payments.errors import NotThere
from foundation.payments.objects import Expectation
from foundation.payments.queries import dead_messages, messages_here
from foundation.payments.setup import CONNECTED_EVENTS, OWN_EVENTS


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not agree. `ours` names our row, or nothing when only Stripe has it."""

    kind: str
    stripe_id: str
    ours: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.stripe_id} ({self.ours or 'not ours'}): {self.what}"


MARGIN = timedelta(days=2)
Source = Callable[[datetime], Iterable[Expectation]]
_sources: list[Source] = []


def expect(source: Source) -> None:
    """Let `source(since)` say what it believes of every object changed since then; called in a
    transaction."""
    if source not in _sources:
        _sources.append(source)


def reconcile(*, since: datetime) -> list[Difference]:
    """Every difference of the time since `since`; empty when all agrees. Raises `PaymentsProblem`."""
    with unit_of_work():
        # A little further back, so that what was written here before it was made there is known.
        expected = [expectation for source in _sources for expectation in source(since - MARGIN)]
    found = [difference for expectation in expected for difference in _compare(expectation)]
    known = {expectation.stripe_id for expectation in expected}
    found += [difference for difference in _unexpected(since) if difference.stripe_id not in known]
    return found + _missed(since) + _stuck()


def _compare(expected: Expectation) -> Iterator[Difference]:
    try:
        amount, state, taken_back = _now(expected)
    except NotThere:
        yield Difference(expected.kind, expected.stripe_id, expected.ours, "Stripe does not know it")
        return
    if amount != expected.amount:
        yield _differs(expected, "amount", _said(expected.amount), _said(amount))
    if expected.state is not None and state != expected.state:
        yield _differs(expected, "state", expected.state, state)
    if expected.reversed is not None and taken_back != expected.reversed:
        yield _differs(expected, "taken back", _said(expected.reversed), _said(taken_back))


def _now(expected: Expectation) -> tuple[Money, str, Money]:
    nothing = Money.zero(expected.amount.currency)
    if expected.kind == "refund":
        refund = calls.fetch_refund(refund_id=expected.stripe_id)
        return refund.amount, refund.status, nothing
    if expected.kind == "transfer":
        transfer = payees.fetch_transfer(transfer_id=expected.stripe_id)
        return transfer.amount, "sent", transfer.reversed
    session = calls.fetch_session(session_id=expected.stripe_id)
    return session.amount, "paid" if session.paid else "unpaid", nothing


def _differs(expected: Expectation, what: str, ours: str, theirs: str) -> Difference:
    return Difference(
        expected.kind, expected.stripe_id, expected.ours, f"{what}: {ours} here, {theirs} at Stripe"
    )


def _said(amount: Money) -> str:
    return f"{amount.minor} {amount.currency}"


def _unexpected(since: datetime) -> Iterator[Difference]:
    """Money that moved at Stripe and that nobody here knows of. Without sources nothing can be unexpected."""
    if not _sources:
        return
    window: dict[str, Any] = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    with calling() as client:
        for refund in client.v1.refunds.list(window).auto_paging_iter():
            if refund.status not in ("failed", "canceled"):
                yield Difference("refund", refund.id, "", f"{refund.amount} {refund.currency} given back")
        for transfer in client.v1.transfers.list(window).auto_paging_iter():
            if not transfer.reversed:
                yield Difference("transfer", transfer.id, "", f"{transfer.amount} {transfer.currency} sent")
        for session in client.v1.checkout.sessions.list({**window, "status": "complete"}).auto_paging_iter():
            fresh = readers.session(plain(session))
            if fresh.paid:
                yield Difference("checkout.session", fresh.id, "", f"{_said(fresh.amount)} paid")


def _missed(since: datetime) -> list[Difference]:
    """Messages Stripe made and we never got; each is put into the inbox now."""
    with calling() as client:
        window: dict[str, Any] = {
            "created": {"gte": int(since.timestamp())},
            "limit": 100,
            "types": [*OWN_EVENTS, *CONNECTED_EVENTS],
        }
        sent = [messages.of(plain(event)) for event in client.v1.events.list(window).auto_paging_iter()]
    ids = [message.event_id for message in sent]
    found = []
    with unit_of_work():
        here = messages_here(ids)
        for message in sent:
            if message.event_id not in here and message.livemode == live():
                inbox.receive(message)
                found.append(
                    Difference(
                        "event", message.event_id, "", f"{message.event_type} never came; taken in now"
                    )
                )
    return found


def _stuck() -> list[Difference]:
    with unit_of_work():
        rows = dead_messages()
    return [
        Difference("event", row.event_id, f"event row {row.id}", f"given up: {row.last_error}")
        for row in rows
    ]
