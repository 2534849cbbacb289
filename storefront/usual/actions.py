from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from foundation import clock
from foundation.actors import Actor
from foundation.db import db

_KEEP = text(
    """
    INSERT INTO usual_sizes (account_id, slot, size, chosen_at)
    SELECT :account_id, slot, size, :now
    FROM unnest(CAST(:slots AS text[]), CAST(:sizes AS text[])) AS chosen (slot, size) ORDER BY slot
    ON CONFLICT (account_id, slot) DO UPDATE SET size = excluded.size, chosen_at = excluded.chosen_at
    """
)
_FORGET = text(
    "DELETE FROM usual_sizes WHERE account_id = :account_id AND slot = ANY(CAST(:slots AS text[]))"
)


def keep_sizes(*, actor: Actor, account_id: int, sizes: Mapping[str, str]) -> None:
    """Note what an account takes in some places; the others stay. An empty size forgets the place.

    Not audited: it is nobody's business, and nothing happens to money or stock.
    """
    kept = {slot: size for slot, size in sizes.items() if size}
    if kept:
        values = {"account_id": account_id, "now": clock.now()}
        db.session.execute(_KEEP, values | {"slots": list(kept), "sizes": list(kept.values())})
    if gone := sizes.keys() - kept.keys():
        db.session.execute(_FORGET, {"account_id": account_id, "slots": sorted(gone)})
