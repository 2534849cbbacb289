"""The pictures of one product: their order, their words, and taking one down.

The product is locked first, as everybody does; the picture at 1 is the cover.
"""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.catalog.actions import lock_product, touch
from storefront.catalog.errors import PictureNotFound
from storefront.catalog.models import Focus, Picture, PictureStatus, Product
from storefront.catalog.queries import pictures_of

REMOVED = "catalog.remove_picture"
# What of a picture is needed to hang it again.
KEPT = (
    *("alt", "alt_it", "focus", "source_url", "small_key", "medium_key", "large_key", "width", "height"),
    *("body_x", "body_y", "body_width", "body_height", "real_height_mm"),
    *("avif_keys", "cut", "cut_doubt", "cut_tolerance", "cut_medium_key", "cut_large_key", "cut_box"),
)


def move_picture(*, actor: Actor, product_id: int, picture_id: int, earlier: bool) -> None:
    """Let a picture change places with its neighbour; the first cannot go further, nor the last.

    Raises `ProductNotFound` and `PictureNotFound`.
    """
    product, hung, place = _find(product_id, picture_id)
    other = place + (-1 if earlier else 1)
    if not 0 <= other < len(hung):
        return
    order = list(hung)
    order[place], order[other] = order[other], order[place]
    _number(order)
    touch(product)
    db.session.flush()
    record(
        actor=actor,
        action="catalog.move_picture",
        subject=("product", product_id),
        before={"position": place + 1},
        after={"position": other + 1},
    )


def describe_picture(
    *,
    actor: Actor,
    product_id: int,
    picture_id: int,
    alt: str,
    alt_it: str | None,
    focus: Focus | None = None,
) -> None:
    """Say in words what a picture shows, for those who do not see it, and which part of it stays in sight.

    Without a focus it keeps its own. Raises as `move_picture` does.
    """
    product, hung, place = _find(product_id, picture_id)
    picture = hung[place]
    before = {"alt": picture.alt, "alt_it": picture.alt_it, "focus": str(picture.focus)}
    after = {"alt": alt, "alt_it": alt_it or None, "focus": str(focus or picture.focus)}
    if before == after:
        return
    picture.alt, picture.alt_it, picture.focus = alt, alt_it or None, focus or picture.focus
    touch(product)
    db.session.flush()
    record(
        actor=actor,
        action="catalog.describe_picture",
        subject=("product", product_id),
        before=before,
        after=after,
    )


def remove_picture(*, actor: Actor, product_id: int, picture_id: int) -> None:
    """Take a picture down; the next one becomes the cover. Its file stays, others may show it.

    Raises as `move_picture` does.
    """
    product, hung, place = _find(product_id, picture_id)
    db.session.delete(hung[place])
    _number([picture for picture in hung if picture.id != picture_id])
    touch(product)
    db.session.flush()
    record(
        actor=actor,
        action="catalog.remove_picture",
        subject=("product", product_id),
        before={"position": place + 1, **{name: getattr(hung[place], name) for name in KEPT}},
    )


def hang_again(*, actor: Actor, product_id: int, act: AuditRow) -> None:
    """Hang a picture again where it was before `remove_picture` took it down; `act` is what that wrote down.

    Raises `ProductNotFound`, and `PictureNotFound` when it hangs there already or the act is another one.
    """
    product = lock_product(product_id)
    hung = list(pictures_of(product_id))
    known = act.before or {}
    there = {one.large_key for one in hung}
    if act.action != REMOVED or act.subject_id != product_id or known.get("large_key") in {None, *there}:
        raise PictureNotFound()
    picture = Picture(product_id=product_id, **{name: known.get(name) for name in KEPT})
    picture.status = PictureStatus.READY
    hung.insert(min(int(known.get("position", 1)), len(hung) + 1) - 1, picture)
    _number(hung)
    db.session.add(picture)
    touch(product)
    db.session.flush()
    record(actor=actor, action="catalog.hang_again", subject=("product", product_id))


def order_pictures(*, actor: Actor, product_id: int, order: Sequence[int]) -> None:
    """Put the pictures into this order by their ids; those not named hang behind, unknown ids are passed.

    Raises `ProductNotFound`.
    """
    product = lock_product(product_id)
    hung = pictures_of(product_id)
    places = {picture_id: place for place, picture_id in enumerate(order)}
    wanted = sorted(hung, key=lambda one: places.get(one.id, len(order)))
    if list(wanted) == list(hung):
        return
    _number(wanted)
    touch(product)
    db.session.flush()
    record(actor=actor, action="catalog.move_picture", subject=("product", product_id))


def _find(product_id: int, picture_id: int) -> tuple[Product, Sequence[Picture], int]:
    product = lock_product(product_id)
    hung = pictures_of(product_id)
    for place, picture in enumerate(hung):
        if picture.id == picture_id:
            return product, hung, place
    raise PictureNotFound()


def _number(pictures: Sequence[Picture]) -> None:
    for position, picture in enumerate(pictures, start=1):
        picture.position = position
