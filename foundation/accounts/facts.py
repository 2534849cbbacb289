"""What accounts tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EmailChanged(Fact):
    """The owner of an account has another e-mail address, and proved that it is theirs: read the account."""

    NAME: ClassVar[str] = "accounts.EmailChanged"
    account_id: int
