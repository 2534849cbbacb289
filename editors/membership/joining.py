"""The moment somebody becomes an editor: by an answer, by an invitation, or by a rule of the shop."""

from __future__ import annotations

from editors.agreements.queries import agreement_now
from editors.membership import errors, policy, queries
from editors.membership.claiming import checked_handle, claim
from editors.membership.facts import EditorJoined
from editors.membership.models import APPLICATION_MOVES, Application, ApplicationStatus, Editor, EditorStatus
from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


def join(application: Application, wish: str) -> Editor:
    """Make the applicant an editor under the handle of `wish`, who accepts the agreement, if any, first.

    Raises `HandleUnfit`, `HandleReserved`, `HandleTaken` or `AlreadyAnEditor`.
    """
    handle = checked_handle(wish)
    if queries.editor_by_account(application.account_id) is not None:
        raise errors.AlreadyAnEditor()
    editor = Editor(
        account_id=application.account_id,
        handle=handle,
        handle_shape=policy.handle_shape(handle),
        name=application.name,
        city=application.city,
        words=application.words,
        joined_at=clock.now(),
        status=EditorStatus.APPROVED if agreement_now() else EditorStatus.ACTIVE,
    )
    with unless_taken(errors.HandleTaken, "uq_editors_handle", "uq_editors_handle_shape"):
        db.session.add(editor)
        db.session.flush()
        claim(editor.id, handle)
    facts.record(EditorJoined(editor_id=editor.id, account_id=editor.account_id))
    return editor


def join_invited(
    *, actor: Actor, account_id: int, invited_by: str, name: str, city: str, words: str, handle: str
) -> Editor:
    """Somebody whom staff invited fills in the short form: approved beforehand by `invited_by`.

    An application of theirs that waits is answered by it. Raises what `join` raises.
    """
    waiting = queries.waiting_application_of(account_id)
    if waiting is not None:
        (application,) = lock_rows(Application, [waiting.id])
        APPLICATION_MOVES.move(application, ApplicationStatus.APPROVED)
        application.name, application.city, application.words = name, city, words
    else:
        application = Application(
            account_id=account_id,
            status=ApplicationStatus.APPROVED,
            name=name,
            city=city,
            words=words,
            handle_wish=checked_handle(handle),
            answers={},
            applied_at=clock.now(),
        )
        db.session.add(application)
    application.decided_at, application.decided_by = clock.now(), invited_by
    application.reply = ""
    editor = join(application, handle)
    audit.record(
        actor=actor,
        action="editors.accept_invitation",
        subject=("application", application.id),
        after={"editor_id": editor.id, "handle": editor.handle},
    )
    db.session.flush()
    return editor
