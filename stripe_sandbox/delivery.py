"""Signed webhooks, handed to the application's own door in this process: at least once, in no promised
order."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import or_, select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from foundation.payments.transport import sign
from stripe_sandbox.models import DeliveryState, SandboxDelivery, SandboxObject
from stripe_sandbox.rules import RETRY_AFTER
from stripe_sandbox.store import Store, opened

BATCH = 100
# A worker that died while sending leaves its row behind; after this many seconds it is sent again.
LEASE = 60


def deliver_due() -> int:
    """Send every delivery that is due; returns how many tries were made. Several workers may run it at
    once."""
    tries = 0
    while tries < BATCH:
        taken = _take_one()
        if taken is None:
            break
        tries += 1
        delivery_id, url, body, secret, at = taken
        _note(delivery_id, _send(url, body, secret, at))
    return tries


def _take_one() -> tuple[int, str, str, str, int] | None:
    with opened() as store:
        query = (
            select(SandboxDelivery)
            .where(
                or_(
                    SandboxDelivery.state == DeliveryState.DUE,
                    SandboxDelivery.state == DeliveryState.SENDING,
                ),
                SandboxDelivery.due_at <= store.now,
            )
            .order_by(SandboxDelivery.due_at, SandboxDelivery.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = store.session.scalars(query).one_or_none()
        if row is None:
            return None
        event = store.session.get_one(SandboxObject, row.event)
        destination = store.session.get(SandboxObject, row.destination)
        if destination is None:
            row.state = DeliveryState.GIVEN_UP
            return row.id, "", "", "", store.now
        row.state, row.due_at, row.attempts = DeliveryState.SENDING, store.now + LEASE, row.attempts + 1
        url = destination.body.get("url") or destination.hidden["url"]
        return row.id, url, json.dumps(event.body), destination.hidden["secret"], store.now


def _send(url: str, body: str, secret: str, at: int) -> int | None:
    """The status the shop answered with; None when there is nowhere to send to."""
    if not url:
        return None
    parts = urlsplit(url)
    builder = EnvironBuilder(
        path=parts.path,
        base_url=f"{parts.scheme}://{parts.netloc}",
        method="POST",
        data=body.encode(),
        content_type="application/json; charset=utf-8",
        headers=[("Stripe-Signature", sign(body, secret, at)), ("User-Agent", "stripe-sandbox")],
    )
    try:
        answer, status, _ = run_wsgi_app(current_app.wsgi_app, builder.get_environ(), buffered=True)
        b"".join(answer)
    finally:
        builder.close()
    return int(status.split(" ", 1)[0])


def _note(delivery_id: int, status: int | None) -> None:
    with opened() as store:
        row = store.session.get_one(SandboxDelivery, delivery_id)
        row.last_status = status
        if status is not None and 200 <= status < 300:
            row.state = DeliveryState.DELIVERED
        elif row.state == DeliveryState.SENDING:
            _try_again(store, row)


def _try_again(store: Store, row: SandboxDelivery) -> None:
    if row.attempts > len(RETRY_AFTER):
        row.state = DeliveryState.GIVEN_UP
        return
    row.state, row.due_at = DeliveryState.DUE, store.now + RETRY_AFTER[row.attempts - 1]
