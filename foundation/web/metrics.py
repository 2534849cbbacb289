"""Numbers for Prometheus: requests by endpoint and status, their time, and what waits in the queue."""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Iterator
from functools import lru_cache

from flask import Blueprint, Flask, Request, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.jobs.queries import failed_count, waiting_count
from foundation.settings import current

bp = Blueprint("metrics", __name__)

REQUESTS = Counter("vetrina_requests", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram("vetrina_request_seconds", "Time to answer", ["endpoint"])


class QueueCollector(Collector):
    """What waits and what was given up, asked of the database when somebody asks us."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("vetrina_jobs_waiting", "Jobs due or running", value=waiting_count())
        yield GaugeMetricFamily("vetrina_jobs_failed", "Jobs given up", value=failed_count())


@bp.get("/metrics")
@public
def exposition() -> Response:
    """All numbers. With METRICS_TOKEN set, only for `Authorization: Bearer <token>`; else only from here."""
    token = current().metrics_token
    if token is None:
        if current().production or request.remote_addr not in {"127.0.0.1", "::1"}:
            raise NotFound()
    elif not hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        raise NotFound()
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    queue_registry = CollectorRegistry()
    queue_registry.register(QueueCollector())
    return Response(
        generate_latest(registry) + generate_latest(queue_registry), content_type=CONTENT_TYPE_LATEST
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.after_request(_count)


def _count(response: Response) -> Response:
    seen: Request = request._get_current_object()  # type: ignore[attr-defined]
    began = g.get("began")
    endpoint = seen.endpoint or "unknown"
    _answered(endpoint, seen.method, response.status_code).inc()
    if began is not None:
        _seconds(endpoint).observe(time.perf_counter() - began)
    return response


# Finding a child by its labels takes a lock and as long as counting; there are few.
@lru_cache(maxsize=4096)
def _answered(endpoint: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(endpoint, method, status)


@lru_cache(maxsize=1024)
def _seconds(endpoint: str) -> Histogram:
    return SECONDS.labels(endpoint)
