"""A private PostgreSQL where nobody has set one up: for `make demo`, `make test` and any `flask` command.

The server is the machine's newest (15 or later, with the three extensions we use), else one that comes as a
Python wheel. It listens on a Unix socket alone, in a folder that only its owner enters. PostgreSQL refuses
to run as root: then an unprivileged user (`postgres`, else `nobody`) runs it.

`POSTGRES_BIN` names a folder of server programs to use instead, or says `wheel`.
"""

import argparse
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from foundation.postgres_programs import NoServer, find_server, usable_servers

NAME = "vetrina"  # the role and the database
SOCKET = "/.s.PGSQL.5432"
LONGEST_SOCKET = 107  # bytes in sockaddr_un.sun_path, less the closing zero
START_SECONDS = 60
GONE_SECONDS = 5
COMMON = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "200", "jit": "off"}
# For tests. Without statistics every table is taken for large, and two more processes were started for many a
# question about a few rows.
FORGETFUL = {
    **dict.fromkeys(("fsync", "full_page_writes", "synchronous_commit", "autovacuum"), "off"),
    "max_parallel_workers_per_gather": "0",
}


@dataclass(frozen=True)
class Place:
    """Where one private server lives: its data, its socket, and the user who runs it (None: ourselves)."""

    data: Path
    sockets: Path
    runner: pwd.struct_passwd | None

    @classmethod
    def of(cls, data_dir: Path) -> "Place":
        """The place for a data folder; under /var/tmp when root's runner could not enter it."""
        data = data_dir.resolve()
        mark = hashlib.sha256(f"{os.getuid()} {data}".encode()).hexdigest()[:12]
        runner = _unprivileged() if os.getuid() == 0 else None
        if runner and not _open_to_all(data.parent):
            data = Path("/var/tmp") / f"vetrina-{mark}" / data.name
        sockets = data.parent / f"{data.name}.socket"
        if len(os.fsencode(f"{sockets}{SOCKET}")) > LONGEST_SOCKET:
            sockets = Path("/tmp") / f"vetrina-{mark}"
        return cls(data, sockets, runner)

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={self.sockets}"

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program of the server as its user, out of reach of Ctrl-C in our terminal."""
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.data.parent)}
        with (self.data.parent / f"{self.data.name}.output").open("w+") as output:
            options = {"cwd": "/", "env": environment, "stdin": subprocess.DEVNULL, "text": True}
            user = (
                {"user": self.runner.pw_uid, "group": self.runner.pw_gid, "extra_groups": []}
                if self.runner
                else {}
            )
            done = subprocess.run(  # type: ignore[call-overload]
                command, stdout=output, stderr=output, start_new_session=True, check=False, **options, **user
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read(), "")

    def own(self, folder: Path) -> Path:
        """Make a folder that only the server's user (and root) enters; refuses somebody else's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.runner.pw_uid if self.runner else os.getuid()
        if folder.stat().st_uid not in (owner, os.getuid()):
            raise NoServer(f"{folder} belongs to another user. Remove it, or set DATABASE_URL.")
        folder.chmod(0o700)
        if self.runner:
            os.chown(folder, self.runner.pw_uid, self.runner.pw_gid)
        return folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time starts or stops this server; the others wait and find it done."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.runner and not _open_to_all(self.data.parent):
            self.data.parent.chmod(0o711)
        with (self.data.parent / f"{self.data.name}.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def ensure_running(data_dir: Path, *, durable: bool = True) -> str:
    """The URL of the private server that keeps its data in `data_dir`, made and started when need be.

    Safe to call from several processes at once. `durable=False` trades safety in a power cut for speed: for
    tests. Raises `NoServer`, saying what to do, when no server can be found or started.
    """
    place = Place.of(data_dir)
    if _answers(place):
        return place.url
    with place.locked():
        if not _answers(place):
            _start(place, durable)
    return place.url


@contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """The private server for the length of a block: stopped at its end if it was started here."""
    ours = not is_running(data_dir)
    try:
        yield ensure_running(data_dir)
    finally:
        if ours:
            with _undisturbed():
                stop(data_dir)


def is_running(data_dir: Path) -> bool:
    """Whether the private server of this folder takes connections."""
    return _answers(Place.of(data_dir))


def stop(data_dir: Path, *, at_once: bool = False) -> None:
    """Stop the private server of this folder, if it runs. `at_once` skips its tidying up: for tests."""
    place = Place.of(data_dir)
    if not (place.data / "postmaster.pid").exists():
        return
    with place.locked():
        mode = "immediate" if at_once else "fast"
        place.run(_server_for(place) / "pg_ctl", "-D", place.data, "-m", mode, "-w", "stop")


def remove(data_dir: Path) -> None:
    """Stop the private server of this folder and delete its data."""
    stop(data_dir, at_once=True)
    place = Place.of(data_dir)
    for folder in (place.data, place.sockets):
        shutil.rmtree(folder, ignore_errors=True)
    for left in place.data.parent.glob(f"{place.data.name}.*"):
        left.unlink()
    for copy in place.data.parent.glob(f"{place.data.name}-*"):
        shutil.rmtree(copy, ignore_errors=True)
    if place.data.parent.name.startswith("vetrina-"):
        shutil.rmtree(place.data.parent, ignore_errors=True)


def _server_for(place: Place) -> Path:
    """The programs that fit the data in this place, where its user can run them."""
    kept = place.data / "PG_VERSION"
    written_by = int(kept.read_text()) if kept.exists() else None
    folder = next((found for major, found in usable_servers() if written_by in (None, major)), None)
    if folder is None and written_by is not None:
        raise NoServer(
            f"{place.data} was written by PostgreSQL {written_by}, which is gone. `make clean` removes it."
        )
    folder = folder or find_server()
    if place.runner and not _open_to_all(folder):
        copy = place.data.parent / f"{place.data.name}-{folder.stat().st_mtime_ns}"
        if not copy.exists():
            half = copy.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(folder.parent, half / "pginstall", symlinks=True)
            libraries = folder.parents[1].with_name(folder.parents[1].name + ".libs")
            if libraries.exists():  # where a wheel keeps the shared libraries it brings
                shutil.copytree(libraries, copy.with_name(libraries.name), dirs_exist_ok=True)
            half.rename(copy)
        folder = copy / "pginstall/bin"
    return folder


def _start(place: Place, durable: bool) -> None:
    server = _server_for(place)
    place.own(place.sockets)
    log = place.own(place.data) / "server.log"
    if not (place.data / "PG_VERSION").exists():
        for left in place.data.iterdir():  # of a start that was cut short
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        flags = ["-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        made = place.run(server / "initdb", "-D", place.data, *flags, *([] if durable else ["--no-sync"]))
        if made.returncode:
            raise NoServer(f"PostgreSQL could not make {place.data}:\n{made.stdout}")
    _forget_the_dead(place)
    settings = COMMON | {"unix_socket_directories": str(place.sockets)} | ({} if durable else FORGETFUL)
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    begin: list[str | Path] = [server / "pg_ctl", "-D", place.data, "-w", "-t", str(START_SECONDS), "-l", log]
    if place.run(*begin, "-o", options, "start").returncode and not _answers(place):
        said = log.read_text()[-2000:] if log.exists() else ""
        raise NoServer(f"PostgreSQL from {server} did not start:\n{said}")
    with psycopg.connect(place.url.replace(f"/{NAME}?", "/postgres?"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f'CREATE DATABASE "{NAME}"')


def _forget_the_dead(place: Place) -> None:
    """Take away the lock files of a server that was killed and never buried (a container without init).

    PostgreSQL would take the zombie for a running server. Called while `locked`.
    """
    lock = place.data / "postmaster.pid"
    patience = time.monotonic() + GONE_SECONDS
    while lock.exists() and time.monotonic() < patience:
        status = Path("/proc") / lock.read_text().split("\n", 1)[0] / "stat"
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            lock.unlink()
            (place.sockets / f"{SOCKET[1:]}.lock").unlink(missing_ok=True)
        elif not _answers(place):
            time.sleep(0.1)  # it is on its way out, or only just starting
        else:
            return


def _answers(place: Place) -> bool:
    if not (place.data / "postmaster.pid").exists():
        return False
    with suppress(psycopg.OperationalError):
        psycopg.connect(place.url, connect_timeout=5).close()
        return True
    return False


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not keep us from stopping what we started."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = (
        {number: signal.signal(number, signal.SIG_IGN) for number in signals} if _in_main_thread() else {}
    )
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer(
        "PostgreSQL does not run as root, and there is no user postgres or nobody. Set DATABASE_URL."
    )


def _open_to_all(folder: Path) -> bool:
    """Whether any user may pass through this folder and all those above it."""
    existing = [path for path in (folder, *folder.parents) if path.exists()]
    return all(path.stat().st_mode & 0o001 for path in existing)


def main() -> None:
    """`python -m foundation.postgres start|stop|remove|which [--data FOLDER]`."""
    parser = argparse.ArgumentParser(description="The private PostgreSQL of this checkout.")
    parser.add_argument("verb", choices=["start", "stop", "remove", "which"])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DATA_DIR", ".run")) / "postgres")
    arguments = parser.parse_args()
    match arguments.verb:
        case "start":
            answer = ensure_running(arguments.data)
        case "which":
            answer = str(find_server())
        case "stop":
            stop(arguments.data)
            answer = "stopped"
        case _:
            remove(arguments.data)
            answer = "removed"
    print(answer)  # noqa: T201 - this is a command


if __name__ == "__main__":
    main()
