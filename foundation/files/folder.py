"""Stored files in a folder of this machine: what a shop on one server needs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from foundation.errors import NotFound
from foundation.files.keys import checked, is_key
from foundation.files.places import StoredFile

UNFINISHED = ".part"


class Folder:
    """Files under `root`, in folders named after the first two letters of their keys."""

    name = "folder"

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        target = self.path_of(key)
        if target.exists():
            # Whoever is about to name it may rely on it again from now on: the sweep goes by this time.
            os.utime(target)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved into place: a reader never sees half a file, nor does a crash leave one.
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def read(self, key: str) -> bytes:
        try:
            return self.path_of(key).read_bytes()
        except FileNotFoundError as missing:
            raise NotFound() from missing

    def exists(self, key: str) -> bool:
        return self.path_of(key).is_file()

    def delete(self, key: str) -> None:
        self.path_of(key).unlink(missing_ok=True)

    def changed_at(self, key: str) -> datetime | None:
        try:
            return datetime.fromtimestamp(self.path_of(key).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def files(self, shelf: str) -> Iterator[StoredFile]:
        for folder in sorted(self.root.glob(f"{shelf[:2]}*/")):
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if is_key(entry.name) and entry.name.startswith(shelf):
                        found = entry.stat()
                        changed = datetime.fromtimestamp(found.st_mtime, UTC)
                        yield StoredFile(entry.name, found.st_size, changed)

    def path_of(self, key: str) -> Path:
        """Where the file of a key lies; raises `NotFound` for anything that is not the form of a key."""
        return self.root / checked(key)[:2] / key
