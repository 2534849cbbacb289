from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from editors.links import errors, queries
from editors.links.models import LINK_MOVES, Link, LinkStatus, LinkTarget
from editors.looks.queries import look_by_id
from foundation import clock, ids
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from storefront.catalog.models import ProductStatus
from storefront.catalog.queries import products_by_ids

CODE_LENGTH = 7
TRIES = 8


def make_link(
    *,
    actor: Actor,
    editor_id: int,
    target: LinkTarget,
    look_id: int | None = None,
    product_id: int | None = None,
    code: str | None = None,
) -> Link:
    """The editor's link to a target: the one that is out already, or a new one.

    A paused link to the same target is resumed. `code` is for the demo, which wants the same every time.
    Raises `NothingToShare` when the look is not theirs or not
    published, or the product not sold.
    """
    _check_on_show(editor_id, target, look_id, product_id)
    existing = queries.link_to(editor_id, target, look_id=look_id, product_id=product_id)
    if existing is not None:
        if existing.status == LinkStatus.PAUSED:
            return resume_link(actor=actor, link_id=existing.id, editor_id=editor_id)
        return existing
    for _ in range(TRIES):
        link = Link(
            code=code or ids.code(CODE_LENGTH),
            editor_id=editor_id,
            target=target,
            look_id=look_id,
            product_id=product_id,
            created_at=clock.now(),
        )
        try:
            with db.session.begin_nested():
                db.session.add(link)
                db.session.flush()
        except IntegrityError:
            # Either the code was drawn before, or another tab made the same link a moment ago.
            made = queries.link_to(editor_id, target, look_id=look_id, product_id=product_id)
            if made is not None:
                return made
            continue
        audit.record(actor=actor, action="links.make", subject=("link", link.id), after={"code": link.code})
        return link
    raise RuntimeError(f"{TRIES} codes in a row were taken: make CODE_LENGTH longer.")


def pause_link(*, actor: Actor, link_id: int, editor_id: int) -> Link:
    """Let a link rest; raises `NoSuchLink` for somebody else's, `IllegalMove` when it rests already."""
    return _move(actor, link_id, editor_id, LinkStatus.PAUSED, "links.pause")


def resume_link(*, actor: Actor, link_id: int, editor_id: int) -> Link:
    return _move(actor, link_id, editor_id, LinkStatus.ACTIVE, "links.resume")


def _move(actor: Actor, link_id: int, editor_id: int, end: LinkStatus, action: str) -> Link:
    locked = lock_rows(Link, [link_id])
    if not locked or locked[0].editor_id != editor_id:
        raise errors.NoSuchLink()
    link = locked[0]
    LINK_MOVES.move(link, end)
    audit.record(actor=actor, action=action, subject=("link", link.id))
    db.session.flush()
    return link


def _check_on_show(editor_id: int, target: LinkTarget, look_id: int | None, product_id: int | None) -> None:
    if target is LinkTarget.LOOK:
        look = look_by_id(look_id or 0)
        if look is None or look.editor_id != editor_id or not look.on_show:
            raise errors.NothingToShare()
    if target is LinkTarget.PRODUCT:
        found = products_by_ids([product_id or 0])
        if not found or found[0].status != ProductStatus.ACTIVE:
            raise errors.NothingToShare()
