"""What an editor does before staff answer: draft an event, change it, propose it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, text

from editors.looks.card_queries import looks_by_ids
from editors.membership.models import Editor, EditorStatus
from events.calendar.errors import (
    LinkNeeded,
    NoSuchEvent,
    NotEligible,
    NotThatLong,
    OutsideOpeningHours,
    TooSoon,
)
from events.calendar.models import (
    EVENT_MOVES,
    LONGEST_LINK,
    MOST_PARTY,
    SECRET,
    SUGGESTION_MOVES,
    Admission,
    Event,
    EventFormat,
    EventLook,
    EventStatus,
    EventTurn,
    SuggestionStatus,
    Visibility,
)
from events.calendar.policy import NOTICE, is_joining_link, open_around, sensible_length
from events.calendar.ports import may_host
from events.calendar.queries import open_suggestion
from foundation import clock, ids
from foundation.actors import Actor, ActorKind
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, rows
from foundation.seen import refuse_changed
from foundation.states import IllegalMove
from storefront.places.queries import place_by_id

_HOLD = text("SELECT id FROM events WHERE id = :event_id FOR UPDATE")
MOST_LOOKS = 12


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """An event as its host hands it in; see `models.Event`."""

    format: EventFormat
    place_id: int
    title: str
    title_it: str | None = None
    words: str = ""
    words_it: str | None = None
    happens: str = ""
    happens_it: str | None = None
    for_whom: str = ""
    for_whom_it: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    admission: Admission = Admission.AUTO
    most_party: int = MOST_PARTY
    confirm_required: bool = False
    joining_url: str | None = None
    needs: str = ""
    message: str = ""
    code_wanted: str = ""
    starts_at: datetime
    ends_at: datetime
    capacity: int
    look_ids: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class EventWords:
    """What is said of an event, and what hangs there: what its host may mend after the store said yes."""

    title: str
    title_it: str | None = None
    words: str = ""
    words_it: str | None = None
    happens: str = ""
    happens_it: str | None = None
    for_whom: str = ""
    for_whom_it: str | None = None
    joining_url: str | None = None
    look_ids: Sequence[int] = ()


def draft_event(*, actor: Actor, editor_id: int, draft: EventDraft) -> Event:
    """Begin an event; only its host sees it. Raises `NotEligible`, `NotThatLong`, and `LinkNeeded` for a link
    that is none."""
    _refuse_host(editor_id)
    now = clock.now()
    event = Event(
        editor_id=editor_id,
        slug=_address(draft.title, ids.code(SECRET)),
        time_zone=place_by_id(draft.place_id).time_zone,
        made_at=now,
        changed_at=now,
        **_fields(draft),
    )
    _refuse_length(draft)
    refuse_link(draft.joining_url)
    db.session.add(event)
    db.session.flush()
    hang_looks(event, draft.look_ids)
    audit.record(actor=actor, action="events.draft", subject=("event", event.id))
    return event


def change_event(
    *, actor: Actor, editor_id: int, event_id: int, draft: EventDraft, seen: str | None = None
) -> Event:
    """Other words or another time while it is a draft. Raises `NoSuchEvent`, `IllegalMove` once it was
    proposed, `ChangedMeanwhile`, `NotThatLong`."""
    event = locked_event(event_id, host=editor_id)
    if event.status != EventStatus.DRAFT:
        raise IllegalMove()
    refuse_changed(seen, event.seen)
    event.slug = _address(draft.title, event.slug[-SECRET:])
    event.time_zone = place_by_id(draft.place_id).time_zone
    _refuse_length(draft)
    refuse_link(draft.joining_url)
    for name, value in _fields(draft).items():
        setattr(event, name, value)
    event.changed_at = clock.now()
    db.session.flush()
    hang_looks(event, draft.look_ids)
    audit.record(actor=actor, action="events.change", subject=("event", event.id))
    return event


def reword_event(
    *, actor: Actor, editor_id: int, event_id: int, words: EventWords, seen: str | None = None
) -> Event:
    """Other words for an event that the store said yes to. What guests planned by stays, so their calendars
    hear nothing of it, and its address stays, because it was shared. The link of one that is online may be
    another: tickets lead to it.

    Raises `NoSuchEvent`, `IllegalMove` before the yes and once it is over, `ChangedMeanwhile`, `LinkNeeded`.
    """
    event = locked_event(event_id, host=editor_id)
    if event.status not in {EventStatus.APPROVED, EventStatus.LIVE}:
        raise IllegalMove()
    refuse_changed(seen, event.seen)
    refuse_link(words.joining_url)
    if event.online and not words.joining_url:
        raise LinkNeeded()
    for name, value in _fields(words).items():
        if name != "joining_url" or event.online:
            setattr(event, name, value)
    hang_looks(event, words.look_ids)
    take_turn(actor, event, "reworded")
    return event


def propose_event(*, actor: Actor, editor_id: int, event_id: int) -> Event:
    """Ask the store. Raises `NoSuchEvent`, `IllegalMove`, `NotEligible`, `LinkNeeded`, and what `refuse_time`
    raises.

    Whether a room is free is not asked here: the answer could be another by the time staff read it.
    """
    event = locked_event(event_id, host=editor_id)
    _refuse_host(editor_id)
    refuse_time(event, event.starts_at, event.ends_at)
    if event.online and not event.joining_url:
        raise LinkNeeded()
    EVENT_MOVES.move(event, EventStatus.PROPOSED)
    take_turn(actor, event, "proposed", event.message)
    return event


def withdraw_proposal(*, actor: Actor, editor_id: int, event_id: int) -> Event:
    """Take a proposal back; it is a draft again. Raises `NoSuchEvent`, `IllegalMove`."""
    event = locked_event(event_id, host=editor_id)
    EVENT_MOVES.move(event, EventStatus.DRAFT)
    drop_suggestion(event, SuggestionStatus.REFUSED)
    take_turn(actor, event, "withdrawn")
    return event


def refuse_time(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    """Raises `NotThatLong`, `TooSoon`, `OutsideOpeningHours` for a time at which it cannot take place.
    What is online needs nobody who opens."""
    if not sensible_length(starts_at, ends_at):
        raise NotThatLong()
    if starts_at < clock.now() + NOTICE:
        raise TooSoon()
    if not event.online and not open_around(place_by_id(event.place_id), starts_at, ends_at):
        raise OutsideOpeningHours()


def locked_event(event_id: int, *, host: int | None = None) -> Event:
    """The event under its lock; raises `NoSuchEvent`, also when `host` is somebody else."""
    locked = lock_rows(Event, [event_id])
    if not locked or (host is not None and locked[0].editor_id != host):
        raise NoSuchEvent()
    return locked[0]


def hold_event(event_id: int) -> None:
    """Its lock alone, for whoever reads it by the statement that follows. Nothing for an unknown one."""
    rows(_HOLD, {"event_id": event_id})


def take_turn(
    actor: Actor,
    event: Event,
    step: str,
    words: str = "",
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> EventTurn:
    """Write down a step in the life of an event and flush; `before` and `after` are for the audit."""
    event.changed_at = clock.now()
    turn = EventTurn(
        event_id=event.id,
        step=step,
        at=event.changed_at,
        by=actor.label,
        by_staff=actor.kind == ActorKind.STAFF,
        account_id=actor.account_id if actor.kind == ActorKind.PERSON else None,
        words=words,
    )
    db.session.add(turn)
    db.session.flush()
    audit.record(
        actor=actor,
        action=f"events.{step}",
        subject=("event", event.id),
        # What a host says goes with them; the audit stays.
        reason=words or None if actor.kind == ActorKind.STAFF else None,
        before=before,
        after={"status": event.status, **(after or {})},
    )
    return turn


def drop_suggestion(event: Event, end: SuggestionStatus) -> None:
    """Whatever time staff suggested is no longer open."""
    if (suggestion := open_suggestion(event.id)) is not None:
        SUGGESTION_MOVES.move(suggestion, end)
        db.session.flush()


def _address(title: str, secret: str) -> str:
    """A title as an address, with its secret; it follows the title until the store has said yes."""
    return f"{ids.slug(title, limit=80) or 'event'}-{secret}"


def _fields(draft: EventDraft | EventWords) -> dict[str, object]:
    """What stands in columns; a link only with one that is online."""
    fields = {name: value for name, value in vars(draft).items() if name != "look_ids"}
    if isinstance(draft, EventDraft) and draft.format != EventFormat.ONLINE:
        fields["joining_url"] = None
    return fields


def _refuse_host(editor_id: int) -> None:
    """Under the lock of the membership, which may be ending: who rests hosts nothing new."""
    editor = lock_rows(Editor, [editor_id])
    if not editor or editor[0].status != EditorStatus.ACTIVE or not may_host(editor_id):
        raise NotEligible()


def _refuse_length(draft: EventDraft) -> None:
    if not sensible_length(draft.starts_at, draft.ends_at):
        raise NotThatLong()


def refuse_link(link: str | None) -> None:
    """Raises `LinkNeeded` for what nobody can join by."""
    if link and (len(link) > LONGEST_LINK or not is_joining_link(link)):
        raise LinkNeeded()


def hang_looks(event: Event, look_ids: Sequence[int]) -> None:
    """Put the host's looks on the rail in this order; others are left out, and those not on show."""
    shown = {look.id for look in looks_by_ids(look_ids) if look.editor_id == event.editor_id}
    db.session.execute(delete(EventLook).where(EventLook.event_id == event.id))
    wanted = [look_id for look_id in dict.fromkeys(look_ids) if look_id in shown][:MOST_LOOKS]
    db.session.add_all(
        EventLook(event_id=event.id, look_id=look_id, position=place)
        for place, look_id in enumerate(wanted, start=1)
    )
    db.session.flush()
