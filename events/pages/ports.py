"""Who is invited. Until a feature that knows guests registers, nobody is."""

from __future__ import annotations

from typing import Protocol


class Invitations(Protocol):
    """Who knows the guests of events."""

    def invited(self, event_id: int, account_id: int | None, secret: str) -> bool:
        """Whether this reader may see an event by invitation: by their account, or by the secret of the
        address they came by (empty where there is none). It only reads."""


class _Port:
    known: Invitations | None = None


def invited_by(known: Invitations | None) -> None:
    """Register who knows; None takes that back."""
    _Port.known = known


def is_invited(event_id: int, account_id: int | None, secret: str) -> bool:
    """Whether this reader was invited."""
    return _Port.known is not None and _Port.known.invited(event_id, account_id, secret)
