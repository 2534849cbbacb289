"""`python -m tests.faults [NUMBER ...]`: plants each fault in a copy of this tree, and expects its tests red.

A minute or two for all; exits 1 when a fault is not noticed. A test that cannot even be collected notices
nothing: it has to fail.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.planted import FAULTS, Fault

ROOT = Path(__file__).parents[2]
SHARED = (".venv", "node_modules", "foundation/assets/dist", "foundation/assets/fonts")
SOME_FAILED = 1  # pytest's word for it; others mean that it could not run
MOST_SECONDS = 240


def main(numbers: list[int]) -> int:
    """Plant the faults, all or those of these numbers; how many were not noticed decides the answer."""
    wanted = [FAULTS[number - 1] for number in numbers] or list(FAULTS)
    missed = 0
    with tempfile.TemporaryDirectory(prefix="vetrina-faults-") as name:
        copy = Path(name) / "tree"
        _copy(copy)
        for fault in wanted:
            began = time.monotonic()
            red = _noticed(copy, fault)
            missed += not red
            print(
                f"{'caught' if red else 'MISSED'}  {fault.name} ({time.monotonic() - began:.0f} s)",
                flush=True,
            )
    print(f"{len(wanted) - missed} of {len(wanted)} faults were caught")
    return int(missed > 0)


def _copy(copy: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    made = [str(one.relative_to(ROOT)) for one in ROOT.glob("*/translations/*/LC_MESSAGES/*.mo")]
    for name in [*listed.decode().split("\0")[:-1], *made]:
        target = copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    for name in SHARED:
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).symlink_to((ROOT / name).resolve())


def _noticed(copy: Path, fault: Fault) -> bool:
    right = {name: (copy / name).read_text() for name in fault.files}
    for name, text in right.items():
        if text.count(fault.right) != 1:
            raise SystemExit(f"{fault.name}: {name} no longer has its line exactly once")
        (copy / name).write_text(text.replace(fault.right, fault.instead))
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *fault.tests]
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=MOST_SECONDS, check=False)
        if done.returncode not in (0, SOME_FAILED):
            raise SystemExit(f"{fault.name}: its tests could not run\n{done.stdout.decode()[-2000:]}")
        return done.returncode == SOME_FAILED
    finally:
        for name, text in right.items():
            (copy / name).write_text(text)


if __name__ == "__main__":
    sys.exit(main([int(argument) for argument in sys.argv[1:]]))
