"""When doors open, when a device forgets its list, and what a list says to a party: arithmetic alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.door.models import ScanResult
from events.guests.models import RsvpStatus

# A device may hold the list of an evening from a day before it begins until half a day after its end.
LIST_FROM, LIST_UNTIL = timedelta(hours=24), timedelta(hours=12)
# Whose tickets are held up at the wrong door: of the same store around that day, and of any store that day.
SAME_STORE, SAME_DAY = timedelta(days=14), timedelta(hours=24)
# A device that tells so much later is believed all the same: a phone may lie in a drawer for days.
TOLD_UNTIL = timedelta(days=14)
# What a device says is longer ago is nonsense, and may be longer than time is.
LONGEST_AGO = 2 * TOLD_UNTIL
# Nobody is called absent before every phone had the time to tell.
CLOSING = timedelta(hours=2)
MOST_AT_ONCE = 500


def holds_list(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a device may have the names of an evening now."""
    return starts_at - LIST_FROM <= now < ends_at + LIST_UNTIL


def takes_scans(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether what was seen at the door is still taken in."""
    return starts_at - LIST_FROM <= now < ends_at + TOLD_UNTIL


def by_our_clock(at: datetime, sent_at: datetime, received_at: datetime) -> datetime:
    """When something was seen, by our clock, told by a device whose clock may be wrong by hours.

    What the device believes to be now is now; whatever lies between is right by any clock. Nothing was seen
    after it was told of, nor longer ago than any device would tell of it.
    """
    return received_at - min(max(timedelta(), sent_at - at), LONGEST_AGO)


def answer_of(status: RsvpStatus, *, arrived: int, party: int, offered_free: bool, early: bool) -> ScanResult:
    """What the list says to a party at the door.

    `offered_free`: a seat is offered to them, and free. `early`: the doors are not open.
    """
    if status == RsvpStatus.ATTENDED:
        return ScanResult.OK if arrived < party else ScanResult.AGAIN
    if early:
        return ScanResult.TOO_EARLY
    if status in (RsvpStatus.GOING, RsvpStatus.NO_SHOW) or offered_free:
        return ScanResult.OK
    if status in (RsvpStatus.CANCELLED, RsvpStatus.DECLINED):
        return ScanResult.CANCELLED
    return ScanResult.NO_SEAT
