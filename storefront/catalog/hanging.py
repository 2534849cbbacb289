"""The pictures of one product: their order, their words, and taking one down.

The product is locked first, as everybody does; the picture at 1 is the cover.
"""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from storefront.catalog.actions import lock_product, touch
from storefront.catalog.errors import PictureNotFound
from storefront.catalog.models import Picture, Product
from storefront.catalog.queries import pictures_of


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


def describe_picture(*, actor: Actor, product_id: int, picture_id: int, alt: str, alt_it: str | None) -> None:
    """Say in words what a picture shows, for those who do not see it. Raises as `move_picture` does."""
    product, hung, place = _find(product_id, picture_id)
    picture = hung[place]
    before = {"alt": picture.alt, "alt_it": picture.alt_it}
    after = {"alt": alt, "alt_it": alt_it or None}
    if before == after:
        return
    picture.alt, picture.alt_it = alt, alt_it or None
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
        before={"position": place + 1, "large_key": hung[place].large_key},
    )


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
