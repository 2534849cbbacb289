"""A service on loopback that keeps objects as S3 does: the five requests we make, and bad days on demand."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs, unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from xml.sax.saxutils import escape

from foundation import clock, settings

NAME, ACCESS_KEY = "pictures", "access-of-a-test"
PAGE = 3  # objects in one answer to a listing, few so that every test turns pages


class Service:
    """One bucket. `bad_days`: statuses to answer next instead; `log`: what was asked, e.g. `PUT shop/ab…`;
    `pauses`: seconds that a client would have waited before it asked again."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, dict[str, str], datetime]] = {}
        self.bad_days: list[int] = []
        self.log: list[str] = []
        self.pauses: list[float] = []
        self.port = 0

    def place(self, **more: Any) -> settings.Bucket:
        """The settings of a shop that keeps its pictures here."""
        values: dict[str, Any] = {
            "name": NAME,
            "endpoint": f"http://127.0.0.1:{self.port}",
            "region": "eu-south-1",
            "access_key": ACCESS_KEY,
            "secret_key": "secret",
            "prefix": "shop/",
        }
        return settings.Bucket(**values | more)

    def grow_old(self, key: str, days: int) -> None:
        name = f"shop/{key}"
        data, headers, at = self.objects[name]
        self.objects[name] = (data, headers, at - timedelta(days=days))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], unquote(environ["PATH_INFO"])
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        bucket, _, name = path.lstrip("/").partition("/")
        self.log.append(f"{method} {name}".strip())
        if self.bad_days:
            return self._error(start, self.bad_days.pop(0), "SlowDown")
        if ACCESS_KEY not in environ.get("HTTP_AUTHORIZATION", ""):
            return self._error(start, 403, "InvalidAccessKeyId")
        if bucket != NAME:
            return self._error(start, 404, "NoSuchBucket")
        if method == "PUT":
            headers = {
                "Content-Type": environ.get("CONTENT_TYPE", ""),
                "Cache-Control": environ.get("HTTP_CACHE_CONTROL", ""),
            }
            self.objects[name] = (body, headers, clock.machine())
            return self._answer(start, "200 OK", b"", {"ETag": f'"{hashlib.md5(body).hexdigest()}"'})
        if method == "DELETE":
            self.objects.pop(name, None)
            return self._answer(start, "204 No Content", b"", {})
        if not name:
            return self._list(start, parse_qs(environ["QUERY_STRING"]))
        if name not in self.objects:
            return self._error(start, 404, "NoSuchKey", silent=method == "HEAD")
        data, headers, at = self.objects[name]
        more = {"Last-Modified": at.strftime("%a, %d %b %Y %H:%M:%S GMT"), "Content-Length": str(len(data))}
        return self._answer(start, "200 OK", b"" if method == "HEAD" else data, headers | more)

    def _list(self, start: Callable[..., Any], query: dict[str, list[str]]) -> Iterable[bytes]:
        begin = query.get("prefix", [""])[0]
        after = query.get("continuation-token", [""])[0]
        names = [name for name in sorted(self.objects) if name.startswith(begin) and name > after]
        rows = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(self.objects[name][0])}</Size>"
            f"<LastModified>{self.objects[name][2]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified></Contents>"
            for name in names[:PAGE]
        )
        more = len(names) > PAGE
        token = f"<NextContinuationToken>{escape(names[PAGE - 1])}</NextContinuationToken>" if more else ""
        text = (
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>'
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{rows}</ListBucketResult>"
        )
        return self._answer(start, "200 OK", text.encode(), {"Content-Type": "application/xml"})

    def _error(
        self, start: Callable[..., Any], status: int, code: str, *, silent: bool = False
    ) -> Iterable[bytes]:
        text = b"" if silent else f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
        return self._answer(start, f"{status} No", text, {"Content-Type": "application/xml"})

    def _answer(
        self, start: Callable[..., Any], status: str, body: bytes, headers: dict[str, str]
    ) -> Iterable[bytes]:
        start(status, list({"Content-Length": str(len(body)), **headers}.items()))
        return [body]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # a client that asks whether it may go on gets its answer at once

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the service keeps its own log."""


@contextmanager
def running() -> Iterator[Service]:
    """The service on a free port of loopback, until the end of the block."""
    service = Service()
    server = make_server("127.0.0.1", 0, service, server_class=_Server, handler_class=_Quiet)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
