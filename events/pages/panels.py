"""Where other pages lead to events: the first page, the window of a host, and the page of a store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template

from events.pages import queries
from events.pages.calendars import entry_of
from events.pages.showing import months_of, when_of, where_of
from foundation import clock
from foundation.calendars import Entry

NEXT = 3


def home_evenings(**_: Any) -> str:
    """The next evenings, on the first page of the shop; nothing while there is none."""
    events = queries.nearest(clock.now(), NEXT)
    if not events:
        return ""
    lines = [{"event": event, "when": when_of(event), "where": where_of(event)} for event in events]
    return render_template("events/pages/home.html", lines=lines)


def hosted(*, editor_id: int, since: datetime) -> list[Entry]:
    """The public evenings of a host, for their window and its calendar."""
    return [entry_of(event) for event in queries.hosted_since(editor_id, since)]


def in_store(*, place_id: int) -> str:
    """The next evenings in a store."""
    events = queries.ahead(clock.now(), place_id=place_id, online=False)[:NEXT]
    if not events:
        return ""
    return render_template("events/pages/in_store.html", months=months_of(events))
