"""When guests are thanked, how long they may say what they think, and when a host reads it."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.guests.policy import is_quiet

# Home, and the coat off; whoever would read it at night reads it in the morning.
THANKS_AFTER = timedelta(hours=4)
ANSWERS_FOR = timedelta(days=7)
# Of fewer answers a host who knows the guests would know whose each is.
FEWEST = 3


def is_thanked(ended: datetime, now: datetime, local: datetime) -> bool:
    """Whether the letter may leave now; `local` is now on the clock of the store."""
    return ended + THANKS_AFTER <= now < ended + ANSWERS_FOR and not is_quiet(local)


def are_read(answers: int, *, closed: bool) -> int:
    """How many of the answers a host reads, the earliest of them: in groups of `FEWEST`, so that nobody sees
    the average move by one answer and knows whose it was. Once they are closed, all, if there is a group:
    nobody answers then, so what moves tells nothing of when somebody did.

    Who answers again moves to the end.
    """
    return answers if closed and answers >= FEWEST else answers - answers % FEWEST


def takes_answers(ended: datetime, now: datetime) -> bool:
    """Whether somebody who came may still say, or say otherwise, what they think."""
    return ended <= now < ended + ANSWERS_FOR
