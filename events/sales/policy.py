"""When a sale in the store is one of the evening."""

from __future__ import annotations

from datetime import timedelta

# Whoever comes early buys before it begins, and the queue at the till is longer than the evening.
BEFORE = timedelta(hours=1)
AFTER = timedelta(hours=2)
