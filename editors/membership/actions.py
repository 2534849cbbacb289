"""Everything that changes who is an editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from editors.membership import errors, queries
from editors.membership.claiming import checked_handle
from editors.membership.joining import join
from editors.membership.models import (
    APPLICATION_MOVES,
    Answer,
    Application,
    ApplicationNote,
    ApplicationStatus,
    Editor,
)
from editors.questions.answers import Answered
from editors.review.policy import ask_again_from
from editors.review.queries import reason_by_id, rules
from foundation import clock
from foundation.accounts.models import Account
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.mail import actions as mail
from foundation.states import IllegalMove

LONGEST_REASON = 1000


def apply(
    *,
    actor: Actor,
    account_id: int,
    name: str,
    city: str,
    words: str,
    handle_wish: str,
    answers: dict[str, Any] | None = None,
    said: Sequence[Answered] = (),
) -> Application:
    """Hand in an application; `said` is what was answered to the questions of staff, in order.

    Raises `AlreadyAnEditor`, `TooSoon` after a no, `HandleUnfit` or `HandleReserved` for the wish, and
    `ApplicationWaits` when one has no answer yet (also when two are sent in the same moment).
    """
    handle = checked_handle(handle_wish)
    if queries.editor_by_account(account_id) is not None:
        raise errors.AlreadyAnEditor()
    declined_at = queries.last_decline(account_id)
    if declined_at is not None and clock.now() < ask_again_from(declined_at, rules().ask_again_days):
        raise errors.TooSoon()
    application = Application(
        account_id=account_id,
        name=name,
        city=city,
        words=words,
        handle_wish=handle,
        answers=answers or {},
        applied_at=clock.now(),
    )
    with unless_taken(errors.ApplicationWaits, "uq_editor_applications_waiting"):
        db.session.add(application)
        db.session.flush()
    db.session.add_all(
        Answer(application_id=application.id, position=position, **vars(answer))
        for position, answer in enumerate(said)
    )
    audit.record(actor=actor, action="editors.apply", subject=("application", application.id))
    db.session.flush()
    return application


def withdraw(*, actor: Actor, application_id: int) -> None:
    """Take one's own application back; raises `IllegalMove` once it was decided."""
    application = _locked_application(application_id)
    if application.account_id != actor.account_id:
        raise errors.NoSuchApplication()
    APPLICATION_MOVES.move(application, ApplicationStatus.WITHDRAWN)
    application.decided_at = clock.now()
    audit.record(actor=actor, action="editors.withdraw", subject=("application", application.id))
    db.session.flush()


def decide(
    *,
    actor: Actor,
    application_id: int,
    approve: bool,
    reply: str,
    reason: str = "",
    reason_id: int | None = None,
    handle: str | None = None,
) -> Editor | None:
    """Answer an application: yes makes the editor in the same transaction, no needs a reason.

    `reply` is mailed to the applicant in their language; the reason goes with a no: the sentence of
    `reason_id` in their language, then what was typed. `handle` stands in for a taken wish.
    An empty reply is a sentence of the house. Raises `IllegalMove` when somebody was first, `ReasonMissing`,
    `HandleTaken`, `HandleUnfit`, `HandleReserved`, `AlreadyAnEditor`.
    """
    application = _locked_application(application_id)
    end = ApplicationStatus.APPROVED if approve else ApplicationStatus.DECLINED
    account = account_by_id(application.account_id)
    if reason_id is not None and not approve:
        written = reason_by_id(reason_id).sentence_in(account.language if account else "en")
        reason = f"{written} {reason}"
    if not approve and not reason.strip():
        raise errors.ReasonMissing()
    if not APPLICATION_MOVES.allows(ApplicationStatus(application.status), end):
        raise IllegalMove()
    # The editor comes first: when the handle is taken, the application still waits as it did.
    editor = join(application, handle or application.handle_wish) if approve else None
    APPLICATION_MOVES.move(application, end)
    application.decided_at = clock.now()
    application.decided_by = actor.label
    application.reply = reply.strip()
    application.reason = reason.strip()[:LONGEST_REASON] or None
    audit.record(
        actor=actor,
        action=f"editors.{'approve' if approve else 'decline'}",
        subject=("application", application.id),
        reason=application.reason,
        after={"editor_id": editor.id, "handle": editor.handle} if editor else None,
    )
    _write_to_applicant(application, editor, account)
    db.session.flush()
    return editor


def note(*, actor: Actor, application_id: int, words: str) -> ApplicationNote:
    """A word of staff to each other on an application; the applicant never reads it."""
    if not words.strip():
        raise errors.NothingNoted()
    application = _locked_application(application_id)
    made = ApplicationNote(application_id=application.id, words=words.strip(), by=actor.label, at=clock.now())
    db.session.add(made)
    audit.record(actor=actor, action="editors.note", subject=("application", application.id))
    db.session.flush()
    return made


def _write_to_applicant(application: Application, editor: Editor | None, account: Account | None) -> None:
    if account is None:  # closed in the meantime: nobody to write to
        return
    mail.post(
        to=account.email,
        language=account.language,
        template=f"editors/membership/mail/{'approved' if editor else 'declined'}.txt",
        name=application.name,
        reply=application.reply,
        reason=application.reason,
        handle=editor.handle if editor else None,
        days=rules().ask_again_days,
    )


def _locked_application(application_id: int) -> Application:
    locked = lock_rows(Application, [application_id])
    if not locked:
        raise errors.NoSuchApplication()
    return locked[0]
