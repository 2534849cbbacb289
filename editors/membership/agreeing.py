"""Accepting the agreement, and what happens when a new version is not accepted in time."""

from __future__ import annotations

from datetime import datetime

from editors.agreements import actions as agreements
from editors.agreements.errors import NewerVersion
from editors.agreements.models import AgreementVersion
from editors.agreements.queries import agreement_now
from editors.membership import errors, queries
from editors.membership.models import EDITOR_MOVES, Editor, EditorStatus, PausedFor
from editors.membership.standing import OLD_AGREEMENT, pause
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.jobs import queue
from foundation.mail import actions as mail

AGREEMENT = Actor.system("agreement")
TELL = "membership.tell_of_agreement"


def publish_agreement(*, actor: Actor, old_holds_until: datetime, reason: str) -> AgreementVersion:
    """Publish the draft, and write to every editor that there is a new version. Raises `NothingToPublish`."""
    version = agreements.publish(actor=actor, old_holds_until=old_holds_until, reason=reason)
    queue.defer(TELL, version_id=version.id)
    return version


def tell_of_agreement(version: AgreementVersion) -> int:
    """Write to everybody who has to read it; how many letters that were."""
    people = queries.without_agreement(version.id)
    for editor, account in people:
        mail.post(
            to=account.email,
            language=account.language,
            template="editors/membership/mail/agreement.txt",
            name=editor.first_name,
            until=version.old_holds_until,
            reply=version.news_it if account.language == "it" else version.news,
        )
    return len(people)


def accept_agreement(*, actor: Actor, editor_id: int, version_id: int, language: str) -> Editor:
    """Accept the version that counts: whoever waited for it, or rests for want of it, is active from now on.

    Raises `NewerVersion` when another one was published meanwhile. Accepting twice is accepting once.
    """
    locked = lock_rows(Editor, [editor_id])
    if not locked or not locked[0].in_studio:
        raise errors.NoSuchEditor()
    (editor,) = locked
    now = agreement_now()
    if now is None or now.id != version_id:
        raise NewerVersion()
    agreements.note_acceptance(actor=actor, editor_id=editor_id, version_id=version_id, language=language)
    if editor.status == EditorStatus.APPROVED or editor.paused_for == PausedFor.AGREEMENT:
        before = str(editor.status)
        EDITOR_MOVES.move(editor, EditorStatus.ACTIVE)
        editor.paused_for = None
        audit.record(
            actor=actor,
            action="editors.activate",
            subject=("editor", editor_id),
            before={"status": before},
            after={"status": str(EditorStatus.ACTIVE)},
        )
    db.session.flush()
    return editor


def hold_to_agreement() -> int:
    """Let everybody rest whose old version no longer holds; how many that are. Safe to repeat."""
    now = agreement_now()
    if now is None or now.old_holds_until is None or now.old_holds_until > clock.now():
        return 0
    late = [
        editor.id for editor, _ in queries.without_agreement(now.id) if editor.status == EditorStatus.ACTIVE
    ]
    for editor_id in late:
        pause(actor=AGREEMENT, editor_id=editor_id, reason=OLD_AGREEMENT, why=PausedFor.AGREEMENT)
    return len(late)
