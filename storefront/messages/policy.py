"""What a message may be."""

from __future__ import annotations

LONGEST = 2000
