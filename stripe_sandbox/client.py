"""The in-process transport: a request of the Stripe library becomes a call of ours, without a socket."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from foundation.payments.transport import Reply, Transport
from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import PLATFORM, SandboxReply
from stripe_sandbox.router import Call, answer
from stripe_sandbox.rules import REPLIES_KEPT
from stripe_sandbox.store import Store, lock_number, opened
from stripe_sandbox.wire import Malformed, fingerprint, parse_form, parse_json

Watcher = Callable[[str, str, str, str, int, str], None]


class SandboxTransport(Transport):
    """Answers for Stripe. `watcher` sees method, path, query, body, status and reply of every call (the
    tests')."""

    name = "stripe-sandbox"

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base_url = base_url
        self.watcher: Watcher | None = None

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> Reply:
        parts = urlsplit(url)
        text = post_data.decode() if isinstance(post_data, bytes) else post_data or ""
        status, body, replayed = self._reply(method, parts.path, parts.query, text, headers or {})
        if self.watcher is not None:
            self.watcher(method, parts.path, parts.query, text, status, body)
        reply_headers = {"request-id": f"req_demo_{secrets.token_hex(6)}"}
        if replayed:
            reply_headers["idempotent-replayed"] = "true"
        return body, status, reply_headers

    def close(self) -> None:
        """There is nothing to close."""

    def _reply(
        self, method: str, path: str, query: str, text: str, headers: Mapping[str, str]
    ) -> tuple[int, str, bool]:
        v2 = path.startswith("/v2/")
        key = headers.get("Idempotency-Key") if method.lower() == "post" else None
        account = headers.get("Stripe-Account", PLATFORM)
        try:
            params = {**parse_form(query), **(parse_json(text) if v2 else parse_form(text))}
        except (Malformed, ValueError) as error:
            return 400, json.dumps(ApiError(str(error)).body(v2)), False
        with opened() as store:
            call = Call(store, params, account, self.base_url)
            if key is None:
                status, body, _ = _run(call, method, path, v2)
                replayed = False
            else:
                status, body, replayed = _once(call, f"{account}:{key}", method, path, v2)
        return status, body, replayed


def _once(call: Call, key: str, method: str, path: str, v2: bool) -> tuple[int, str, bool]:
    """The same key with the same request gets the kept answer, with another request a refusal, for 24
    hours."""
    store = call.store
    # Two calls with one key at the same moment: the second waits here and then finds the first one's answer.
    store.session.execute(select(func.pg_advisory_xact_lock(lock_number(f"sandbox:key:{key}"))))
    said = fingerprint(method, path, call.params)
    kept = store.session.get(SandboxReply, key)
    if kept is not None and kept.created > store.now - REPLIES_KEPT:
        if kept.fingerprint == said:
            return kept.status, kept.body, True
        refusal = ApiError(
            "Keys for idempotent requests can only be used with the same parameters as the first time.",
            kind="idempotency_error",
            code="idempotency_error" if v2 else None,
        )
        return refusal.status, json.dumps(refusal.body(v2)), False
    status, body, keep = _run(call, method, path, v2)
    if keep:
        row = SandboxReply(key=key, fingerprint=said, status=status, body=body, created=store.now)
        store.session.merge(row)
    return status, body, False


def _run(call: Call, method: str, path: str, v2: bool) -> tuple[int, str, bool]:
    """Status, body, and whether the answer is kept: v1 keeps refusals too once work began, v2 tries again."""
    savepoint = call.store.session.begin_nested()
    try:
        body = answer(call, method, path)
        savepoint.commit()
    except ApiError as error:
        savepoint.rollback()
        _forget_queued(call.store)
        return error.status, json.dumps(error.body(v2)), error.began and not v2
    return 200, json.dumps(body), True


def _forget_queued(store: Store) -> None:
    store.queued = False
