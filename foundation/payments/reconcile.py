"""Do our books and Stripe's say the same? Each difference in one line, nothing is mended silently.

A package above tells what it believes (`expect(...)`); Stripe is asked object by object, and asked in
turn for what it
has that nobody here expects. Messages that never came in are put into the inbox, which is how they are
mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from foundation.db import unit_of_work
from foundation.money import Money
from foundation.payments import calls, inbox, messages, moved, payees, readers
from foundation.payments.client import calling, live, plain
from foundation.payments.differences import Difference, Matter
from foundation.payments.errors import NotThere
from foundation.payments.moved import Total
from foundation.payments.objects import Expectation
from foundation.payments.queries import dead_messages, messages_here
from foundation.payments.setup import CONNECTED_EVENTS, OWN_EVENTS

MARGIN = timedelta(days=2)
Source = Callable[[datetime], Iterable[Expectation]]
_sources: list[Source] = []


def expect(source: Source) -> None:
    """Let `source(since)` say what it believes of every object changed since then; called in a
    transaction."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: everything that differs, and the sums of what moved."""

    differences: list[Difference]
    totals: list[Total]


def reconcile(*, since: datetime) -> list[Difference]:
    """Every difference of the time since `since`; empty when all agrees. Raises `PaymentsProblem`."""
    return look(since=since).differences


def look(*, since: datetime) -> Found:
    """Object by object, both ways; then by what moved; then the messages. Raises `PaymentsProblem`."""
    with unit_of_work():
        # A little further back, so that what was written here before it was made there is known.
        expected = [expectation for source in _sources for expectation in source(since - MARGIN)]
    found, names = list[Difference](), dict[tuple[str, str], Expectation]()
    for expectation in expected:
        found += _compare(expectation, names)
    known = {expectation.stripe_id for expectation in expected}
    told = {difference.stripe_id for difference in found}
    for difference, name in _unexpected(since):
        if difference.stripe_id not in known:
            found.append(difference)
            told.add(name)
    differs, totals = moved.compare(moved.movements(since), names, told) if _sources else ([], [])
    return Found(found + differs + _missed(since) + _stuck(), totals)


def _compare(expected: Expectation, names: dict[tuple[str, str], Expectation]) -> Iterator[Difference]:
    """What differs of one object; by what name its movements will call it is put into `names`."""
    try:
        amount, state, taken_back, name = _now(expected)
    except NotThere:
        what = "Stripe does not know it"
        yield Difference(expected.kind, expected.stripe_id, expected.ours, what, Matter.UNKNOWN_THERE)
        return
    names[moved.OURS[expected.kind], name] = expected
    differs = False
    believed_back = taken_back if expected.reversed is None else expected.reversed
    for matter, ours, theirs in (
        (Matter.AMOUNT, _said(expected.amount), _said(amount)),
        (Matter.STATE, expected.state or state, state),
        (Matter.TAKEN_BACK, _said(believed_back), _said(taken_back)),
    ):
        if ours != theirs:
            differs = True
            what = f"{matter.value}: {ours} here, {theirs} at Stripe"
            yield Difference(expected.kind, expected.stripe_id, expected.ours, what, matter)
    if differs:
        # Said once: what moved differs by the same.
        names[moved.OURS[expected.kind], name] = _as_there(expected, amount, state, taken_back)


def _as_there(expected: Expectation, amount: Money, state: str, taken_back: Money) -> Expectation:
    return replace(expected, amount=amount, state=state, reversed=taken_back)


def _now(expected: Expectation) -> tuple[Money, str, Money, str]:
    nothing = Money.zero(expected.amount.currency)
    if expected.kind == "refund":
        refund = calls.fetch_refund(refund_id=expected.stripe_id)
        return refund.amount, refund.status, nothing, refund.id
    if expected.kind == "transfer":
        transfer = payees.fetch_transfer(transfer_id=expected.stripe_id)
        return transfer.amount, "sent", transfer.reversed, transfer.id
    session = calls.fetch_session(session_id=expected.stripe_id)
    name = session.payment_intent or session.id
    return session.amount, "paid" if session.paid else "unpaid", nothing, name


def _said(amount: Money) -> str:
    return f"{amount.minor} {amount.currency}"


def _unexpected(since: datetime) -> Iterator[tuple[Difference, str]]:
    """What was made at Stripe and nobody here knows of, with the name its movements have. Without sources
    nothing can be unexpected.
    """
    if not _sources:
        return
    window: dict[str, Any] = {"created": {"gte": int(since.timestamp())}, "limit": 100}
    with calling() as client:
        for refund in client.v1.refunds.list(window).auto_paging_iter():
            if refund.status not in ("failed", "canceled"):
                what = f"{_said(readers.money(refund.amount, refund.currency))} given back"
                yield _not_ours("refund", refund.id, what), refund.id
        for transfer in client.v1.transfers.list(window).auto_paging_iter():
            if not transfer.reversed:
                what = f"{_said(readers.money(transfer.amount, transfer.currency))} sent"
                yield _not_ours("transfer", transfer.id, what), transfer.id
        for session in client.v1.checkout.sessions.list({**window, "status": "complete"}).auto_paging_iter():
            fresh = readers.session(plain(session))
            if fresh.paid:
                name = fresh.payment_intent or fresh.id
                yield _not_ours("checkout.session", fresh.id, f"{_said(fresh.amount)} paid"), name


def _not_ours(kind: str, stripe_id: str, what: str) -> Difference:
    return Difference(kind, stripe_id, "", what, Matter.UNKNOWN_HERE)


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
                        "event",
                        message.event_id,
                        "",
                        f"{message.event_type} never came; taken in now",
                        Matter.MISSED,
                    )
                )
    return found


def _stuck() -> list[Difference]:
    with unit_of_work():
        rows = dead_messages()
    return [
        Difference("event", row.event_id, f"event row {row.id}", f"given up: {row.last_error}", Matter.STUCK)
        for row in rows
    ]
