from __future__ import annotations

from editors.looks.actions import COMPOSE, keep_picture
from editors.looks.canvas import Placement
from editors.looks.picture import PlacedPicture, avif, sheets, webp
from editors.looks.queries import garments_of, look_by_id
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.storage import read, store
from foundation.jobs.queue import job


@job(name=COMPOSE)
@in_steps
def compose_look_picture(*, look_id: int) -> None:
    """Compose a look's picture and note its files; a look that changed meanwhile has a job of its own."""
    look = look_by_id(look_id)
    if look is None or not look.on_show:
        leave_transaction()
        return
    version, pieces = look.version, list(look.pieces)
    garments = garments_of(piece.product_id for piece in pieces)
    lying = [
        (shape, Placement(piece.x, piece.y, piece.scale, piece.rotation, piece.layer), piece.flip)
        for piece in pieces
        if (shape := garments[piece.product_id]).key
    ]
    leave_transaction()  # composing takes a second or two: no row waits for it
    placed = [
        PlacedPicture(
            key=shape.key,
            data=read(shape.key),
            box=shape.box,
            real_height_mm=shape.real_height_mm,
            placement=placement,
            flip=flip,
        )
        for shape, placement, flip in lying
        if shape.key
    ]
    if not placed:
        return
    composed = sheets(placed).values()
    keys = [store(webp(sheet), ".webp") for sheet in composed]
    lighter = [store(avif(sheet), ".avif") for sheet in composed]
    with unit_of_work():
        keep_picture(look_id=look_id, version=version, keys=keys, avif_keys=lighter)
