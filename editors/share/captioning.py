"""Which words a caption is made of: what staff wrote, else what the house says."""

from __future__ import annotations

from editors.links.models import LinkTarget
from editors.share.captions import Tone, Worded, house_words
from editors.share.queries import written_caption


def worded_for(target: LinkTarget, tone: Tone) -> Worded:
    """The words that count for a target in a tone."""
    return written_caption(target, tone) or house_words(target, tone)
