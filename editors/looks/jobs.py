from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from editors.looks.actions import keep_picture
from editors.looks.canvas.grounds import Ground
from editors.looks.canvas.measures import Placement
from editors.looks.canvas.scene import scene_of
from editors.looks.painting.photo import photo_sheets
from editors.looks.painting.picture import PlacedPicture, avif, sheets, webp
from editors.looks.piece_queries import garments_of
from editors.looks.queries import look_by_id
from editors.looks.scheduling import publish_due
from editors.looks.writing import COMPOSE
from foundation.actors import Actor
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.files.storage import read, store
from foundation.jobs.queue import job

PUBLISH = "editors.publish_looks_due"


@job(name=PUBLISH, cron="* * * * *", retries=False)
def publish_looks_due() -> None:
    """Looks come on show within the minute of their moment."""
    publish_due(actor=Actor.system(PUBLISH))


@job(name=COMPOSE)
@in_steps
def compose_look_picture(*, look_id: int) -> None:
    """Compose a look's picture and note its files; a look that changed meanwhile has a job of its own."""
    look = look_by_id(look_id)
    if look is None or not look.on_show:
        leave_transaction()
        return
    version, scene = look.version, scene_of(look.ground, look.pieces, look.captions)
    if look.photo_key is not None:
        photo_key = look.photo_key
        leave_transaction()
        _keep(look_id, version, photo_sheets(read(photo_key)))
        return
    garments = garments_of(piece.product_id for piece in look.pieces)
    leave_transaction()  # composing takes a second or two: no row waits for it
    placed = [
        PlacedPicture(
            key=shape.key,
            data=read(shape.key),
            box=shape.box,
            real_height_mm=shape.real_height_mm,
            placement=Placement(spot.x, spot.y, spot.scale, spot.rotation, layer),
            flip=spot.flip,
        )
        for shape, places in ((garments[product_id], places) for product_id, places in scene.lying.items())
        if shape.key
        for layer, spot in places
    ]
    if not placed:
        return
    _keep(look_id, version, sheets(placed, Ground(scene.ground), scene.captions).values())


def _keep(look_id: int, version: int, composed: Iterable[Image.Image]) -> None:
    """Store a look's picture in every width, small to large, and note the files."""
    composed = list(composed)
    keys = [store(webp(sheet), ".webp") for sheet in composed]
    lighter = [store(avif(sheet), ".avif") for sheet in composed]
    with unit_of_work():
        keep_picture(look_id=look_id, version=version, keys=keys, avif_keys=lighter)
