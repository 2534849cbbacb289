from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select, text

from events.calendar.models import Event
from events.guests.models import Rsvp, RsvpLetter, RsvpStatus
from events.invites.models import InviteConsent
from foundation.db import db

CHASE = "chase"
MOST = 200

# Who said they may be invited, knows this host, has no place in the event, and was not invited of late.
_KNOWN = text(
    """
    SELECT id, name, email, language, follows, bought, came FROM (
        SELECT accounts.id, accounts.name, accounts.email, accounts.language,
            EXISTS (SELECT FROM follows
                WHERE follows.account_id = accounts.id AND follows.editor_id = :editor_id) AS follows,
            (SELECT count(*) FROM orders
                JOIN receipts ON receipts.order_id = orders.id AND receipts.replaced_at IS NULL
                WHERE orders.account_id = accounts.id AND receipts.editor_id = :editor_id
                AND orders.paid_at IS NOT NULL) AS bought,
            (SELECT count(*) FROM rsvps JOIN events ON events.id = rsvps.event_id
                WHERE (rsvps.account_id = accounts.id OR rsvps.email = accounts.email)
                AND rsvps.status IN ('going', 'attended') AND events.status = 'closed'
                AND events.editor_id = :editor_id) AS came
        FROM invite_consents JOIN accounts ON accounts.id = invite_consents.account_id
        WHERE accounts.closed_at IS NULL AND accounts.email_verified_at IS NOT NULL
            AND accounts.id <> :host_account
            AND (invite_consents.invited_at IS NULL OR invite_consents.invited_at <= :rested)
            AND NOT EXISTS (SELECT FROM rsvps WHERE rsvps.event_id = :event_id
                AND (rsvps.account_id = accounts.id OR rsvps.email = accounts.email))
    ) known
    WHERE follows OR bought > 0 OR came > 0
    ORDER BY came DESC, bought DESC, follows DESC, name, id LIMIT :most
    """
)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who may be invited, and why it is suggested."""

    account_id: int
    name: str
    email: str
    language: str
    follows: bool
    bought: int
    came: int

    @property
    def called(self) -> str:
        """What the host reads: the first name and an initial."""
        first, _, last = self.name.partition(" ")
        return f"{first} {last[:1]}." if last else first


def known_to(event: Event, host_account: int, rested: datetime) -> list[Known]:
    """Whom the host may invite: followers, buyers and past guests who said so; who came before is first."""
    values = {
        "editor_id": event.editor_id,
        "host_account": host_account,
        "event_id": event.id,
        "rested": rested,
        "most": MOST,
    }
    return [Known(*row) for row in db.session.execute(_KNOWN, values)]


def consents(account_id: int) -> bool:
    """Whether style editors may invite them."""
    return db.session.get(InviteConsent, account_id) is not None


def invited_to(event_id: int) -> Sequence[tuple[Rsvp, bool]]:
    """Who was invited and has not answered, and whether they are not to be asked again: they were, or they
    ended invitations since."""
    asked = exists().where(RsvpLetter.rsvp_id == Rsvp.id, RsvpLetter.kind == CHASE)
    spared = or_(asked, ~exists().where(InviteConsent.account_id == Rsvp.account_id))
    found = db.session.execute(
        select(Rsvp, spared)
        .where(Rsvp.event_id == event_id, Rsvp.status == RsvpStatus.INVITED)
        .order_by(Rsvp.made_at, Rsvp.id)
    )
    return [(row[0], row[1]) for row in found]
