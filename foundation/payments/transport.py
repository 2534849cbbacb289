"""How requests leave the house: a client with one deadline for everything, and the base of the stand-in's.

`requests` limits each wait for bytes, not the whole call: a name with six dead addresses, a slow resolver
or a
server that dribbles can each take a minute. So the call runs in a thread that we stop waiting for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Any

import stripe

# One line for each request would drown the shop's own; refusals and retries are still told.
logging.getLogger("stripe").setLevel(logging.WARNING)

Reply = tuple[Any, int, Mapping[str, str]]

DEADLINE_SECONDS = 8.0
CONNECT_SECONDS = 3.0
READ_SECONDS = 6.0
CALLS_AT_ONCE = 16


class Transport(stripe.HTTPClient):
    """The library's own base class, under our name: the stand-in derives from it without importing the
    library."""


class DeadlineTransport(Transport):
    """The real network. A call with all its retries ends within `deadline` seconds, answered or not."""

    name = "requests"

    def __init__(self, deadline: float = DEADLINE_SECONDS) -> None:
        super().__init__()
        self._deadline = deadline
        self._network = stripe.RequestsClient(timeout=(CONNECT_SECONDS, READ_SECONDS))
        self._calls = ThreadPoolExecutor(max_workers=CALLS_AT_ONCE, thread_name_prefix="stripe")

    def request_with_retries(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        post_data: Any = None,
        max_network_retries: int | None = None,
        *,
        _usage: list[str] | None = None,
    ) -> Reply:
        self._thread_local.ends_at = time.monotonic() + self._deadline
        return super().request_with_retries(
            method, url, headers, post_data, max_network_retries=max_network_retries, _usage=_usage
        )

    def _sleep_time_seconds(self, num_retries: int) -> float:
        left: float = self._thread_local.ends_at - time.monotonic()
        return max(0.0, min(super()._sleep_time_seconds(num_retries), left))

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> Reply:
        left = self._thread_local.ends_at - time.monotonic()
        if left <= 0:
            raise stripe.APIConnectionError("No answer in time.", should_retry=False)
        running = self._calls.submit(self._network.request, method, url, headers, post_data)
        try:
            return running.result(timeout=left)
        except Late:
            running.cancel()
            raise stripe.APIConnectionError("No answer in time.", should_retry=False) from None

    def close(self) -> None:
        self._calls.shutdown(wait=False, cancel_futures=True)


def sign(body: str, secret: str, at: int) -> str:
    """The `Stripe-Signature` header for a webhook body, signed at that second."""
    return str(stripe.WebhookSignature.generate_signature_header(body, secret, at))
