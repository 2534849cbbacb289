from __future__ import annotations

from editors.membership.models import Editor, EditorStatus
from foundation.web.queries import Section


def pages_of_windows() -> Section:
    """The windows on show, for the sitemap."""
    columns = Editor.__table__.c
    return Section(
        prefix="/@",
        key=columns.id,
        name=columns.handle,
        changed=columns.joined_at,
        where=columns.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
    )
