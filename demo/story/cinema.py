"""The film of the programme's page, shot from the pictures of the pieces before the shop opens."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import chain

from PIL import Image

from demo.catalogue import CATALOGUE
from demo.film import Cast, make_film
from demo.story.looks import LOOKS
from demo.story.shelves import Drawings
from editors.looks.canvas.layout import lay_out
from editors.looks.canvas.measures import Piece
from editors.looks.painting.picture import PlacedPicture, compose
from editors.programme.actions import write_page
from editors.programme.films import keep_captions, keep_film
from editors.programme.queries import programme_page
from foundation.actors import Actor
from foundation.files.storage import read
from storefront.catalog.drafts import PictureDraft

HERO = "Platform four, seven past eight"
BESIDE = ("Desk to dinner", "First cold morning")
ON_THE_RAIL = (
    "alba-crew-knit",
    "tempo-blazer",
    "stagno-slip-dress",
    "brina-check-coat",
    "corso-denim-jacket",
    "molo-jumpsuit",
    "nord-long-coat",
    "lina-blouse",
)
SLOTS = {product.handle: product.slot for product in CATALOGUE}
LAID_WIDTH = 480


def shoot(drawings: Drawings) -> dict[str, str | None]:
    """The keys of film and captions by column; none without the pictures. Call it outside of a transaction."""
    looks = [_handles(title) for title in (HERO, *BESIDE)]
    if not drawings.keys() >= {*ON_THE_RAIL, *chain(*looks)}:
        return {}
    hero, *beside = (_layers(handles, drawings) for handles in looks)
    cast = Cast(
        rail=[_cut(drawings[handle]) for handle in ON_THE_RAIL],
        layers=hero,
        looks=[_together(layers) for layers in (hero, *beside)],
    )
    film = make_film(cast)
    return {
        "video_key": keep_film(film.video),
        "captions_key": keep_captions(film.captions),
        "captions_it_key": keep_captions(film.captions_it),
    }


def show(actor: Actor, files: dict[str, str | None]) -> None:
    """Hang the film on the page, whose words stay as they are."""
    page = programme_page()
    write_page(
        actor=actor,
        title=page.title,
        title_it=page.title_it,
        words=page.words,
        words_it=page.words_it,
        files=files,
    )


def _handles(title: str) -> list[str]:
    return [handle for handle, _ in next(look for look in LOOKS if look.title == title).pieces]


def _layers(handles: Sequence[str], drawings: Drawings) -> list[Image.Image]:
    """Each piece of a look where it lies on the sheet, lowest first."""
    pictures = [drawings[handle] for handle in handles]
    lying = lay_out(
        [
            Piece(SLOTS[handle], one.body_width or 0, one.body_height or 0, one.real_height_mm or 0)
            for handle, one in zip(handles, pictures, strict=True)
        ]
    )
    order = sorted(zip(pictures, lying, strict=True), key=lambda pair: pair[1].layer)
    return [
        compose(
            [PlacedPicture(_key(one), read(_key(one)), _box(one), one.real_height_mm or 0, place)], LAID_WIDTH
        )
        for one, place in order
    ]


def _together(layers: Sequence[Image.Image]) -> Image.Image:
    whole = layers[0].copy()
    for layer in layers[1:]:
        whole.alpha_composite(layer)
    return whole


def _cut(picture: PictureDraft) -> Image.Image:
    return Image.open(io.BytesIO(read(_key(picture)))).convert("RGBA")


def _key(picture: PictureDraft) -> str:
    return picture.large_key or ""


def _box(picture: PictureDraft) -> tuple[int, int, int, int]:
    return picture.body_x or 0, picture.body_y or 0, picture.body_width or 0, picture.body_height or 0
