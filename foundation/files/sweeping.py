"""Taking away files that no row names: left by changes that were rolled back and pictures taken down.

A file is kept first and named by a row afterwards, in a transaction that may last. So nothing goes that was
put during the last `DAYS`, and its age is asked again right before it goes: putting it once more, as somebody
does who uploads the same picture, makes it new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

import structlog

from foundation import clock
from foundation.db import leave_transaction
from foundation.files import storage
from foundation.files.keys import SHELVES
from foundation.files.named import named_among
from foundation.files.places import Storage

DAYS = 30
AT_A_TIME = 2000

log = structlog.get_logger(__name__)


def sweep() -> int:
    """Delete what nobody named for `DAYS`; how many that were. Call it outside of a transaction."""
    place = storage.current()
    # The machine's own time: it is compared with what the place says of its files.
    before = clock.machine() - timedelta(days=DAYS)
    gone = 0
    for old in _old(place, before):
        named = named_among(old)
        leave_transaction()
        for key in old:
            if key not in named and _still_old(place, key, before):
                place.delete(key)
                gone += 1
    if gone:
        log.info("files.swept", files=gone, place=place.name)
    return gone


def _old(place: Storage, before: datetime) -> Iterator[Sequence[str]]:
    for shelf in SHELVES:
        keys = (file.key for file in place.files(shelf) if file.changed_at < before)
        while some := list(islice(keys, AT_A_TIME)):
            yield some


def _still_old(place: Storage, key: str, before: datetime) -> bool:
    changed = place.changed_at(key)
    return changed is not None and changed < before
