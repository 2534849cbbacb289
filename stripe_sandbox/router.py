"""Which function answers which address of the stand-in's API."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stripe_sandbox.errors import ApiError
from stripe_sandbox.models import PLATFORM
from stripe_sandbox.store import Store


@dataclass(frozen=True)
class Call:
    """One request: its parameters, whose account it is about, and the memory to work on."""

    store: Store
    params: dict[str, Any]
    account: str = PLATFORM
    base_url: str = ""


Operation = Callable[..., dict[str, Any]]
_routes: list[tuple[str, re.Pattern[str], Operation]] = []


def route(method: str, path: str) -> Callable[[Operation], Operation]:
    """Register the operation for `path`; `{name}` parts are passed by name."""
    pattern = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "$")

    def register(operation: Operation) -> Operation:
        _routes.append((method, pattern, operation))
        return operation

    return register


def answer(call: Call, method: str, path: str) -> dict[str, Any]:
    """Run the operation that an address names; raises `ApiError` 404 for addresses the stand-in does not
    have."""
    for known_method, pattern, operation in _routes:
        match = pattern.match(path)
        if match and known_method == method.upper():
            return operation(call, **match.groupdict())
    raise ApiError(
        f"Unrecognized request URL ({method.upper()}: {path}).",
        status=404,
        code="resource_missing",
        began=False,
    )
