"""How a membership goes on: a break, an end, a second look at the end, and who leads."""

from __future__ import annotations

from typing import Any

from editors.membership import errors, queries
from editors.membership.facts import StandingChanged
from editors.membership.letters import write_to
from editors.membership.models import (
    EDITOR_MOVES,
    Appeal,
    Editor,
    EditorStatus,
    PausedFor,
)
from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.states import IllegalMove

# Reasons nobody typed: `acts.REASONS` says them in both languages.
OWN_WISH = "own_wish"
OLD_AGREEMENT = "old_agreement"
RESTING = frozenset({EditorStatus.PAUSED, EditorStatus.LEFT})


def pause(*, actor: Actor, editor_id: int, reason: str, why: PausedFor = PausedFor.STAFF) -> Editor:
    """Let an editor rest: the window stays, links stop counting. They are told why."""
    editor = _move(actor, editor_id, EditorStatus.PAUSED, "editors.pause", reason)
    editor.paused_for = why
    _tell(editor, "paused_for_agreement" if why is PausedFor.AGREEMENT else "paused", reason=reason)
    db.session.flush()
    return editor


def resume(*, actor: Actor, editor_id: int, reason: str) -> Editor:
    """Let them go on, after a break or after they left. A removal is undone by an appeal alone."""
    (editor,) = lock_rows(Editor, [editor_id]) or (None,)
    if editor is not None and editor.status not in RESTING:
        raise IllegalMove()
    editor = _move(actor, editor_id, EditorStatus.ACTIVE, "editors.resume", reason)
    _tell(editor, "resumed")
    return editor


def remove(*, actor: Actor, editor_id: int, reason: str) -> Editor:
    """End somebody's membership; what they earned stays theirs. They may appeal once."""
    editor = _move(actor, editor_id, EditorStatus.REMOVED, "editors.remove", reason)
    _tell(editor, "removed", reason=reason)
    return editor


def leave(*, actor: Actor, editor_id: int) -> Editor:
    """An editor goes, at their own wish; what they earned stays theirs."""
    editor = _move(actor, editor_id, EditorStatus.LEFT, "editors.leave", OWN_WISH)
    _tell(editor, "left")
    return editor


def appeal(*, actor: Actor, editor_id: int, words: str) -> Appeal:
    """Ask for a second look at one's removal, once. Raises `NothingToAppeal`, `AppealedAlready`."""
    (editor,) = lock_rows(Editor, [editor_id])
    if editor.status != EditorStatus.REMOVED or editor.ended_at is None:
        raise errors.NothingToAppeal()
    if not words.strip():
        raise errors.ReasonMissing()
    asked = Appeal(editor_id=editor_id, removed_at=editor.ended_at, words=words.strip(), sent_at=clock.now())
    with unless_taken(errors.AppealedAlready, "uq_editor_appeals_editor_id_removed_at"):
        db.session.add(asked)
        db.session.flush()
    audit.record(actor=actor, action="editors.appeal", subject=("editor", editor_id))
    return asked


def decide_appeal(*, actor: Actor, appeal_id: int, grant: bool, reply: str) -> Appeal:
    """Answer an appeal: a grant lets the editor go on where they were.

    Raises `SameHand` for whoever removed them, `IllegalMove` when somebody answered first.
    """
    locked = lock_rows(Appeal, [appeal_id])
    if not locked:
        raise errors.NoSuchEditor()
    (asked,) = locked
    (editor,) = lock_rows(Editor, [asked.editor_id])
    if asked.granted is not None:
        raise IllegalMove()
    if actor.account_id is not None and actor.account_id == editor.ended_by_account_id:
        raise errors.SameHand()
    asked.granted, asked.reply = grant, _said(reply)
    asked.decided_at, asked.decided_by = clock.now(), actor.label
    audit.record(
        actor=actor,
        action=f"editors.{'grant_appeal' if grant else 'refuse_appeal'}",
        subject=("editor", editor.id),
        reason=asked.reply,
    )
    if grant:
        _move(actor, editor.id, EditorStatus.ACTIVE, "editors.resume", asked.reply)
    _tell(editor, "appeal", granted=grant, reply=asked.reply)
    db.session.flush()
    return asked


def appoint_lead(*, actor: Actor, editor_id: int, reason: str) -> Editor:
    """Make an active editor the programme lead; whoever led before steps back in the same act.

    Raises `LeadChosen` when somebody else was appointed in the same moment.
    """
    before = queries.programme_lead()
    locked = lock_rows(Editor, {editor_id} | ({before.id} if before else set()))
    editor = next((one for one in locked if one.id == editor_id), None)
    if editor is None or editor.status != EditorStatus.ACTIVE:
        raise errors.NoSuchEditor()
    for other in locked:
        if other.id != editor_id:
            other.lead_since = None
    db.session.flush()
    with unless_taken(errors.LeadChosen, "uq_editors_lead"):
        editor.lead_since = editor.lead_since or clock.now()
        db.session.flush()
    audit.record(
        actor=actor,
        action="editors.appoint_lead",
        subject=("editor", editor.id),
        reason=_said(reason),
        before={"editor_id": before.id} if before else None,
    )
    db.session.flush()
    return editor


def _move(actor: Actor, editor_id: int, end: EditorStatus, action: str, reason: str) -> Editor:
    locked = lock_rows(Editor, [editor_id])
    if not locked:
        raise errors.NoSuchEditor()
    editor = locked[0]
    before = editor.status
    EDITOR_MOVES.move(editor, end)
    editor.paused_for = None
    over = end in {EditorStatus.LEFT, EditorStatus.REMOVED}
    editor.ended_at, editor.ended_by = (clock.now(), actor.label) if over else (None, None)
    editor.ended_by_account_id = actor.account_id if over else None
    editor.end_reason = _said(reason) if over else None
    if end is not EditorStatus.ACTIVE:
        editor.lead_since = None
    audit.record(
        actor=actor,
        action=action,
        subject=("editor", editor.id),
        reason=_said(reason),
        before={"status": str(before)},
        after={"status": str(end)},
    )
    db.session.flush()
    facts.record(StandingChanged(editor_id=editor.id, status=str(end)))
    return editor


def _said(reason: str) -> str:
    if not reason.strip():
        raise errors.ReasonMissing()
    return reason.strip()


def _tell(editor: Editor, letter: str, **values: Any) -> None:
    write_to(editor.id, f"editors/membership/mail/{letter}.txt", **values)
