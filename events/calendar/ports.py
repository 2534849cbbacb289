"""Who may host. Until a package for training registers, every active editor may."""

from __future__ import annotations

from typing import Protocol


class Eligibility(Protocol):
    """Who knows which editors have finished the lesson on hosting."""

    def may_host(self, editor_id: int) -> bool:
        """Whether this editor may propose events; it only reads."""


class _Port:
    known: Eligibility | None = None


def eligible_by(known: Eligibility | None) -> None:
    """Register who knows; None takes that back."""
    _Port.known = known


def may_host(editor_id: int) -> bool:
    """Whether an active editor may propose an event."""
    return _Port.known is None or _Port.known.may_host(editor_id)
