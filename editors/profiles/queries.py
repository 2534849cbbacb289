from __future__ import annotations

from editors.membership.models import Editor
from foundation.seen import seen_as


def seen_of(editor: Editor) -> str:
    """What the form of a profile shows, in short (`foundation.seen`)."""
    return seen_as(editor.name, editor.city, editor.style, editor.style_it, editor.words, editor.words_it)
