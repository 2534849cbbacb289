"""`make demo`: the whole shop on this machine, told once, then run until Ctrl-C.

What it needs it makes: a private PostgreSQL under .run/, the pictures, the story. A second start finds all
of it in place. Nothing here is reachable in production: the settings refuse a demo beside a real Stripe key
or a database that is not the private one.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from flask_migrate import upgrade

from demo.story import telling
from demo.tour import welcome
from foundation import postgres
from foundation.payments.setup import ensure_destinations
from foundation.postgres_programs import NoServer
from foundation.processes import answers, port_taken, run_until_stopped, web, worker
from foundation.settings import Settings, SettingsRefused
from wsgi import create_app


def main() -> int:
    """Returns the exit status: 0 after Ctrl-C, 1 when it could not start (the reason was printed)."""
    port = os.environ.get("PORT", "8000")
    taken = port_taken(int(port)) if port.isdecimal() else f"PORT must be a number, not {port!r}."
    if taken:
        return _give_up(taken)
    environ = {"VETRINA_DEMO": "1", "BASE_URL": f"http://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
    try:
        settings = Settings.read(os.environ | environ)
    except SettingsRefused as refusal:
        return _give_up(str(refusal))
    try:
        with postgres.running(settings.data_dir / "postgres"):
            return _run(settings, int(port), environ)
    except NoServer as problem:
        return _give_up(str(problem))


def _run(settings: Settings, port: int, environ: Mapping[str, str]) -> int:
    logging.disable(logging.WARNING)
    app = create_app(os.environ | dict(environ))
    logging.disable(logging.NOTSET)
    with app.app_context():
        upgrade()
        # The stand-in sends its webhooks where it was told to; the port may be another one than last time.
        ensure_destinations(base_url=settings.base_url)
    telling.tell_once(app, folder=settings.data_dir / "pictures", say=_Progress())
    numbers = settings.data_dir / "metrics"
    shutil.rmtree(numbers, ignore_errors=True)
    numbers.mkdir(parents=True)
    environ = dict(environ) | {"PROMETHEUS_MULTIPROC_DIR": str(numbers)}
    logs: Path = settings.data_dir / "logs"
    return run_until_stopped(
        [web(port, logs / "web.log", environ), worker(logs / "worker.log", environ)],
        ready=lambda: answers(port),
        announce=lambda: print(welcome(port), flush=True),
    )


class _Progress:
    """Tells how far the story is: on one line of a terminal, elsewhere a line for each chapter."""

    def __init__(self) -> None:
        self.chapter = ""

    def __call__(self, text: str) -> None:
        if sys.stdout.isatty():
            print(f"\r\033[K{text}", end="", flush=True)
        elif text.partition(":")[0] != self.chapter:
            print(text, flush=True)
        self.chapter = text.partition(":")[0]


def _give_up(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
