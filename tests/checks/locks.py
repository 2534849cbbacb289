"""The lock files: written from pyproject.toml's ranges, and proved current without a network.

`python -m tests.checks.locks write` resolves again (network); `check` compares. Each lock opens with a
digest of
the ranges it was made from, names no registry, and carries a hash for every file it may install.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "requirements"
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)
DIGEST = re.compile(r"^# ranges: ([0-9a-f]{64})$", re.M)


def ranges() -> dict[str, list[str]]:
    """Lock name -> the requirements of pyproject.toml that it answers, each extra too. `dev` holds `prod`."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    prod = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    locks = {"prod": prod, **extras, "dev": prod + project["dependency-groups"]["dev"]}
    return locks | project["tool"]["vetrina"]["locks"]


def digest(wanted: list[str]) -> str:
    """One line for a set of ranges, whatever their order."""
    return hashlib.sha256("\n".join(sorted(wanted)).encode()).hexdigest()


def write() -> None:
    """Resolve every lock again. What is pinned already stays, unless a range forbids it."""
    for name, wanted in ranges().items():
        target = FOLDER / f"{name}.txt"
        command = [
            "uv",
            "pip",
            "compile",
            "-",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
        ]
        command += ["--no-header", "--no-annotate", "--quiet", "--output-file", str(target)]
        if name == "contract":
            command += ["--no-deps"]
        if name not in ("prod", "contract"):
            command += ["-c", str(FOLDER / "prod.txt")]
        subprocess.run(command, input="\n".join(wanted), text=True, check=True, stdout=subprocess.DEVNULL)
        target.write_text(f"# ranges: {digest(wanted)}\n{target.read_text()}")


def _faults_of(name: str, wanted: list[str]) -> list[str]:
    path = FOLDER / f"{name}.txt"
    if not path.exists():
        return [f"{path.name} is missing"]
    text = path.read_text()
    pins = {canonicalize_name(package): version for package, version in PINNED.findall(text)}
    faults = []
    if (found := DIGEST.search(text)) is None or found[1] != digest(wanted):
        faults.append(f"{path.name} was made from other ranges than pyproject.toml has")
    for line in wanted:
        requirement = Requirement(line)
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{path.name}: {line} is answered by {version or 'nothing'}")
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if PINNED.match(block) and "--hash=sha256:" not in block:
            faults.append(f"{path.name}: no hash for {block.split()[0]}")
    return faults


def npm_faults(folder: Path) -> list[str]:
    """package-lock.json answers package.json, and says where nothing is kept."""
    wanted = json.loads((folder / "package.json").read_text())
    lock = json.loads((folder / "package-lock.json").read_text())
    locked_root = lock["packages"][""]
    where = (folder / "package-lock.json").relative_to(ROOT)
    faults = [
        f"{where}: {group} differ from package.json"
        for group in ("dependencies", "devDependencies", "optionalDependencies")
        if wanted.get(group, {}) != locked_root.get(group, {})
    ]
    for path, entry in lock["packages"].items():
        if path and "integrity" not in entry:
            faults.append(f"{where}: no hash for {path}")
        if "resolved" in entry:
            faults.append(f"{where}: {path} records an address")
    return faults


def faults() -> list[str]:
    """Every way in which a lock does not answer what the project asks for."""
    found = [fault for name, wanted in ranges().items() for fault in _faults_of(name, wanted)]
    for lock in (ROOT / "package-lock.json", ROOT / "tests/browser/package-lock.json"):
        found += npm_faults(lock.parent)
    return [f"{fault} (make lock)" for fault in found]


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    elif problems := faults():
        sys.exit("\n".join(problems))
