"""Paint while the shop is open: `make demo` runs this beside it until each piece has all its pictures.

A piece begins with one picture. It gets a larger one in its place, a close-up, its other colours where the
colour is a choice, and an outfit it is worn in. What is done is seen on the rail itself, so it can be
stopped at any time and goes on at the next start. It leaves the machine to everybody else.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from demo.__main__ import PAINTED
from demo.catalogue import BY_HANDLE, CATALOGUE, Product
from demo.closeups import CLOSE_UPS
from demo.easel import FRONT_WIDTHS, Painted, arrange, paint
from demo.outfits import worn_with
from demo.pictures import render_all
from demo.story.circle import HOUSE
from demo.story.looks import LOOKS
from demo.story.shelves import front, hung, names, opening_widths
from foundation import clock
from foundation.db import db, unit_of_work
from foundation.settings import current
from storefront.catalog.actions import attach_picture, keep_fetched_picture
from storefront.catalog.drafts import PictureDraft
from storefront.catalog.queries import product_page
from wsgi import create_app

LEAST_URGENT = 19
# Pictures are no news: they are dated before the story, and nobody's list of what happened is full of them.
DAYS_AGO = 70
LEAST_PICTURES = 3


def main() -> None:
    """Paint what is not painted yet, first what the tour and the newest shelves show."""
    os.nice(LEAST_URGENT)
    logging.disable(logging.WARNING)
    app = create_app(os.environ)
    with app.app_context():
        data_dir = current().data_dir
        waiting = [product for product in in_order() if not _done(product)]
        db.session.rollback()
    folder = data_dir / "pictures"
    cores = max(1, (os.cpu_count() or 1) // 2)
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        painted = pool.map(_paint, waiting, [folder] * len(waiting))
        for product, works in zip(waiting, painted, strict=True):
            with app.app_context(), unit_of_work(), clock.held_at(clock.now() - timedelta(days=DAYS_AGO)):
                hang(product, works, folder)
    (data_dir / PAINTED).write_text("", encoding="utf-8")


def in_order() -> list[Product]:
    """Every piece: those in looks first, as the tour leads there, then the newest."""
    looked = [BY_HANDLE[handle] for look in LOOKS for handle, _ in look.pieces]
    return list(dict.fromkeys([*looked, *sorted(CATALOGUE, key=lambda one: one.published_days_ago)]))


def hang(product: Product, works: Sequence[Painted], folder: Path) -> None:
    """Put one piece's pictures in their places; `works` are the piece itself and then its other colours."""
    page = product_page(product.handle)
    if page is None or not page.pictures:
        return
    own, *shades = works
    keep_fetched_picture(actor=HOUSE, picture_id=page.pictures[0].id, rendition=front(product, own.front))
    pictures = [_close_up(product, own), *_shades(product, shades), _outfit(product, own, folder)]
    for picture in pictures:
        attach_picture(actor=HOUSE, product_id=page.id, rendition=picture)


def _close_up(product: Product, own: Painted) -> PictureDraft:
    name, name_it = names(product)
    view = CLOSE_UPS[product.drawn.kind]
    return hung(own.close_up, f"{name}: {view.en} up close", f"{name_it}: {view.it} da vicino")


def _shades(product: Product, works: Sequence[Painted]) -> Iterator[PictureDraft]:
    for (colour, _), work in zip(product.shades, works, strict=True):
        said = colour.lower()
        yield hung(work.front, f"{product.title}, {said}", f"{product.title_it}, {said}")


def _outfit(product: Product, own: Painted, folder: Path) -> PictureDraft:
    """The piece from its large picture, its company from what the shop opened with."""
    name, name_it = names(product)
    laid, company, company_it = [(product.slot, own.front)], [], []
    for other in worn_with(product):
        shown = render_all([other.drawn], folder, widths=opening_widths(other), workers=1)
        laid.append((other.slot, shown[other.drawn]))
        called, called_it = names(other)
        company.append(called)
        company_it.append(called_it)
    return hung(
        arrange(laid, folder),
        f"{name}, worn with {' and '.join(company)}",
        f"{name_it}, insieme a {' e '.join(company_it)}",
    )


def _paint(product: Product, folder: Path) -> list[Painted]:
    return [paint(drawn, folder) for drawn in (product.drawn, *(look for _, look in product.shades))]


def _done(product: Product) -> bool:
    """Whether all of it hangs already, or it hangs no more."""
    page = product_page(product.handle)
    if page is None or not page.pictures:
        return True
    return (page.pictures[0].width or 0) >= FRONT_WIDTHS[-1] and len(page.pictures) >= LEAST_PICTURES


if __name__ == "__main__":
    main()
