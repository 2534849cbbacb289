"""The collections an editor made; forgotten at once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_MINE = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_TELL = text(
    f"""
    SELECT title, title_it, words, words_it, status, made_at,
           (SELECT count(*) FROM gathered_items WHERE gathering_id = gatherings.id) AS things
    FROM gatherings WHERE {_MINE} AND title <> '' ORDER BY id
    """
)
_FORGET = (
    text(f"DELETE FROM look_pins WHERE {_MINE}"),
    text(f"DELETE FROM window_covers WHERE {_MINE}"),
    text(f"DELETE FROM gathered_items WHERE gathering_id IN (SELECT id FROM gatherings WHERE {_MINE})"),
    # The row stays without a word in it, because links that are out refer to it.
    text(
        f"""
        UPDATE gatherings
        SET status = 'removed', slug = 'forgotten-' || id,
            title = '', title_it = NULL, words = '', words_it = NULL
        WHERE {_MINE}
        """
    ),
)

CHAPTER = Chapter(
    name="gatherings",
    title=_l("Collections you made"),
    promise=_l("So that people see what belongs together in your window. Forgotten at once."),
    tables=("gatherings", "look_pins", "window_covers"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
