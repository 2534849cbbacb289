"""`make demo`: the whole shop on this machine, told once, then run until Ctrl-C.

What it needs it makes: a private PostgreSQL under .run/, the pictures, the story. Close-ups and outfits are
painted while the shop is open. A second start finds all
of it in place, and this module loads nothing of the shop itself, so it is quick. Nothing here is reachable
in production: the settings refuse a demo beside a real Stripe key or a database that is not the private one.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from demo.tour import welcome
from foundation import postgres
from foundation.postgres_programs import NoServer
from foundation.processes import (
    Program,
    answers,
    port_taken,
    run_to_end,
    run_until_stopped,
    stoppable,
    web,
    worker,
)
from foundation.settings import Settings, SettingsRefused

STOPPED_EARLY = 128 + signal.SIGINT
# Written by the painter when every piece has all its pictures.
PAINTED = "demo.painted"
# The story is thousands of small changes. None of them waits for the disk; `prepare` sees to that at its end.
HURRIED = {"PGOPTIONS": "-c synchronous_commit=off"}
MIGRATIONS = Path(__file__).parents[1] / "migrations" / "versions"


def main() -> int:
    """Returns the exit status: 0 after Ctrl-C, 130 when that came before the shop was open, 1 when it could
    not start (the reason was printed).
    """
    port = os.environ.get("PORT", "8000")
    taken = port_taken(int(port)) if port.isdecimal() else f"PORT must be a number, not {port!r}."
    if taken:
        return _give_up(taken)
    environ = {"VETRINA_DEMO": "1", "BASE_URL": f"http://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
    environ["STORE_CREDIT_BONUS_BPS"] = os.environ.get("STORE_CREDIT_BONUS_BPS", "1000")
    try:
        settings = Settings.read(os.environ | environ)
    except SettingsRefused as refusal:
        return _give_up(str(refusal))
    try:
        with stoppable(), postgres.running(settings.data_dir / "postgres"):
            status = _run(settings, int(port), environ)
    except NoServer as problem:
        return _give_up(str(problem))
    except KeyboardInterrupt:
        print("\n  Stopped before the shop was open. The next start does what is left.")
        return STOPPED_EARLY
    if status == 0:
        print("  Stopped. What happened in the shop is kept for the next start.")
    return status


def _run(settings: Settings, port: int, environ: Mapping[str, str]) -> int:
    stamp, fit_for = settings.data_dir / "demo.prepared", _fit_for(settings.base_url)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != fit_for:
        if run_to_end([sys.executable, "-m", "demo.prepare"], dict(environ) | HURRIED) != 0:
            return _give_up("The demo could not be prepared; what went wrong stands above.")
        stamp.write_text(fit_for, encoding="utf-8")
    numbers = settings.data_dir / "metrics"
    shutil.rmtree(numbers, ignore_errors=True)
    numbers.mkdir(parents=True)
    environ = dict(environ) | {"PROMETHEUS_MULTIPROC_DIR": str(numbers)}
    logs: Path = settings.data_dir / "logs"
    programs = [web(port, logs / "web.log", environ), worker(logs / "worker.log", environ)]
    painting = not (settings.data_dir / PAINTED).exists()
    if painting:
        command = [sys.executable, "-m", "demo.painter"]
        programs.append(
            Program(name="painter", command=command, log=logs / "painter.log", environ=environ, lasting=False)
        )
    return run_until_stopped(
        programs,
        ready=lambda: answers(port),
        announce=lambda: print(welcome(port, painting=painting), flush=True),
        stopping=lambda: print("\n  Stopping everything this command started ...", flush=True),
    )


def _fit_for(base_url: str) -> str:
    """What the preparation depends on: the newest tables, and the address that webhooks are sent to."""
    return "\n".join([base_url, *sorted(path.name for path in MIGRATIONS.glob("*.py"))])


def _give_up(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
