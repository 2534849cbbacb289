from __future__ import annotations

from flask_babel import lazy_gettext as _l

from foundation.errors import Conflict, Invalid, NotFound
from foundation.seen import ChangedMeanwhile
from storefront.sizing.drafts import GuideDraft
from storefront.sizing.merging import Merged


class GuideNotFound(NotFound):
    sentence = _l("There is no size guide of that number.")


class BothChanged(ChangedMeanwhile):
    """Somebody else kept theirs first, and the two collide. `merged` is what could be put together, `now` how
    the guide is, and `seen` what to say to keep something else after all."""

    def __init__(self, *, merged: Merged, seen: str, now: GuideDraft) -> None:
        self.merged, self.seen, self.now = merged, seen, now
        super().__init__()


class RangeTaken(Conflict):
    sentence = _l("Another size guide is for the same pieces. Change that one, or put it away first.")


class NotForPieces(Invalid):
    sentence = _l("This size guide is for a department or a brand, not for single pieces.")


class TooManyPieces(Invalid):
    sentence = _l("A size guide holds 500 pieces by hand. Give it a department or a brand instead.")
