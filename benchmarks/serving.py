"""One gunicorn worker on a Unix socket, and the client that talks to it.

Every application that is measured is wrapped by `metered`: it says how much CPU time its process has used,
and takes the visitor's address from `X-Real-IP`, as behind a proxy, so that visitors differ. Both cost the
product and the control the same, which is next to nothing.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

CPU_PATH = "/-/cpu"
START_SECONDS = 120.0
# As `foundation.processes.web` starts the shop, but for the socket and the single worker.
FLAGS = (
    "--config",
    "python:foundation.web.server",
    "--workers",
    "1",
    "--threads",
    "4",
    "--worker-class",
    "gthread",
    "--keep-alive",
    "120",
)
QUIET = ("--graceful-timeout", "2", "--no-control-socket", "--log-level", "warning")
ROOT = Path(__file__).resolve().parent.parent

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Request:
    """What is sent: made before the round begins, so that making it costs nobody anything."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def metered(app: WsgiApp) -> WsgiApp:
    """`app`, which also says its process's CPU time in nanoseconds at `CPU_PATH`."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == CPU_PATH:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(time.process_time_ns()).encode()]
        environ["REMOTE_ADDR"] = environ.get("HTTP_X_REAL_IP", "127.0.0.1")
        return app(environ, start_response)

    return answer


class _Wire(http.client.HTTPConnection):
    """HTTP over a Unix socket that stays open."""

    def __init__(self, address: Path) -> None:
        super().__init__("localhost", timeout=START_SECONDS)
        self._address = str(address)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(START_SECONDS)
        self.sock.connect(self._address)


class Client:
    """One connection to a running application, kept open."""

    def __init__(self, address: Path) -> None:
        self._wire = _Wire(address)

    def send(self, request: Request) -> Answer:
        """Send one request and read the whole answer."""
        self._wire.request(request.method, request.path, body=request.body, headers=dict(request.headers))
        reply = self._wire.getresponse()
        return Answer(reply.status, reply.headers, reply.read())  # type: ignore[arg-type]

    def close(self) -> None:
        """Hang up."""
        self._wire.close()


class Worker:
    """A running application; use it as a context manager."""

    def __init__(
        self, target: str, database_url: str, home: Path, name: str, environ: Mapping[str, str] | None = None
    ) -> None:
        self._address = home / f"{name}.sock"
        self._log = home / f"{name}.log"
        self._client = Client(self._address)
        self._command = [sys.executable, "-m", "gunicorn", target, "--bind", f"unix:{self._address}"]
        self._environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "DATABASE_URL": database_url,
            "DATA_DIR": str(home / "data"),
            **(environ or {}),
        }

    def __enter__(self) -> Worker:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*self._command, *FLAGS, *QUIET], cwd=ROOT, env=self._environ, stdout=log, stderr=log
            )
        try:
            if self._answers():
                return self
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.__exit__(None, None, None)
        raise RuntimeError(f"{self._command[3]} did not start:\n{self._log.read_text()[-2000:]}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        """Wait for the first answer; False when it does not come or the worker has ended."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.cpu_seconds()
            except OSError:
                self._client.close()
                time.sleep(0.1)
            else:
                return True
        return False

    def another_client(self) -> Client:
        """A connection of its own, for somebody who asks at the same time as others."""
        return Client(self._address)

    def send(self, request: Request) -> Answer:
        """Send one request and read the whole answer."""
        return self._client.send(request)

    def cpu_seconds(self) -> float:
        """CPU time of the worker process so far, its threads and the system's work for it included."""
        return int(self.send(Request(CPU_PATH)).body) / 1e9
