"""What becomes of a picture after it hangs: lighter forms of it, and its cut-out for the canvas of looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.jobs import queue
from storefront.catalog import ports
from storefront.catalog.actions import FINISH_PICTURE, lock_product, touch
from storefront.catalog.errors import PictureNotFound
from storefront.catalog.models import CutOut, Picture
from storefront.catalog.queries import pictures_of, product_of_picture

Box = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A cut-out that was made: its stored files, the garment's box in the large one, the tolerance."""

    medium_key: str
    large_key: str
    box: Box
    tolerance: str


def keep_avif_of(*, actor: Actor, picture_id: int, of: str, keys: Sequence[str]) -> None:
    """Name the AVIF files of a picture, unless its large file is not `of` any more."""
    for picture in _still(picture_id, of):
        picture.avif_keys = list(keys)
        db.session.flush()
        record(actor=actor, action="catalog.finish_picture", subject=("product", picture.product_id))


def keep_cut(*, actor: Actor, picture_id: int, of: str, cut: Cut | None, doubt: str | None = None) -> None:
    """Have looks show the cut-out, or note why there is none; nothing when the file is not `of` any more."""
    for picture in _still(picture_id, of):
        picture.cut = CutOut.USED if cut else CutOut.IMPOSSIBLE
        picture.cut_doubt = doubt
        picture.cut_medium_key = cut.medium_key if cut else None
        picture.cut_large_key = cut.large_key if cut else None
        picture.cut_tolerance = cut.tolerance if cut else None
        picture.cut_box = list(cut.box) if cut else []
        _lay(picture, cut.box if cut else None)
        db.session.flush()
        ports.tell_lying([picture.product_id])
        record(
            actor=actor,
            action="catalog.cut_out",
            subject=("product", picture.product_id),
            after={"cut": picture.cut, "doubt": doubt, "tolerance": picture.cut_tolerance},
        )


def use_cut(*, actor: Actor, product_id: int, picture_id: int, use: bool) -> None:
    """Let looks show the cut-out, or the picture as it is. Raises `ProductNotFound`, `PictureNotFound`."""
    picture = _find(product_id, picture_id)
    if picture.cut_large_key is None or picture.cut == (CutOut.USED if use else CutOut.UNUSED):
        return
    before = picture.cut
    picture.cut = CutOut.USED if use else CutOut.UNUSED
    left, top, wide, tall = picture.cut_box
    _lay(picture, (left, top, wide, tall) if use else None)
    db.session.flush()
    ports.tell_lying([product_id])
    record(
        actor=actor,
        action="catalog.use_cut_out",
        subject=("product", product_id),
        before={"cut": before},
        after={"cut": picture.cut},
    )


def cut_again(*, actor: Actor, product_id: int, picture_id: int, tolerance: str) -> None:
    """Ask for another cut-out by another tolerance; it is made in a moment, in the background."""
    picture = _find(product_id, picture_id)
    queue.defer(FINISH_PICTURE, picture_id=picture.id, tolerance=tolerance)
    record(
        actor=actor,
        action="catalog.cut_again",
        subject=("product", product_id),
        after={"tolerance": tolerance},
    )


def _still(picture_id: int, large_key: str) -> list[Picture]:
    """The picture under the lock of its product, or nothing when it shows another file by now."""
    product_id = product_of_picture(picture_id)
    if product_id is None:
        return []
    touch(lock_product(product_id))
    return [one for one in pictures_of(product_id) if one.id == picture_id and one.large_key == large_key]


def _find(product_id: int, picture_id: int) -> Picture:
    touch(lock_product(product_id))
    for picture in pictures_of(product_id):
        if picture.id == picture_id:
            return picture
    raise PictureNotFound()


def _lay(picture: Picture, box: Box | None) -> None:
    left, top, wide, tall = box or (None, None, None, None)
    picture.body_x, picture.body_y, picture.body_width, picture.body_height = left, top, wide, tall
