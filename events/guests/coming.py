"""Who comes, as they say it themselves or somebody says it for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Who comes, and what they need; see `models.Rsvp`."""

    name: str
    party: int = 1
    plus_one: str = ""
    needs: str = ""
