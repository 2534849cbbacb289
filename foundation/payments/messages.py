"""What a verified message is about. Only names are read from it, never amounts or states."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_ID = re.compile(r"^[A-Za-z0-9_\-]{1,255}$")
_TYPE = re.compile(r"^[A-Za-z0-9_.\[\]]{1,255}$")
KINDS = {"v2.core.account": "account"}
# News of the bank account behind an account is news of that account: what it is now is asked.
BEHIND_AN_ACCOUNT = "account.external_account."


class Unreadable(Exception):
    """Signed, but not a message as Stripe writes them."""


@dataclass(frozen=True, slots=True)
class Message:
    """Which object changed. `lock` names what must not be handled twice at the same moment."""

    event_id: str
    event_type: str
    object_kind: str
    object_id: str
    account: str | None
    livemode: bool
    lock: str


def read(body: bytes) -> Message:
    """The message in a webhook's body, of either kind; raises `Unreadable`."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(value, Mapping):
        raise Unreadable("not an object")
    return of(value)


def of(value: Mapping[str, Any]) -> Message:
    """The message in a snapshot event or a thin v2 event."""
    thin = value.get("object") == "v2.core.event"
    about = value.get("related_object") if thin else (value.get("data") or {}).get("object")
    if not isinstance(about, Mapping):
        raise Unreadable("it is about nothing")
    kind = str(about.get("type") if thin else about.get("object"))
    account = value.get("account")
    behind = not thin and str(value.get("type")).startswith(BEHIND_AN_ACCOUNT)
    kind, object_id = (
        ("account", _matching(_ID, account)) if behind else (kind, _matching(_ID, about.get("id")))
    )
    together = about.get("payment_intent")
    return Message(
        event_id=_matching(_ID, value.get("id")),
        event_type=_matching(_TYPE, value.get("type")),
        object_kind=_matching(_TYPE, KINDS.get(kind, kind))[:64],
        object_id=object_id,
        account=None if account is None else _matching(_ID, account),
        livemode=value.get("livemode") is True,
        # A charge, its refunds and its disputes are told by different events: one after the other.
        lock=f"stripe:{together if isinstance(together, str) else object_id}"[:255],
    )


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.match(value):
        raise Unreadable("a name is missing or odd")
    return value
