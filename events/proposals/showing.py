"""An event put together for its pages, of the studio and of staff."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from events.calendar import queries
from events.calendar.models import Event, EventStatus
from events.calendar.policy import course_of
from events.proposals.words import (
    TONES,
    admission_words,
    confirm_words,
    format_words,
    party_words,
    span_words,
    status_words,
    turn_words,
    visibility_words,
)


def shown(event: Event) -> dict[str, str]:
    """An event in a line of a list: its kind, when, and where it stands."""
    return {
        "format": format_words()[event.format],
        "when": span_words(event),
        "state": status_words(event),
        "tone": TONES[EventStatus(event.status)],
    }


def page_of(event: Event) -> dict[str, Any]:
    """What both pages of an event say of it; looks and turns are loaded. Looks off show are left out."""
    cards = {card.id: card for card in looks_by_ids([one.look_id for one in event.looks])}
    return {
        "event": event,
        "shown": shown(event),
        "terms": [
            (_("Who finds it"), visibility_words()[event.visibility]),
            (_("Who gets a seat"), admission_words()[event.admission]),
            (_("On one invitation"), party_words()[event.most_party]),
            (_("The day before"), confirm_words(event.confirm_required)),
            *([(_("Code wanted for the guests"), event.code_wanted)] if event.code_wanted else []),
            *([(_("Link to join by"), event.joining_url or _("no link yet"))] if event.online else []),
        ],
        "course": course_of(event.course),
        "looks": [card_values(cards[one.look_id]) for one in event.looks if one.look_id in cards],
        "turns": [(turn, turn_words(turn)) for turn in reversed(event.turns)],
        "suggestion": queries.open_suggestion(event.id),
    }
