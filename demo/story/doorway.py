"""The look that begins with a photograph: what Amina wears today, on the pegs beside her door."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image

from demo.hallway import Spot, middle_of, photograph
from demo.story.circle import HOUSE, Products
from demo.story.shelves import Drawings
from editors.looks import tagging
from editors.looks.actions import LookDraft, PieceDraft, change_look, publish_look
from editors.looks.canvas.scene import FARTHEST_X, FARTHEST_Y
from editors.looks.models import Occasion, Season, Style
from editors.looks.painting.photo import cut_photo
from foundation import clock
from foundation.files.sights import Sight
from foundation.files.storage import read, store

SPOTS = (
    Spot("nord-long-coat-camel", 365, 214, 560, 800),
    Spot("lago-scarf", 640, 206, 240, 560),
    Spot("borsa-shoulder-bag-tan", 890, 200, 290, 430),
    Spot("neve-ankle-boots-chestnut", 800, 1340, 330, 240, stands=True),
)
EDITOR = "amina"
DAYS_AGO = 5
TITLE, TITLE_IT = "Ten past seven, by the door", "Le sette e dieci, accanto alla porta"
STORY = "Hung up the night before, so that the morning can be about coffee."
STORY_IT = "Appeso tutto la sera prima, così la mattina resta per il caffè."


@dataclass(frozen=True)
class Taken:
    """The photograph's key, and where in it each piece is, as parts of its width and height."""

    key: str
    points: Mapping[str, tuple[float, float]]


def take_photograph(drawings: Drawings) -> Taken | None:
    """The photograph; None without the pictures of what is in it. Call it outside of a transaction."""
    if not drawings.keys() >= {spot.handle for spot in SPOTS}:
        return None
    garments = {}
    for spot in SPOTS:
        key = drawings[spot.handle].large_key
        assert key is not None
        garments[spot.handle] = Image.open(io.BytesIO(read(key))).convert("RGBA")
    data = io.BytesIO()
    photograph(SPOTS, garments).save(data, "JPEG", quality=92)
    points = {spot.handle: middle_of(spot, garments[spot.handle]) for spot in SPOTS}
    return Taken(store(cut_photo(data.getvalue(), Sight.MIDDLE), ".webp"), points)


def hang_photograph(taken: Taken, today: datetime, editors: dict[str, int], products: Products) -> None:
    """Point at what hangs in it, say a word, and publish."""
    mine = editors[EDITOR]
    with clock.held_at(today - timedelta(days=DAYS_AGO, hours=3)):
        look = tagging.begin_with_photo(actor=HOUSE, editor_id=mine, photo_key=taken.key)
        for handle, (across, down) in taken.points.items():
            tagging.tag_piece(
                actor=HOUSE,
                look_id=look.id,
                editor_id=mine,
                product_id=products[handle],
                x=round(across * FARTHEST_X),
                y=round(down * FARTHEST_Y),
            )
        draft = LookDraft(
            title=TITLE,
            title_it=TITLE_IT,
            story=STORY,
            story_it=STORY_IT,
            occasion=Occasion.OUTDOORS,
            season=Season.WINTER,
            styles=(Style.CLASSIC, Style.RELAXED),
            pieces=tuple(PieceDraft(products[spot.handle], 1) for spot in SPOTS),
        )
        change_look(actor=HOUSE, look_id=look.id, editor_id=mine, version=look.version, draft=draft)
        publish_look(actor=HOUSE, look_id=look.id, editor_id=mine)
