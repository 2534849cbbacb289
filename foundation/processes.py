"""Run web and worker side by side until somebody stops them, and leave nothing behind.

Each program leads a process group of its own, so that Ctrl-C in the terminal reaches only us, and what
we stop is what we started. A program also gets a signal of its own should we be killed outright.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

HOST = "127.0.0.1"
START_SECONDS = 60
GRACE_SECONDS = 10
WEB_GRACE_SECONDS = 2
PR_SET_PDEATHSIG = 1  # linux/prctl.h
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LAST_LINES = 30


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program to keep running; its output goes to `log`, `environ` is added to ours. `lasting`: the others
    are stopped when it ends by itself; one that is not has its work done then.
    """

    name: str
    command: Sequence[str]
    log: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    lasting: bool = True


def web(port: int, log: Path, environ: Mapping[str, str], *, workers: int = 2, threads: int = 4) -> Program:
    """The shop behind gunicorn on the loopback address."""
    command = [sys.executable, "-m", "gunicorn", "wsgi:create_app()", "--bind", f"{HOST}:{port}"]
    command += ["--config", "python:foundation.web.server"]
    # Imported once, before the workers fork: half the time to start.
    command += ["--preload", "--workers", str(workers), "--threads", str(threads)]
    command += ["--worker-class", "gthread"]
    # Browsers open connections ahead of need; at the end nobody waits for what is never asked on them.
    command += ["--graceful-timeout", str(WEB_GRACE_SECONDS), "--no-control-socket", "--log-level", "warning"]
    return Program(name="web", command=command, log=log, environ=environ)


def worker(log: Path, environ: Mapping[str, str]) -> Program:
    """The background work: mail, webhooks, reactions, periodic jobs."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    return Program(name="worker", command=command, log=log, environ=environ)


def port_taken(port: int) -> str | None:
    """Why nobody can listen on this port of the loopback address, as a sentence; None when it is free."""
    if not 0 < port < 2**16:
        return f"{port} is not a port: choose one from 1 to {2**16 - 1}, e.g. PORT=8080."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"Port {port} is for the system alone. Choose another one, e.g. PORT=8080."
        except OSError:
            return f"Port {port} is taken by another program. Choose another one, e.g. PORT={port + 1}."
    return None


def answers(port: int, path: str = "/healthz") -> bool:
    """Whether the shop on this port says that it is well."""
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=2) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def stoppable() -> Iterator[None]:
    """For the length of a block Ctrl-C, SIGTERM and SIGHUP end it by KeyboardInterrupt.

    Put it around everything that `run_until_stopped` needs first (database, migrations, story): what was
    started by then is stopped too.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # A shell may have started us deaf to the first.
    before = {number: signal.signal(number, interrupt) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_until_stopped(
    programs: Sequence[Program],
    *,
    ready: Callable[[], bool] = lambda: True,
    announce: Callable[[], None] = lambda: None,
    stopping: Callable[[], None] = lambda: None,
) -> int:
    """Start the programs, `announce()` once `ready()`, and wait for Ctrl-C, SIGTERM or SIGHUP.

    Stopping takes a second or three: `stopping()` is called before. Returns 0 when it was stopped, 1 when a
    lasting program ended by itself or was not ready in a minute; then the end of its log has been shown.
    Whatever was started is stopped in either case, and a second Ctrl-C changes nothing about that. Call it
    in the main thread.
    """
    wanted_stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        wanted_stop.set()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, ask_to_stop) for number in signals}
    started: list[tuple[Program, subprocess.Popen[bytes]]] = []
    try:
        for program in programs:
            started.append((program, _start(program)))
        status = _watch(started, wanted_stop, ready, announce)
        if status == 0:
            stopping()
        return status
    finally:
        _stop([process for _, process in started])
        for number, handler in before.items():
            signal.signal(number, handler)


def run_to_end(command: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run a program that ends by itself, and return its exit status; `environ` is added to ours.

    Ctrl-C reaches only us, by KeyboardInterrupt: the program and its children are stopped, then it goes on to
    the caller. So one voice says what happened, instead of a traceback for each process.
    """
    process: subprocess.Popen[bytes] | None = None
    try:
        with _undisturbed():  # a signal between fork and return would leave a program that nobody knows
            process = subprocess.Popen(
                command,
                env=os.environ | dict(environ),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - there is no thread yet
            )
        return process.wait()
    except BaseException:
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            _stop([process])
        raise


@contextmanager
def _undisturbed() -> Iterator[None]:
    """For the length of a block no signal is heard; one that came is heard at its end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _watch(
    started: Sequence[tuple[Program, subprocess.Popen[bytes]]],
    wanted_stop: threading.Event,
    ready: Callable[[], bool],
    announce: Callable[[], None],
) -> int:
    announced, late = False, time.monotonic() + START_SECONDS
    while not wanted_stop.wait(0.5 if announced else 0.05):
        for program, process in started:
            if process.poll() is not None and program.lasting:
                _show_end_of(program, f"{program.name} ended by itself ({process.returncode})")
                return 1
        if not announced and ready():
            announced = True
            announce()
        elif not announced and time.monotonic() > late:
            for program, _ in started:
                _show_end_of(program, f"{program.name} was not ready in {START_SECONDS} s")
            return 1
    return 0


def _start(program: Program) -> subprocess.Popen[bytes]:
    program.log.parent.mkdir(parents=True, exist_ok=True)
    with program.log.open("wb") as log:
        return subprocess.Popen(
            program.command,
            env=os.environ | dict(program.environ) | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - there is no thread yet
        )


def _die_with_parent() -> None:
    """In the child, before the program: hear signals, and ask Linux for a SIGTERM when the parent goes."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask each to end, last started first; whatever of its group is left after ten seconds is killed."""
    for process in reversed(processes):
        if process.poll() is None:
            process.terminate()
    patience = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, patience - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _show_end_of(program: Program, what: str) -> None:
    lines = program.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    sys.stderr.write("\n".join([f"{what}. Its last words, from {program.log}:", *lines]) + "\n")
