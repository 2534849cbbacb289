"""Two editors put a look together: one asks, the other agrees to a split, and publication freezes it."""

from __future__ import annotations

from editors.looks import errors
from editors.looks.authors.models import (
    COAUTHOR_MOVES,
    LEAST,
    WHOLE,
    CoAuthor,
    CoAuthorStatus,
)
from editors.looks.authors.queries import coauthor_of
from editors.looks.models import Look
from editors.looks.queries import look_by_id
from editors.looks.writing import locked_look
from editors.membership.features import Feature
from editors.membership.models import Editor, EditorStatus
from editors.membership.ports import refuse_without
from editors.membership.queries import editor_by_handle
from foundation import clock
from foundation.accounts.queries import account_by_id
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.mail import actions as mail

MAIL = "editors/looks/mail/"


def invite_coauthor(*, actor: Actor, look_id: int, editor_id: int, handle: str, share_bps: int) -> CoAuthor:
    """Ask another editor to put their name to a look, for a share of what it earns; they get a letter.

    Raises `NoSuchLook`, `SplitFrozen` once it was on show, `AskedAlready`, `NobodyToAsk` for somebody who is
    no active editor or is oneself, `ShareRefused` outside of 1 to 99 per cent, `PilotOnly` for who may not
    try it yet; whoever is asked may answer all the same.
    """
    refuse_without(Feature.LOOKS_OF_TWO, editor_id)
    look = _open(look_id, editor_id)
    if coauthor_of(look_id) is not None:
        raise errors.AskedAlready()
    other = editor_by_handle(handle.strip().removeprefix("@")[:30])
    if other is None or other.id == editor_id or other.status != EditorStatus.ACTIVE:
        raise errors.NobodyToAsk()
    if not LEAST <= share_bps <= WHOLE - LEAST:
        raise errors.ShareRefused()
    asked = CoAuthor(
        look_id=look_id,
        editor_id=other.id,
        share_bps=share_bps,
        status=CoAuthorStatus.INVITED,
        invited_at=clock.now(),
    )
    db.session.add(asked)
    db.session.flush()
    audit.record(
        actor=actor,
        action="looks.invite",
        subject=("look", look.id),
        after={"editor": other.handle, "share_bps": share_bps},
    )
    _write(other, "together_asked.txt", look, name=look.editor.name, share=share_bps // 100)
    return asked


def take_invitation_back(*, actor: Actor, look_id: int, editor_id: int) -> None:
    """Ask nobody after all, or put the look together alone again. Raises `NoSuchLook`, `SplitFrozen`."""
    look = _open(look_id, editor_id)
    asked = coauthor_of(look_id)
    if asked is not None:
        _end(actor, look, asked)


def answer_invitation(*, actor: Actor, look_id: int, editor_id: int, accept: bool, share_bps: int) -> None:
    """Agree to what was asked, or decline; the first editor gets a letter.

    Raises `NoSuchLook` for whoever was not asked, `SplitFrozen`, and `SplitChanged` when the share is not the
    one that was shown.
    """
    look, asked = _asked(look_id, editor_id)
    if asked.share_bps != share_bps:
        raise errors.SplitChanged()
    if accept:
        COAUTHOR_MOVES.move(asked, CoAuthorStatus.ACCEPTED)
        asked.answered_at = clock.now()
        audit.record(
            actor=actor,
            action="looks.accept",
            subject=("look", look.id),
            after={"share_bps": share_bps},
        )
    else:
        _end(actor, look, asked)
    db.session.flush()
    template = "together_agreed.txt" if accept else "together_declined.txt"
    _write(look.editor, template, look, name=asked.editor.name, share=share_bps // 100)


def step_back(*, actor: Actor, look_id: int, editor_id: int) -> None:
    """Take one's name off again, before it was on show. Raises `NoSuchLook`, `SplitFrozen`."""
    look, asked = _asked(look_id, editor_id)
    _end(actor, look, asked)
    _write(look.editor, "together_declined.txt", look, name=asked.editor.name, share=asked.share_bps // 100)


def _open(look_id: int, editor_id: int) -> Look:
    """A look of one's own whose split can still be agreed on, locked."""
    look = locked_look(look_id, editor_id)
    if look.published_at is not None:
        raise errors.SplitFrozen()
    return look


def _asked(look_id: int, editor_id: int) -> tuple[Look, CoAuthor]:
    """The look somebody was asked about, locked, and what they were asked."""
    lock_rows(Look, [look_id])
    look, asked = look_by_id(look_id), coauthor_of(look_id)
    if look is None or asked is None or asked.editor_id != editor_id:
        raise errors.NoSuchLook()
    if asked.frozen_at is not None:
        raise errors.SplitFrozen()
    return look, asked


def _end(actor: Actor, look: Look, asked: CoAuthor) -> None:
    db.session.delete(asked)
    audit.record(
        actor=actor,
        action="looks.alone",
        subject=("look", look.id),
        after={"editor": asked.editor.handle},
    )
    db.session.flush()


def _write(to: Editor, template: str, look: Look, *, name: str, share: int) -> None:
    account = account_by_id(to.account_id)
    if account is None:
        return
    italian = account.language == "it" and look.title_it
    mail.post(
        to=account.email,
        language=account.language,
        template=MAIL + template,
        look=(look.title_it if italian else look.title) or "–",
        name=name,
        share=share,
        look_id=look.id,
    )
