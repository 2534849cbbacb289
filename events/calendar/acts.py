"""What acts on events are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ACTS = {
    "events.draft": _l("Event drafted"),
    "events.change": _l("Draft of an event changed"),
    "events.proposed": _l("Event proposed"),
    "events.withdrawn": _l("Proposal of an event taken back"),
    "events.suggested": _l("Another time for an event suggested"),
    "events.taken": _l("Suggested time of an event accepted"),
    "events.refused": _l("Suggested time of an event refused"),
    "events.approved": _l("Event approved"),
    "events.declined": _l("Event declined"),
    "events.moved": _l("Event moved to another time or room"),
    "events.handed": _l("Event given to another host"),
    "events.hours": _l("Event outside of the store’s new hours"),
    "events.held": _l("Event held outside of the store’s hours"),
    "events.room": _l("Room for events written down"),
    "events.room_closed": _l("Room for events closed"),
    "events.cancelled": _l("Event called off"),
    "events.reworded": _l("Words of an event changed"),
    "events.terms": _l("Who may come to an event changed"),
    "events.begun": _l("Event begun"),
    "events.closed": _l("Event over"),
}
SUBJECTS = {"event": _l("event"), "event_room": _l("room for events")}
