"""The settled numbers of paying out."""

from __future__ import annotations

# Less than this is carried on to the next run, in minor units.
MINIMUM_MINOR = 1000
