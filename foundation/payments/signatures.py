"""Is this message really from Stripe, and from now? Everything doubtful is refused, nothing raises but
`Forged`."""

from __future__ import annotations

import re
from collections.abc import Iterable

import stripe

TOLERANCE_SECONDS = 300
_TIMESTAMP = re.compile(r"(?:^|,)t=([0-9]{1,12})(?:,|$)")


class Forged(Exception):
    """The message is not one of Stripe's, was changed, or is too old or from the future. The text says
    which."""


def verify(body: bytes, header: str | None, secrets: Iterable[str], now: int) -> None:
    """Raise `Forged` unless `header` signs `body` with one of the secrets within five minutes of `now`.

    The library looks only backwards for time, so both directions are checked here.
    """
    if not header or not header.isascii():
        raise Forged("no signature, or not one that can be read")
    stamp = _TIMESTAMP.search(header)
    if stamp is None:
        raise Forged("the signature has no time")
    if abs(now - int(stamp.group(1))) > TOLERANCE_SECONDS:
        raise Forged("signed too long ago or in the future")
    usable = [secret for secret in secrets if secret.strip()]
    if not usable:
        raise Forged("no secret is known for this address")
    if not any(_signed_with(secret, body, header) for secret in usable):
        raise Forged("the signature does not match")


def _signed_with(secret: str, body: bytes, header: str) -> bool:
    try:
        # Without a tolerance the library leaves time to us.
        return bool(stripe.WebhookSignature.verify_header(body, header, secret, None))
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        return False
