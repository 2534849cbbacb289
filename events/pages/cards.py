"""The picture that networks show for the address of an event, drawn when it is asked for and kept a while."""

from __future__ import annotations

from flask_babel import gettext as _

from editors.share.cards import Card, Size, draw, made_of
from events.calendar.models import Event
from events.pages.queries import cover_key
from events.pages.showing import disclosure_of, when_in_short, where_of
from foundation.db import leave_transaction
from foundation.files.storage import read
from foundation.web.kept import Recent

KEPT = 60
SIZE = Size.WIDE

_kept: Recent[bytes] = Recent(KEPT)


def card_of(event: Event, picture_key: str | None) -> Card:
    """What stands on it, in the reader's language. Where the card of a link has the address to type, this one
    has the hour."""
    return Card(
        title=event.called,
        by=_("An evening with %(name)s", name=event.editor.name),
        address=when_in_short(event),
        offer=where_of(event),
        disclosure=disclosure_of(event),
        picture_key=picture_key,
    )


def mark_of(event: Event, picture: str | None) -> str:
    """What makes the address of the picture another one when it is drawn from something else. `picture`: the
    address of the look's, which the page has at hand."""
    return made_of(card_of(event, picture), SIZE)[:12]


def picture_of(event: Event) -> bytes:
    """The picture as a JPEG. Ends the transaction: reading files and drawing keep no row waiting."""
    card = card_of(event, cover_key(event.id))
    leave_transaction()
    key = made_of(card, SIZE)
    drawn = _kept.get(key)
    if drawn is None:
        drawn = draw(card, SIZE, read(card.picture_key) if card.picture_key else None)
        _kept.put(key, drawn)
    return drawn
