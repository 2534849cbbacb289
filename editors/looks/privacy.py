"""What looks know of a person: the words of the looks they put together, and how these were before."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT looks.title, looks.title_it, looks.story, looks.story_it, looks.captions, looks.status,
           looks.created_at, looks.published_at,
           (SELECT coalesce(jsonb_agg(content ORDER BY number), '[]') FROM look_versions
            WHERE look_id = looks.id) AS versions
    FROM looks JOIN editors ON editors.id = looks.editor_id
    WHERE editors.account_id = :account_id ORDER BY looks.id
    """
)
_MINE = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_FORGET = (
    # What was frozen stays: what two earn by it is in the books.
    text(f"DELETE FROM look_coauthors WHERE frozen_at IS NULL AND {_MINE}"),
    text(f"DELETE FROM looks WHERE published_at IS NULL AND {_MINE}"),
    text(f"DELETE FROM look_versions WHERE look_id IN (SELECT id FROM looks WHERE {_MINE})"),
    # The row of one that was on show stays: clicks and receipts refer to it. Captions are in its picture.
    text(
        f"""
        UPDATE looks SET title = '', title_it = NULL, story = '', story_it = NULL, captions = '[]',
            publish_at = NULL, picture_small_key = NULL, picture_medium_key = NULL, picture_large_key = NULL,
            picture_avif_keys = '{{}}', photo_key = NULL, version = version + 1
        WHERE {_MINE}
        """
    ),
)

CHAPTER = Chapter(
    name="looks",
    title=_l("Looks you put together"),
    promise=_l(
        "So that people see what goes together. Drafts are forgotten at once; of a look that was on show its "
        "words and its picture go, and the number stays, because the books refer to it."
    ),
    tables=("looks", "look_coauthors"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
