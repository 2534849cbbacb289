"""What gunicorn does beside serving: `gunicorn --config python:foundation.web.server`.

The application stays for as long as the process does. Frozen, it is left out of every collection of garbage:
a full one is short, forked workers go on sharing its memory, and stopping takes a quarter of the time.
"""

from __future__ import annotations

import gc
from typing import Any


def when_ready(arbiter: Any) -> None:
    """Before the first worker forks; with `--preload` the application is there by now."""
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Once a worker has the application, its own or the one it was born with."""
    gc.freeze()
