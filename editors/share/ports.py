"""What the share kit has to ask of somebody above it who sorts editors into steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Active editors who get the same code discount in one act; `name` in the reader's language."""

    number: int
    name: str
    editor_ids: frozenset[int]


def _nobody() -> Sequence[Group]:
    return ()


class _Port:
    groups: Callable[[], Sequence[Group]] = staticmethod(_nobody)


def sort_editors(groups: Callable[[], Sequence[Group]]) -> None:
    """Register who knows the steps."""
    _Port.groups = staticmethod(groups)


def editor_groups() -> Sequence[Group]:
    """The steps there are, with who stands on them; none while nobody sorts."""
    return _Port.groups()
