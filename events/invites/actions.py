"""Who may be invited, and inviting them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from editors.membership.queries import editor_by_id
from events.guests.errors import NoSuchTicket
from events.guests.models import Rsvp, RsvpSource, RsvpStatus
from events.guests.queries import rsvp_in
from events.guests.seats import announce, note, open_event
from events.invites.errors import AskedAlready, NobodyChosen, ProveAddress
from events.invites.models import InviteConsent
from events.invites.queries import invited_to, known_to
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db

# Between two invitations to one person, of whichever hosts.
REST = timedelta(days=30)
# Nobody is asked again before they had the time to answer.
BEFORE_CHASE = timedelta(days=2)


def allow(*, actor: Actor, account_id: int, wanted: bool) -> None:
    """Style editors this account knows may invite it, or no longer. Raises `ProveAddress`."""
    if not wanted:
        db.session.execute(delete(InviteConsent).where(InviteConsent.account_id == account_id))
    else:
        account = account_by_id(account_id)
        if account is None or account.email_verified_at is None:
            raise ProveAddress()
        said = insert(InviteConsent).values(account_id=account_id, since=clock.now())
        db.session.execute(said.on_conflict_do_nothing())
    audit.record(
        actor=actor, action="invites.allow", subject=("account", account_id), after={"wanted": wanted}
    )


def invite(*, actor: Actor, event_id: int, account_ids: Collection[int]) -> int:
    """Invite some of those whom `known_to` suggests; how many are.

    Who was invited meanwhile by a host who was faster is left out. Raises `NotOpen`, `NobodyChosen`.
    """
    event, now = open_event(event_id), clock.now()
    host = editor_by_id(event.editor_id)
    assert host is not None, "an event has its host"
    chosen = [one for one in known_to(event, host.account_id, now - REST) if one.account_id in account_ids]
    if not chosen:
        raise NobodyChosen()
    number = 0
    for one in sorted(chosen, key=lambda known: known.account_id):
        if not _take_turn(one.account_id):
            continue
        rsvp = Rsvp(
            event_id=event.id,
            account_id=one.account_id,
            email=one.email.lower(),
            name=one.name[:80],
            language=one.language,
            party=1,
            status=RsvpStatus.INVITED,
            source=RsvpSource.HOST,
            made_at=now,
            changed_at=now,
            turn=0,
            open_to_all=False,
        )
        db.session.add(rsvp)
        db.session.flush()
        announce(rsvp)
        note(actor, "invite", rsvp)
        number += 1
    return number


def chase(*, actor: Actor, event_id: int, rsvp_id: int) -> Rsvp:
    """Whom to ask a second time; never a third, and never who ended invitations since.

    Raises `NotOpen`, `NoSuchTicket`, `AskedAlready`.
    """
    event = open_event(event_id)
    found = rsvp_in(event.id, rsvp_id)
    if found is None:
        raise NoSuchTicket()
    waiting = {one.id for one, spared in invited_to(event.id) if not spared}
    if found.id not in waiting or found.made_at > clock.now() - BEFORE_CHASE:
        raise AskedAlready()
    note(actor, "chase", found)
    return found


def _take_turn(account_id: int) -> bool:
    """The one invitation of this month, if nobody took it: of two hosts at once one has it."""
    taken = db.session.execute(
        update(InviteConsent)
        .where(
            InviteConsent.account_id == account_id,
            or_(InviteConsent.invited_at.is_(None), InviteConsent.invited_at <= clock.now() - REST),
        )
        .values(invited_at=clock.now())
        .returning(InviteConsent.account_id)
        .execution_options(synchronize_session=False)
    )
    return taken.first() is not None
