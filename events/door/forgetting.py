"""What somebody agreed to goes with their name."""

from __future__ import annotations

from sqlalchemy import delete, or_, select

from events.door.models import DoorConsent, StyleConsent
from events.guests.models import Rsvp
from foundation.db import db


def forget_consents(*, account_id: int, email: str | None) -> None:
    """Somebody asked to be forgotten."""
    own = [Rsvp.account_id == account_id]
    if email is not None:
        own.append(Rsvp.email == email)
    _drop(or_(*own))


def forget_with_names() -> None:
    """Of those whose names were kept long enough."""
    _drop(Rsvp.name == "")


def _drop(whose: object) -> None:
    rsvps = select(Rsvp.id).where(whose)  # type: ignore[arg-type]
    for consent in (DoorConsent, StyleConsent):
        db.session.execute(delete(consent).where(consent.rsvp_id.in_(rsvps)))
