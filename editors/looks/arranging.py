"""Changing a look on its canvas: all that lies there at once, against the version it began from."""

from __future__ import annotations

from flask_babel import gettext

from editors.looks import errors, piece_queries, queries
from editors.looks.canvas.scene import Scene, scene_of
from editors.looks.laying import beyond_lying, follow, lay
from editors.looks.models import MOST_OF_ONE, Look, Occasion
from editors.looks.versions import another_version
from editors.looks.writing import locked_look, worn_by
from editors.membership.models import Editor
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows


def begin_look(*, actor: Actor, editor_id: int) -> Look:
    """An empty look to lay out; one that was begun and left empty is taken up again."""
    lock_rows(Editor, [editor_id])  # the button pressed twice begins one
    empty = queries.empty_draft(editor_id)
    return empty if empty is not None else _new(actor, editor_id)


def arrange_look(*, actor: Actor, look_id: int, editor_id: int, version: int, scene: Scene) -> Look:
    """Let a look hold and show what a canvas says; one on show must stay fit to be shown.

    Raises `NoSuchLook`, `CanvasRefused`, `LookUnready`, and `LookChanged` with what is stored when `version`
    is not the stored one.
    """
    look = locked_look(look_id, editor_id)
    if look.version != version:
        raise errors.LookChanged(version=look.version, scene=stored_scene(look).as_dict())
    if scene == stored_scene(look):
        return look
    if look.photo_key is not None:
        raise errors.CanvasRefused([gettext("This look is a photograph. Its pieces are pointed at.")])
    with another_version(look):
        _write(look, scene)
    if look.on_show:
        # A draft is saved at every move and seen by nobody: that would be a log of gestures.
        audit.record(
            actor=actor, action="looks.change", subject=("look", look.id), after={"version": look.version}
        )
    db.session.flush()
    return look


def copy_look(*, actor: Actor, look_id: int, editor_id: int, scene: Scene) -> Look:
    """A draft with the words of a look and what this canvas says; raises `NoSuchLook`, `CanvasRefused`."""
    look = locked_look(look_id, editor_id)
    copy = _new(actor, editor_id)
    copy.title, copy.title_it, copy.occasion = look.title, look.title_it, look.occasion
    copy.story, copy.story_it = look.story, look.story_it
    copy.season, copy.styles = look.season, list(look.styles)
    _write(copy, scene, like=look)
    db.session.flush()
    return copy


def arrange_again(*, actor: Actor, look_id: int, editor_id: int) -> Look:
    """Lay the pieces out as if nobody had moved any; captions stay on top. Raises `NoSuchLook`."""
    look = locked_look(look_id, editor_id)
    with another_version(look):
        look.by_hand = False
        lay(look, [])
    audit.record(
        actor=actor, action="looks.change", subject=("look", look.id), after={"version": look.version}
    )
    db.session.flush()
    return look


def stored_scene(look: Look) -> Scene:
    """What lies on a look, as its rows say."""
    return scene_of(look.ground, look.pieces, look.captions)


def _new(actor: Actor, editor_id: int) -> Look:
    now = clock.now()
    look = Look(
        editor_id=editor_id,
        slug=f"draft-{ids.code(10)}",
        title="",
        story="",
        occasion=Occasion.AWAY,
        ground="plate",
        captions=[],
        pieces=[],
        created_at=now,
        changed_at=now,
    )
    db.session.add(look)
    db.session.flush()
    audit.record(actor=actor, action="looks.draft", subject=("look", look.id))
    return look


def _write(look: Look, scene: Scene, like: Look | None = None) -> None:
    """Only what is in the shop comes into a look; what left the shop may stay in one that has it.

    `like`: the look that this one is a copy of.
    """
    before = like or look
    lying = scene.lying
    if any(len(places) > MOST_OF_ONE for places in lying.values()):
        raise errors.CanvasRefused([str(errors.TooManyPieces.sentence)])
    new = set(lying) - worn_by(before)
    missing = new - piece_queries.products_on_sale(new)
    if missing:
        raise errors.CanvasRefused(
            [
                gettext("Piece %(number)s is not in the shop, so it cannot go into a look.", number=one)
                for one in sorted(missing)[:3]
            ]
        )
    follow(look, scene, beyond_lying(before))
