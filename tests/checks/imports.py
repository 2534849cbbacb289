"""The import contracts of pyproject.toml, over the packages that exist today."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {"demo/prepare.py", "demo/painter.py"}  # run by `python -m demo`, imported by nobody
NOT_OURS = {"tests", "migrations", "benchmarks"}  # nothing imports these, checked below


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return '"' + str(value) + '"'


def _exists(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return "*" in module or path.is_dir() or path.with_suffix(".py").exists()


def _narrowed(rules: dict[str, Any]) -> str:
    """The rules as TOML, without the modules of ours that are not there yet."""
    ours = set(rules["root_packages"])
    lines = ["[tool.importlinter]"]
    plain = {key: value for key, value in rules.items() if key != "contracts"}
    plain["root_packages"] = [name for name in plain["root_packages"] if _exists(name)]
    lines += [f"{key} = {_toml(value)}" for key, value in plain.items()]
    for contract in rules["contracts"]:
        kept = {
            key: [item for item in value if item.split(".")[0] not in ours or _exists(item)]
            if isinstance(value, list)
            else value
            for key, value in contract.items()
        }
        if any(value == [] for value in kept.values()):
            continue
        lines += [
            "[[tool.importlinter.contracts]]",
            *(f"{key} = {_toml(value)}" for key, value in kept.items()),
        ]
    return "\n".join(lines) + "\n"


def _importers_of_wsgi(packages: set[str]) -> Iterator[str]:
    """wsgi.py is a module, which import-linter cannot hold as a floor; `python -m demo` is a program too."""
    for package in packages:
        for path in (ROOT / package).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if name not in PROGRAMS and re.search(r"^(from|import) wsgi\b", path.read_text(), re.M):
                yield name


def faults() -> list[str]:
    """What lint-imports says when a contract is broken; a top-level package that no contract names."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    found = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - NOT_OURS
    unnamed = found - set(rules["root_packages"])
    if unnamed:
        return [
            f"pyproject.toml: add {name} to [tool.importlinter] and give it a floor"
            for name in sorted(unnamed)
        ]
    if upward := sorted(_importers_of_wsgi(found)):
        return [f"{path}: nothing below wsgi.py imports it" for path in upward]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "contracts.toml"
        config.write_text(_narrowed(rules))
        command = ["lint-imports", "--no-cache", "--config", str(config)]
        paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PATH": paths}
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return []
    report = run.stdout + run.stderr
    return [report[report.find("Broken contracts") :] if "Broken contracts" in report else report]
