"""Looks that go on show by themselves, on a day that their editor chose."""

from __future__ import annotations

from datetime import datetime

from editors.looks import errors, queries
from editors.looks.actions import publish_look
from editors.looks.models import Look
from editors.looks.writing import check_ready, locked_look
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from foundation.mail import actions as mail

AT_ONCE = 100


def schedule_look(*, actor: Actor, look_id: int, editor_id: int, at: datetime) -> Look:
    """Let a look go on show by itself at a moment ahead.

    Raises `NoSuchLook`, `LookUnready`, and `DayGone` for a moment that has passed or a look on show.
    """
    look = locked_look(look_id, editor_id)
    if look.on_show or at <= clock.now():
        raise errors.DayGone()
    check_ready(look)
    look.publish_at, look.unfit_told_at = at, None
    audit.record(
        actor=actor, action="looks.schedule", subject=("look", look.id), after={"at": at.isoformat()}
    )
    db.session.flush()
    return look


def unschedule_look(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Let a look wait for its editor again. Raises `NoSuchLook`."""
    look = locked_look(look_id, editor_id)
    if look.publish_at is not None:
        look.publish_at = None
        audit.record(actor=actor, action="looks.unschedule", subject=("look", look.id))
    db.session.flush()
    return look


def publish_due(*, actor: Actor) -> int:
    """Put every look on show whose moment has come; gives how many.

    One that is not fit to be shown any more keeps waiting, and its page says why: a piece may have left the
    shop since. Its editor gets one letter; it goes on show as soon as it is put right.
    """
    done = 0
    for look_id, editor_id in queries.looks_due(AT_ONCE):
        look = locked_look(look_id, editor_id)
        if look.on_show or look.publish_at is None or look.publish_at > clock.now():
            continue
        try:
            publish_look(actor=actor, look_id=look_id, editor_id=editor_id)
        except errors.LookUnready as unready:
            _tell_once(look, unready)
            continue
        done += 1
    return done


def _tell_once(look: Look, unready: errors.LookUnready) -> None:
    """One letter to the editor for each day that was chosen, with what is missing."""
    account = account_by_id(look.editor.account_id)
    if look.unfit_told_at is not None or account is None:
        return
    look.unfit_told_at = clock.now()
    mail.post(
        to=account.email,
        language=account.language,
        template="editors/looks/mail/not_fit.txt",
        look=look.title_it if account.language == "it" and look.title_it else look.title,
        name=look.editor.first_name,
        problems=unready.problems,
        look_id=look.id,
    )
