"""Inviting somebody, thinking again, and the one time a link works."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, update

from editors.invitations.errors import AnEditorsAddress, InvitationSpent, InvitedAlready
from editors.invitations.models import Invitation
from editors.invitations.queries import digest_of, editor_of_address
from editors.membership.joining import join_invited
from editors.membership.models import Editor
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, unless_taken
from foundation.mail import actions as mail

WORKS_FOR = timedelta(days=14)


def invite(*, actor: Actor, email: str, name: str, language: str, words: str) -> Invitation:
    """Write to somebody; the link in the letter works once, for two weeks.

    Raises `InvitedAlready` while an earlier letter to the same address still works, and `AnEditorsAddress`
    when it is that of somebody who is a style editor, or was one: they come back by a word of staff.
    """
    if editor_of_address(email) is not None:
        raise AnEditorsAddress()
    now, token = clock.now(), ids.token()
    db.session.execute(
        update(Invitation)
        .where(
            func.lower(Invitation.email) == email.lower(),
            Invitation.accepted_at.is_(None),
            Invitation.ended_at.is_(None),
            Invitation.expires_at <= now,
        )
        .values(ended_at=now)
    )
    invitation = Invitation(
        digest=digest_of(token),
        email=email,
        name=name,
        language=language,
        words=words,
        invited_by=actor.label,
        invited_at=now,
        expires_at=now + WORKS_FOR,
    )
    with unless_taken(InvitedAlready, "uq_editor_invitations_waiting"):
        db.session.add(invitation)
        db.session.flush()
    audit.record(actor=actor, action="invitations.invite", subject=("invitation", invitation.id))
    mail.post(
        to=email,
        language=language,
        template="editors/invitations/mail/invited.txt",
        carries_key=True,
        name=name,
        reply=words,
        by=actor.label,
        token=token,
        until=invitation.expires_at,
    )
    return invitation


def take_back(*, actor: Actor, invitation_id: int) -> None:
    """Its link works no more. Raises `InvitationSpent` when it did not any longer."""
    taken = db.session.scalars(
        update(Invitation)
        .where(
            Invitation.id == invitation_id, Invitation.accepted_at.is_(None), Invitation.ended_at.is_(None)
        )
        .values(ended_at=clock.now())
        .returning(Invitation.id)
    ).one_or_none()
    if taken is None:
        raise InvitationSpent()
    audit.record(actor=actor, action="invitations.take_back", subject=("invitation", taken))


def accept(
    *, actor: Actor, token: str, account_id: int, name: str, city: str, words: str, handle: str
) -> Editor:
    """Become an editor by a letter. The link is spent first, so that of two who hold it one comes in.

    Raises `InvitationSpent`, and what `joining.join` raises: then the link works as before.
    """
    invitation = _spend(token)
    if invitation is None:
        raise InvitationSpent()
    editor = join_invited(
        actor=actor,
        account_id=account_id,
        invited_by=invitation.invited_by,
        name=name,
        city=city,
        words=words,
        handle=handle,
    )
    invitation.editor_id = editor.id
    db.session.flush()
    return editor


def _spend(token: str) -> Invitation | None:
    now = clock.now()
    return db.session.scalars(
        update(Invitation)
        .where(
            Invitation.digest == digest_of(token),
            Invitation.accepted_at.is_(None),
            Invitation.ended_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(accepted_at=now)
        .returning(Invitation)
    ).one_or_none()
