"""Between two places, and whether a place holds what it should. Memory stays flat: one shelf at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from foundation.db import leave_transaction
from foundation.files.keys import SHELVES
from foundation.files.named import every_named
from foundation.files.places import Storage

AT_ONCE = 8


@dataclass
class Copied:
    """What a copy did so far: files and bytes written, files that were there already."""

    files: int = 0
    bytes: int = 0
    there: int = 0


def copy(app: Flask, source: Storage, target: Storage) -> Iterator[Copied]:
    """Copy what the target has not yet, or has in another size; tells how far it is after each shelf.

    Stopped and begun again it goes on where it was. Files are only added, nothing is removed anywhere.
    """
    done = Copied()

    def carry(key: str) -> int:
        with app.app_context():
            data = source.read(key)
            target.put(key, data)
            return len(data)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for shelf in SHELVES:
            there = {file.key: file.size for file in target.files(shelf)}
            missing = [file.key for file in source.files(shelf) if there.get(file.key) != file.size]
            done.there += len(there.keys() - set(missing))
            for size in pool.map(carry, missing):
                done.files += 1
                done.bytes += size
            yield done


class Finding(StrEnum):
    """What may be wrong with a stored file."""

    MISSING = "missing"
    CHANGED = "changed"


def verify(place: Storage) -> Iterator[tuple[Finding, str]]:
    """Every key that a row names and the place has not, and every file that is not what its key says."""
    for shelf in SHELVES:
        named = list(every_named(shelf))
        leave_transaction()
        there = {file.key for file in place.files(shelf)}
        for key in named:
            if key not in there:
                yield Finding.MISSING, key
        for key in sorted(there):
            if not key.startswith(hashlib.sha256(place.read(key)).hexdigest()[:40]):
                yield Finding.CHANGED, key
