"""Structured logs: one JSON object a line on standard output, each with the id of its request."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from flask import Flask, Request, Response, g, has_request_context, request

from foundation import clock, ids
from foundation.settings import Settings

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = frozenset({"health.alive", "health.ready", "metrics.exposition"})

log = logging.getLogger("request")


def configure(settings: Settings) -> None:
    """Send everything, the libraries' lines too, through structlog."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    written = logging.StreamHandler(sys.stdout)  # the line comes ready
    log.handlers[:] = [written]
    log.propagate = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    _leave_out_the_caller()
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _leave_out_the_caller() -> None:
    """No line of ours names a source line or a thread: do not let logging find them out.

    The process it may: gunicorn's own lines name it, and could not be written without. The
    switches are the documented ones (Logging HOWTO, "Optimization").
    """
    logging._srcfile = None
    logging.logThreads = False
    logging.logMultiprocessing = False


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["vetrina.settings"]
    if settings.environment != "test":
        configure(settings)
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    kept = g._get_current_object()
    kept.request_id = given if ACCEPTED.fullmatch(given) else ids.unique().hex
    kept.began = time.perf_counter()


def _name_request(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the id of the running request into a line. Few requests write one, so nothing is bound ahead."""
    if has_request_context() and "request_id" in g:
        event["request_id"] = g.request_id
    return event


def _end(response: Response) -> Response:
    seen: Request = request._get_current_object()  # type: ignore[attr-defined]
    kept = g._get_current_object()
    if "request_id" in kept:
        response.headers[HEADER] = kept.request_id
        if log.isEnabledFor(logging.INFO) and seen.endpoint not in QUIET:
            log.info(_line(seen, response, kept.request_id, kept.began))
    return response


def _line(seen: Request, response: Response, request_id: str, began: float) -> str:
    """The line of every request, as structlog would write it but in one go: it is most of the log."""
    return orjson.dumps(
        {
            "method": seen.method,
            "endpoint": seen.endpoint,
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "event": "request",
            "request_id": request_id,
            "level": "info",
            "logger": log.name,
            "timestamp": clock.machine(),
        },
        option=orjson.OPT_UTC_Z,
    ).decode()
