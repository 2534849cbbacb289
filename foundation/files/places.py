"""What a place that keeps files can do; `folder.py` and `bucket.py` are the two there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class StoredFile:
    """One file as its place lists it: `size` in bytes, `changed_at` by the place's own clock."""

    key: str
    size: int
    changed_at: datetime


class Storage(Protocol):
    """A place that keeps files under keys (see `keys.py`). Every method raises `NotFound` for no key."""

    @property
    def name(self) -> str:
        """What people call it at the command line."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep a file; one that is there already counts as new from now on. Safe to repeat."""
        ...

    def read(self, key: str) -> bytes:
        """Its bytes; raises `NotFound` when there is none."""
        ...

    def exists(self, key: str) -> bool:
        """Whether it is there."""
        ...

    def delete(self, key: str) -> None:
        """Remove it; removing what is not there is no error."""
        ...

    def changed_at(self, key: str) -> datetime | None:
        """When it was last put, or None when it is not there."""
        ...

    def files(self, shelf: str) -> Iterator[StoredFile]:
        """Every file whose key begins with `shelf`, in the order of their keys."""
        ...
