"""An event that the store said yes to, given to another host; and what becomes of proposals without one."""

from __future__ import annotations

from editors.membership.models import Editor, EditorStatus
from editors.membership.queries import editor_by_id
from events.calendar.actions import (
    hang_looks,
    locked_event,
    refuse_link,
    take_turn,
    withdraw_proposal,
)
from events.calendar.errors import AlreadyBegun, LinkNeeded, NoSuchHost, ReasonNeeded
from events.calendar.facts import EventHandedOver
from events.calendar.models import Event, EventStatus
from events.calendar.ports import may_host
from events.calendar.queries import proposals_of
from foundation import clock, facts
from foundation.actors import Actor
from foundation.db import lock_rows
from foundation.states import IllegalMove


def hand_over(
    *,
    actor: Actor,
    event_id: int,
    was_editor_id: int,
    editor_id: int,
    words: str,
    joining_url: str | None = None,
) -> Event:
    """Another host for an approved event, with a reason that both hosts read.

    Day, place and seats stay. What hung there were looks of the host before: the rail is empty until the new
    one hangs theirs. So are the words of the host before to the store. One that is online needs the new
    host's own link: tickets lead to that.
    `was_editor_id`: who hosts it as far as whoever presses knows.

    Raises `NoSuchEvent`, `AlreadyBegun`, `IllegalMove` (no approved event, or somebody gave it away before),
    `ReasonNeeded`, `NoSuchHost`, `LinkNeeded`.
    """
    event = locked_event(event_id)
    if event.status == EventStatus.LIVE or (event.booked and event.starts_at <= clock.now()):
        raise AlreadyBegun()
    if event.status != EventStatus.APPROVED or event.editor_id != was_editor_id:
        raise IllegalMove()
    if not words.strip():
        raise ReasonNeeded()
    found = lock_rows(Editor, [editor_id]) if editor_id != was_editor_id else []
    if not found or found[0].status != EditorStatus.ACTIVE or not may_host(editor_id):
        raise NoSuchHost()
    if event.online:
        if not joining_url:
            raise LinkNeeded()
        refuse_link(joining_url)
        event.joining_url = joining_url
    event.editor_id, event.message, event.code_wanted = editor_id, "", ""
    hang_looks(event, ())
    turn = take_turn(
        actor, event, "handed", words, before={"editor_id": was_editor_id}, after={"editor_id": editor_id}
    )
    facts.record(
        EventHandedOver(event_id=event.id, turn_id=turn.id, was_editor_id=was_editor_id, editor_id=editor_id)
    )
    return event


def withdraw_proposals(*, actor: Actor, editor_id: int) -> int:
    """What somebody proposed whose membership rests or has ended is a draft again; how many. Nothing when
    they are active by now, and nothing that was answered meanwhile."""
    host = editor_by_id(editor_id)
    if host is None or host.status == EditorStatus.ACTIVE:
        return 0
    number = 0
    for event_id in proposals_of(editor_id):
        # The event first, as whoever approves does: the host's row second, or the two wait for each other.
        if locked_event(event_id).status == EventStatus.PROPOSED:
            withdraw_proposal(actor=actor, editor_id=editor_id, event_id=event_id)
            number += 1
    return number
