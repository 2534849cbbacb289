from __future__ import annotations

from editors.membership.models import Editor
from foundation.db import db
from foundation.seen import seen_as
from storefront.places.models import Place


def store_of(editor: Editor) -> Place | None:
    """The store where somebody meets them; None where they named none, or it closed for good."""
    place = db.session.get(Place, editor.store_id) if editor.store_id else None
    return place if place is not None and place.closed_at is None else None


def seen_of(editor: Editor) -> str:
    """What the form of a profile shows, in short (`foundation.seen`)."""
    words = (editor.name, editor.city, editor.style, editor.style_it, editor.words, editor.words_it)
    return seen_as(*words, editor.store_id, *sorted(editor.specialities), editor.shows_sizes)
