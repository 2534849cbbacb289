"""What the rewards for hosts ask of events. An event is known to them by its slug."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commissions.hosting.ports import Hosted
from events.rewards.queries import over_of, over_since


class Evenings:
    """Events that took place."""

    def hosted_since(self, ended_after: datetime) -> Sequence[Hosted]:
        return over_since(ended_after)

    def hosted(self, event: str) -> Hosted | None:
        return over_of(event)
