"""What guests like, for the host of one evening, where they said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from editors.saves.models import SavedLook
from events.calendar.models import Event
from events.door.models import StyleConsent
from events.guests.models import Rsvp
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from storefront.usual.models import UsualSize
from storefront.usual.policy import Worn

# For the evening, and until the last guest is out.
SHOWN_AFTER = timedelta(hours=2)
MOST_LOOKS = 3


@dataclass(slots=True)
class Style:
    """Sizes as (where it is worn, size), and cards of the looks they keep, the latest first."""

    sizes: list[tuple[str, str]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)


def show_style(*, actor: Actor, rsvp: Rsvp, wanted: bool) -> None:
    """A guest lets whoever hosts this evening now see sizes and saved looks, or no longer."""
    if wanted:
        said = {"editor_id": rsvp.event.editor_id, "at": clock.now()}
        row = insert(StyleConsent).values(rsvp_id=rsvp.id, **said)
        db.session.execute(row.on_conflict_do_update(index_elements=["rsvp_id"], set_=said))
    else:
        db.session.execute(delete(StyleConsent).where(StyleConsent.rsvp_id == rsvp.id))
    audit.record(actor=actor, action="door.show_style", subject=("rsvp", rsvp.id), after={"wanted": wanted})


def shows_style(rsvp: Rsvp) -> bool:
    """Whether whoever hosts it now may see what this guest likes: a yes to the host before was to them."""
    said = db.session.get(StyleConsent, rsvp.id)
    return said is not None and said.editor_id == rsvp.event.editor_id


def styles_of(event: Event) -> Mapping[int, Style]:
    """What guests of an event let its host see, by party, until shortly after its end; three statements."""
    if clock.now() >= event.ends_at + SHOWN_AFTER:
        return {}
    owners = _owners(event)
    if not owners:
        return {}
    found = {account_id: Style() for account_id in owners}
    words = worn_words()
    sizes = select(UsualSize).where(UsualSize.account_id.in_(owners))
    for one in db.session.scalars(sizes.order_by(UsualSize.account_id, UsualSize.slot)):
        found[one.account_id].sizes.append((words.get(one.slot, one.slot), one.size))
    saved = select(SavedLook.account_id, SavedLook.look_id).where(SavedLook.account_id.in_(owners))
    kept = db.session.execute(saved.order_by(SavedLook.saved_at.desc(), SavedLook.id.desc())).all()
    cards = {card.id: card_values(card) for card in looks_by_ids({row.look_id for row in kept})}
    for account_id, look_id in kept:
        assert account_id is not None, "asked for by account"
        looks = found[account_id].looks
        if look_id in cards and len(looks) < MOST_LOOKS:
            looks.append(cards[look_id])
    return {rsvp_id: found[account_id] for account_id, rsvp_id in owners.items()}


def worn_words() -> dict[str, str]:
    """Where sizes are worn, in a word."""
    return {
        Worn.TOP: _("Shirts and knits"),
        Worn.OUTER: _("Coats and jackets"),
        Worn.FULL: _("Dresses"),
        Worn.BOTTOM: _("Trousers and skirts"),
        Worn.SHOES: _("Shoes"),
    }


def _owners(event: Event) -> dict[int, int]:
    """Party by account, of who said so to its host."""
    chosen = select(Rsvp.account_id, Rsvp.id).join(StyleConsent, StyleConsent.rsvp_id == Rsvp.id)
    rows: Sequence[Any] = db.session.execute(
        chosen.where(
            Rsvp.event_id == event.id,
            StyleConsent.editor_id == event.editor_id,
            Rsvp.account_id.is_not(None),
        )
    ).all()
    return {row[0]: row[1] for row in rows}
