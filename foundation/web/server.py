"""What gunicorn does beside serving: `gunicorn --config python:foundation.web.server`.

The application stays for as long as the process does. Frozen, it is left out of every collection of garbage:
a full one is short, forked workers go on sharing its memory, and stopping takes a quarter of the time.
"""

from __future__ import annotations

import gc
from typing import Any

from gunicorn.http import message

# Gunicorn refuses a line above 8190 bytes with a bare page and takes no setting above. What is a bit longer
# comes in, for the application to refuse with a page of its own (`unreadable`); without an end it stays out.
message.MAX_REQUEST_LINE = limit_request_line = 64 * 1024


def when_ready(arbiter: Any) -> None:
    """Before the first worker forks; with `--preload` the application is there by now."""
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Once a worker has the application, its own or the one it was born with."""
    gc.freeze()
