from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid


class SoldOut(Conflict):
    """Some pieces are not there (any more). `left` says how many of each of them could still be had."""

    sentence = _l("Somebody was faster: one of your pieces is sold out.")

    def __init__(self, left: Mapping[int, int], **extra: Any) -> None:
        super().__init__(**extra)
        self.left = dict(left)


class AlreadyMoved(Conflict):
    sentence = _l("This page was sent before: the pieces have been counted once, and not twice.")


class MoreThanLies(Conflict):
    sentence = _l("So many are not there, or they are promised to orders.")


class NotCounted(Conflict):
    sentence = _l("Nobody counts this one: it never runs out.")


class PlaceClosed(Conflict):
    sentence = _l("That store is closed for good: nothing is received there.")


class SamePlace(Invalid):
    sentence = _l("Choose two different places.")


class QuantityRefused(Invalid):
    sentence = _l("Write a whole number from 1 to 100,000; when counting, 0 as well.")
