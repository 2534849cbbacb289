"""Who else knows which pieces go together: SQL of rows (product_id, other_id, times), both ways round.

Until somebody registers, orders alone say so.
"""

from __future__ import annotations

from typing import ClassVar


class _Port:
    sources: ClassVar[dict[str, int]] = {}


def put_together(sql: str, weight: int) -> None:
    """Register a SELECT of pairs; each time counts for `weight`, where being bought together counts for 1."""
    _Port.sources[sql] = weight


def sources() -> dict[str, int]:
    """What was registered, with its weights."""
    return dict(_Port.sources)
