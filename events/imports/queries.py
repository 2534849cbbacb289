from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from events.calendar.models import Event
from events.guests.models import Rsvp
from events.imports.errors import NoSuchImport
from events.imports.models import GuestImport, GuestLine, LineStatus
from foundation.db import db


def import_of(event: Event, import_id: int, *, staff: bool) -> GuestImport:
    """A file of guests with its lines; a host has the host’s own alone, not those of one before. Raises
    `NoSuchImport`."""
    found = db.session.scalars(
        select(GuestImport)
        .where(GuestImport.id == import_id, GuestImport.event_id == event.id)
        .options(selectinload(GuestImport.lines))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or (not staff and found.editor_id != event.editor_id):
        raise NoSuchImport()
    return found


def imports_of(event: Event, *, staff: bool) -> Sequence[GuestImport]:
    """The files of guests of an event, the newest first."""
    wanted = select(GuestImport).where(GuestImport.event_id == event.id)
    if not staff:
        wanted = wanted.where(GuestImport.editor_id == event.editor_id)
    return db.session.scalars(wanted.order_by(GuestImport.id.desc())).all()


def ready_lines(import_id: int) -> Sequence[GuestLine]:
    """The lines of a file that can be written down, in its order."""
    return db.session.scalars(
        select(GuestLine)
        .where(GuestLine.import_id == import_id, GuestLine.status == LineStatus.READY)
        .order_by(GuestLine.number)
    ).all()


def written_down(event_id: int, emails: Sequence[str]) -> set[str]:
    """Which of these addresses stand on the list of an event."""
    return set(
        db.session.scalars(select(Rsvp.email).where(Rsvp.event_id == event_id, Rsvp.email.in_(emails)))
    ) - {None}  # type: ignore[return-value]
