"""`python -m tests.checks [tree|locks|imports|translations ...]`: the checks that need no database.

`sums` takes a quarter of a minute and runs when it is named.
"""

import sys
import time

from tests.checks import imports, locks, sums, translations, tree

CHECKS = {
    "tree": tree.faults,
    "locks": locks.faults,
    "imports": imports.faults,
    "translations": translations.faults,
}
ON_REQUEST = {"sums": sums.faults}


def main(names: list[str]) -> int:
    """Run the named checks and print what they find; 1 when anything was found."""
    failed = False
    for name in names or CHECKS:
        began = time.monotonic()
        faults = (CHECKS | ON_REQUEST)[name]()
        failed = failed or bool(faults)
        print(f"{name}: {f'{len(faults)} to mend' if faults else 'ok'} ({time.monotonic() - began:.1f} s)")
        print(*(f"  {fault}" for fault in faults), sep="\n", end="\n" if faults else "")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
