"""What reviews tell the other packages. Fields are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from foundation.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReviewPublished(Fact):
    """Somebody who bought a piece said what they think of it; everybody can read it."""

    NAME: ClassVar[str] = "reviews.ReviewPublished"
    review_id: int
    product_id: int
    order_id: int
    stars: int
    published_at: datetime
