"""The three doors for Stripe's messages. Verified on the raw body, kept, answered; handled later by a job."""

from __future__ import annotations

import structlog
from flask import Blueprint, current_app, request

from foundation import clock
from foundation.accounts.guards import public
from foundation.payments import client, inbox, messages, signatures
from foundation.payments.models import DestinationName
from foundation.payments.queries import secrets_of
from foundation.settings import Settings

blueprint = Blueprint("payments", __name__)
log = structlog.get_logger(__name__)

PATHS = {
    DestinationName.OWN: "/webhooks/stripe",
    DestinationName.CONNECTED: "/webhooks/stripe/connected",
    DestinationName.ACCOUNTS: "/webhooks/stripe/accounts",
}


@blueprint.post(PATHS[DestinationName.OWN])
@public
def own() -> tuple[str, int]:
    """Events of our own account."""
    return _receive(DestinationName.OWN)


@blueprint.post(PATHS[DestinationName.CONNECTED])
@public
def connected() -> tuple[str, int]:
    """Events of connected accounts: payouts to editors' banks."""
    return _receive(DestinationName.CONNECTED)


@blueprint.post(PATHS[DestinationName.ACCOUNTS])
@public
def accounts() -> tuple[str, int]:
    """Thin events about connected accounts."""
    return _receive(DestinationName.ACCOUNTS)


def _receive(name: DestinationName) -> tuple[str, int]:
    body = request.get_data(cache=False)
    settings: Settings = current_app.extensions["vetrina.settings"]
    try:
        secrets = [*secrets_of(name), *settings.stripe_webhook_secrets]
        signatures.verify(
            body, request.headers.get("Stripe-Signature"), secrets, int(clock.now().timestamp())
        )
        message = messages.read(body)
    except (signatures.Forged, messages.Unreadable) as refused:
        log.warning("stripe_message_refused", destination=name, reason=str(refused))
        return "", 400
    if message.livemode != client.live():
        # Not for this installation: acknowledged, so that it is not sent again, and dropped.
        log.warning("stripe_message_of_other_mode", event_id=message.event_id, livemode=message.livemode)
        return "", 200
    inbox.receive(message)
    return "", 200
