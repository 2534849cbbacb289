"""Refusals in the words and codes Stripe uses, so that our boundary meets the same ones here and there."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refusal that becomes an error reply.

    `began` says that the call had passed validation and started to work: only such an answer is kept for its
    idempotency key (Stripe forgets a request whose parameters were wrong).
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        began: bool = True,
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.kind = message, status, kind
        self.code, self.param, self.began = code, param, began

    def body(self, v2: bool) -> dict[str, Any]:
        """The error reply; v2 errors need a code and know no `param`."""
        if v2:
            return {
                "error": {"code": self.code or "invalid_fields", "message": self.message, "type": self.kind}
            }
        error: dict[str, Any] = {"type": self.kind, "message": self.message}
        if self.code:
            error["code"] = self.code
        if self.param:
            error["param"] = self.param
        return {"error": error}


def missing(kind: str, wanted: str) -> ApiError:
    """There is no such object."""
    return ApiError(
        f"No such {kind}: '{wanted}'", status=404, code="resource_missing", param="id", began=False
    )


def bad_parameter(name: str, why: str, code: str = "parameter_invalid_empty") -> ApiError:
    """A parameter that cannot be read; nothing was begun."""
    return ApiError(why, code=code, param=name, began=False)
