"""The shop as it is measured: the whole application, with Stripe's answers ready at hand.

A checkout page at Stripe costs Stripe's time, and in the demo the stand-in's. Neither is the work that is
measured here, so the transport below answers at once with the body Stripe would send. Everything on our side
of it (what is asked, the library's own work, what is made of the answer) counts.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from benchmarks.serving import WsgiApp, metered
from foundation.payments import client
from foundation.payments.transport import Reply, Transport
from wsgi import create_app as create_shop

FAR_AWAY = 4_102_444_800  # 1 January 2100


class ReadyAnswers(Transport):
    """Every checkout that is asked for is there; nothing else is known."""

    name = "ready"

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> Reply:
        if method.lower() != "post" or not url.endswith("/v1/checkout/sessions"):
            return json.dumps({"error": {"message": f"not measured: {method} {url}"}}), 400, {}
        name = f"cs_test_{secrets.token_hex(16)}"
        body: dict[str, Any] = {
            "id": name,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/{name}",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "amount_total": 19000,
            "currency": "eur",
            "expires_at": FAR_AWAY,
            "metadata": {},
        }
        return json.dumps(body), 200, {}

    def close(self) -> None:
        """Nothing is open."""


def create_app() -> WsgiApp:
    """The shop on the database of the environment."""
    shop = create_shop()
    client.connect(shop, ReadyAnswers())
    return metered(shop)
