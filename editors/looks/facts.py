from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LookComposed(Fact):
    """The picture of a look on show is there, or there anew."""

    NAME: ClassVar[str] = "looks.LookComposed"
    look_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class LookTakenDown(Fact):
    """A look is no longer on show."""

    NAME: ClassVar[str] = "looks.LookTakenDown"
    look_id: int
