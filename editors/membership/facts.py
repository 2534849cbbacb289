from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EditorJoined(Fact):
    """Somebody became a style editor: they can build looks and share links from now on."""

    NAME: ClassVar[str] = "membership.EditorJoined"
    editor_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class StandingChanged(Fact):
    """A style editor rests, has left, was removed, or goes on. It may be otherwise when this is heard."""

    NAME: ClassVar[str] = "membership.StandingChanged"
    editor_id: int
    status: str
