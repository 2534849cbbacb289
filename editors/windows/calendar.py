"""The calendar of an editor's evenings, for whoever subscribes to it."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from editors.membership.models import Editor
from foundation import settings
from foundation.calendars import Entry, calendar_file


def calendar_of(editor: Editor, evenings: Iterable[Entry]) -> bytes:
    """The calendar in the reader's language."""
    shop = settings.current()
    return calendar_file(
        evenings, name=gettext("%(name)s at %(shop)s", name=editor.name, shop=shop.shop_name)
    )
