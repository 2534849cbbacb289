"""Who did it. Passed into every action, written on every audit row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    GUEST = "guest"
    PERSON = "person"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person by account, a member of staff acting as staff, or the house itself (a job, Stripe)."""

    kind: ActorKind
    label: str
    account_id: int | None = None

    @classmethod
    def guest(cls) -> Actor:
        return cls(ActorKind.GUEST, "guest")

    @classmethod
    def person(cls, account_id: int, label: str) -> Actor:
        return cls(ActorKind.PERSON, label, account_id)

    @classmethod
    def staff(cls, account_id: int, label: str) -> Actor:
        return cls(ActorKind.STAFF, label, account_id)

    @classmethod
    def system(cls, label: str) -> Actor:
        """The house itself, by the name of the job, command or provider that acts."""
        return cls(ActorKind.SYSTEM, label)
