"""Everything an editor changes about how they are shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from editors.membership import policy
from editors.membership.claiming import checked_handle, claim, leave_claim
from editors.membership.errors import HandleTaken, NoSuchEditor
from editors.membership.models import Editor
from editors.profiles.errors import HandleRests
from editors.profiles.portraits import Portrait
from editors.profiles.queries import seen_of
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an editor says of themselves. Without Italian words, Italian readers see the others."""

    name: str
    city: str
    words: str
    style: str = ""
    words_it: str | None = None
    style_it: str | None = None
    store_id: int | None = None
    specialities: tuple[str, ...] = ()
    shows_sizes: bool = False


def change_profile(*, actor: Actor, editor_id: int, said: Said, seen: str | None = None) -> Editor:
    """Say something else on one's window and looks.

    Raises `ChangedMeanwhile` when the profile is no longer as it was `seen`, and `NoSuchEditor`.
    """
    editor = _locked(editor_id)
    refuse_changed(seen, seen_of(editor))
    for name, value in asdict(said).items():
        setattr(editor, name, value)
    editor.specialities = list(said.specialities)
    audit.record(actor=actor, action="editors.change_profile", subject=("editor", editor.id))
    db.session.flush()
    return editor


def show_portrait(*, actor: Actor, editor_id: int, portrait: Portrait | None) -> Editor:
    """Show this portrait wherever the initial stands; None: the initial again."""
    editor = _locked(editor_id)
    editor.portrait_key = portrait.small_key if portrait else None
    editor.portrait_large_key = portrait.large_key if portrait else None
    if portrait:
        audit.record(actor=actor, action="editors.show_portrait", subject=("editor", editor.id))
    else:
        audit.record(actor=actor, action="editors.remove_portrait", subject=("editor", editor.id))
    db.session.flush()
    return editor


def change_handle(*, actor: Actor, editor_id: int, wish: str) -> Editor:
    """Give an editor another handle; the one they leave goes on leading to them, and stays theirs.

    The one they have already changes nothing. Raises `HandleRests` within `policy.CHANGE_EVERY` of the last
    change, `HandleUnfit`, `HandleReserved`, and `HandleTaken`, also when two ask in the same moment.
    """
    editor = _locked(editor_id)
    before, shape_before = editor.handle, editor.handle_shape
    if policy.plain_handle(wish) == before:
        return editor
    free_from = policy.next_change(editor.handle_changed_at)
    if free_from is not None and clock.now() < free_from:
        raise HandleRests(free_from)
    handle = checked_handle(wish)
    shape = policy.handle_shape(handle)
    with unless_taken(HandleTaken, "uq_editors_handle", "uq_editors_handle_shape"):
        if shape != shape_before:
            leave_claim(shape_before)
        claim(editor.id, handle)
        editor.handle, editor.handle_shape, editor.handle_changed_at = handle, shape, clock.now()
        db.session.flush()
    audit.record(
        actor=actor,
        action="editors.change_handle",
        subject=("editor", editor.id),
        before={"handle": before},
        after={"handle": handle},
    )
    db.session.flush()
    return editor


def _locked(editor_id: int) -> Editor:
    locked = lock_rows(Editor, [editor_id])
    if not locked:
        raise NoSuchEditor()
    return locked[0]
