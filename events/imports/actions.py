"""A file of guests is looked through and kept; then each is written down as if by hand, under the lock.

An address that stands on the list is left as it is, whatever became of it: who gave a seat back is not put on
it again by a file, however often it comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete

from events.calendar.models import Event
from events.guests.actions import ask_for_seats
from events.guests.models import RsvpSource, RsvpStatus
from events.guests.queries import rsvp_under
from events.guests.seats import open_event
from events.imports.errors import NoSuchImport, NothingToRead
from events.imports.models import (
    IMPORT_MOVES,
    LINE_MOVES,
    GuestImport,
    GuestLine,
    ImportStatus,
    LineStatus,
)
from events.imports.policy import Cells, coming_of, judged, wrong_with
from events.imports.queries import ready_lines
from foundation import clock
from foundation.actors import Actor, ActorKind
from foundation.audit import actions as audit
from foundation.db import db, lock_rows

# What a file says of people is not kept beyond what somebody needs to mend it.
KEPT = timedelta(days=30)


def read_guests(
    *, actor: Actor, event_id: int, lines: Sequence[Cells], language: str, file_name: str
) -> GuestImport:
    """Keep what a file says, each line with what is wrong; nobody is written down yet.

    `language`: of letters where the file says none. Raises `NothingToRead`, `NotOpen`, `NoSuchEvent`.
    """
    if not lines:
        raise NothingToRead()
    event = open_event(event_id)
    made = GuestImport(
        event_id=event.id,
        status=ImportStatus.READ,
        file_name=file_name[:120],
        language=language,
        by=actor.label,
        editor_id=None if actor.kind == ActorKind.STAFF else event.editor_id,
        at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    for cells, wrong in judged(lines, event.most_party):
        db.session.add(
            GuestLine(
                import_id=made.id,
                status=LineStatus.BAD if wrong else LineStatus.READY,
                fault=str(wrong.fault) if wrong else None,
                about=wrong.about if wrong else "",
                **asdict(cells),
            )
        )
    db.session.flush()
    _note(actor, "read", made, {"lines": len(lines)})
    return made


def write_down(*, actor: Actor, event_id: int, import_id: int) -> GuestImport:
    """Write the guests of a file down, in its order: a seat while one is free, else the waiting list.

    All of them or none. Saying it twice is saying it once. Raises `NotOpen`, `NoSuchImport`.
    """
    event = open_event(event_id)
    made = _locked(event_id, import_id)
    if made.status == ImportStatus.DONE:
        return made
    came: Counter[str] = Counter()
    for line in ready_lines(made.id):
        _write_line(actor, event, made, line)
        came[str(line.status)] += 1
    IMPORT_MOVES.move(made, ImportStatus.DONE)
    db.session.flush()
    _note(actor, "done", made, dict(came))
    return made


def throw_away(*, actor: Actor, event_id: int, import_id: int) -> None:
    """The file and its lines are gone; who was written down stays. Raises `NoSuchImport`."""
    made = _locked(event_id, import_id)
    _note(actor, "dropped", made, {})
    db.session.execute(delete(GuestImport).where(GuestImport.id == made.id))


def drop_old() -> None:
    """Files that were brought thirty days ago, with what they say of people."""
    db.session.execute(delete(GuestImport).where(GuestImport.at < clock.now() - KEPT))


def _write_line(actor: Actor, event: Event, made: GuestImport, line: GuestLine) -> None:
    """One guest, by the rules that hold now: the host may let nobody bring somebody any more."""
    cells = Cells(
        **{
            field: getattr(line, field)
            for field in ("number", "name", "email", "party", "plus_one", "needs", "language")
        }
    )
    if rsvp_under(made.event_id, line.email) is not None:
        LINE_MOVES.move(line, LineStatus.KNOWN)
        return
    if (wrong := wrong_with(cells, event.most_party)) is not None:
        line.fault, line.about = str(wrong.fault), wrong.about
        LINE_MOVES.move(line, LineStatus.BAD)
        return
    asked = ask_for_seats(
        actor=actor,
        event_id=made.event_id,
        coming=coming_of(cells),
        email=line.email,
        language=line.language.lower() or made.language,
        source=RsvpSource.IMPORT,
    )
    seated = asked.rsvp.status == RsvpStatus.GOING
    LINE_MOVES.move(line, LineStatus.SEATED if seated else LineStatus.WAITS)


def _locked(event_id: int, import_id: int) -> GuestImport:
    locked = lock_rows(GuestImport, [import_id])
    if not locked or locked[0].event_id != event_id:
        raise NoSuchImport()
    return locked[0]


def _note(actor: Actor, step: str, made: GuestImport, after: dict[str, int]) -> None:
    audit.record(actor=actor, action=f"imports.{step}", subject=("guest_import", made.id), after=after)
