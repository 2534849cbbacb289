"""How a handle becomes somebody's, and stays theirs after they left it."""

from __future__ import annotations

from sqlalchemy import select

from editors.membership import errors, policy, queries
from editors.membership.models import HandleClaim
from foundation import clock
from foundation.db import db, unless_taken
from foundation.settings import current


def checked_handle(wish: str) -> str:
    """The wish as it stands in an address. Raises `HandleUnfit` or `HandleReserved`.

    The brands are those of the catalogue at this moment: who has a handle already keeps it.
    """
    handle = policy.plain_handle(wish)
    if not policy.handle_fits(handle):
        raise errors.HandleUnfit()
    if policy.is_reserved(handle) or policy.speaks_for(handle, current().shop_name):
        raise errors.HandleReserved()
    if policy.handle_shape(handle) in queries.brand_shapes():
        raise errors.HandleReserved()
    return handle


def claim(editor_id: int, handle: str) -> None:
    """Make a handle the editor's, in the transaction that gives it to them.

    One that was left is free again after `policy.KEPT_FOR`, letter for letter; what only looks like it stays
    taken. Raises `HandleTaken`, also when two ask in the same moment.
    """
    shape, now = policy.handle_shape(handle), clock.now()
    held = db.session.scalars(
        select(HandleClaim)
        .where(HandleClaim.shape == shape)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if held is None:
        with unless_taken(errors.HandleTaken, "pk_handle_claims"):
            db.session.add(HandleClaim(shape=shape, handle=handle, editor_id=editor_id, taken_at=now))
            db.session.flush()
        return
    free = held.left_at is not None and held.left_at + policy.KEPT_FOR <= now and held.handle == handle
    if held.editor_id != editor_id and not free:
        raise errors.HandleTaken()
    held.editor_id, held.handle, held.taken_at, held.left_at = editor_id, handle, now, None
    db.session.flush()


def leave_claim(shape: str) -> None:
    """Note that a handle is no longer in use; it goes on leading to whoever had it."""
    db.session.get_one(HandleClaim, shape, with_for_update=True).left_at = clock.now()
    db.session.flush()
