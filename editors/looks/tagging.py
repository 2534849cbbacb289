"""Looks that begin with a photograph: its pieces are not laid down but pointed at."""

from __future__ import annotations

from editors.looks import errors, piece_queries
from editors.looks.canvas.scene import FARTHEST_X, FARTHEST_Y
from editors.looks.models import MOST_PIECES, Look, LookPiece, Occasion
from editors.looks.versions import another_version
from editors.looks.writing import locked_look
from editors.membership.features import Feature
from editors.membership.ports import refuse_without
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db


def begin_with_photo(*, actor: Actor, editor_id: int, photo_key: str) -> Look:
    """A draft with a photograph, cut by `painting.photo`, and nothing pointed at yet. Raises `PilotOnly`."""
    refuse_without(Feature.PHOTO_LOOKS, editor_id)
    now = clock.now()
    look = Look(
        editor_id=editor_id,
        slug=f"draft-{ids.code(10)}",
        title="",
        story="",
        occasion=Occasion.AWAY,
        photo_key=photo_key,
        by_hand=True,
        captions=[],
        pieces=[],
        created_at=now,
        changed_at=now,
    )
    db.session.add(look)
    db.session.flush()
    audit.record(actor=actor, action="looks.draft", subject=("look", look.id))
    return look


def change_photo(*, actor: Actor, look_id: int, editor_id: int, photo_key: str) -> Look:
    """Another photograph under the same points. Raises `NoSuchLook`, also for a look without one."""
    look = _with_photo(look_id, editor_id)
    with another_version(look):
        look.photo_key = photo_key
    return _told(actor, look)


def tag_piece(*, actor: Actor, look_id: int, editor_id: int, product_id: int, x: int, y: int) -> Look:
    """Say that a piece is at a point of the photograph, in tenths of a canvas unit; beyond it is its edge.

    A piece that was pointed at before is now there. Raises `NoSuchLook`, `TooManyPieces`, and `NotInTheShop`.
    """
    look = _with_photo(look_id, editor_id)
    piece = next((one for one in look.pieces if one.product_id == product_id), None)
    if piece is None:
        if not piece_queries.products_on_sale([product_id]):
            raise errors.NotInTheShop()
        if len(look.pieces) >= MOST_PIECES:
            raise errors.TooManyPieces()
    with another_version(look):
        if piece is None:
            piece = LookPiece(product_id=product_id, position=len(look.pieces) + 1, copies=[])
            look.pieces.append(piece)
        piece.x, piece.y = min(max(0, x), FARTHEST_X), min(max(0, y), FARTHEST_Y)
    return _told(actor, look)


def untag_piece(*, actor: Actor, look_id: int, editor_id: int, product_id: int) -> Look:
    """Take a piece off the photograph. Raises `NoSuchLook`, and `LookUnready` for the last one on show."""
    look = _with_photo(look_id, editor_id)
    with another_version(look):
        look.pieces = [piece for piece in look.pieces if piece.product_id != product_id]
        for position, piece in enumerate(look.pieces, start=1):
            piece.position = position
    return _told(actor, look)


def _with_photo(look_id: int, editor_id: int) -> Look:
    look = locked_look(look_id, editor_id)
    if look.photo_key is None:
        raise errors.NoSuchLook()
    return look


def _told(actor: Actor, look: Look) -> Look:
    audit.record(
        actor=actor, action="looks.change", subject=("look", look.id), after={"version": look.version}
    )
    db.session.flush()
    return look
