"""What a link leads to, as words and a picture for everything that is sent with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editors.gatherings.models import Gathering
from editors.gatherings.queries import cover_of, gathering_by_id
from editors.links.models import Link, LinkTarget
from editors.looks.card_queries import looks_of
from editors.looks.models import Look
from editors.looks.queries import look_by_id
from editors.membership.models import Editor
from foundation import clock
from storefront.catalog.models import PictureStatus, Product, ProductStatus
from storefront.catalog.queries import products_by_ids
from storefront.collections.models import Collection
from storefront.collections.queries import collections_by_ids


@dataclass(frozen=True, slots=True)
class Subject:
    """Title, words and pieces in both languages, and the file of a picture with what it is wide and tall.

    `on_show` is false for what the public cannot see any more: nothing is made for it then.
    """

    target: LinkTarget
    title: str
    title_it: str | None = None
    story: str = ""
    story_it: str | None = None
    pieces: Sequence[tuple[str, str | None]] = ()
    picture_key: str | None = None
    on_show: bool = True

    def title_in(self, language: str) -> str:
        return _in(language, self.title, self.title_it)

    def story_in(self, language: str) -> str:
        return _in(language, self.story, self.story_it)

    def pieces_in(self, language: str) -> list[str]:
        return [_in(language, title, title_it) for title, title_it in self.pieces]


def subject_of(link: Link, editor: Editor) -> Subject:
    """What a link leads to, read anew."""
    if link.target == LinkTarget.LOOK:
        return _of_look(look_by_id(link.look_id or 0))
    if link.target == LinkTarget.PRODUCT:
        return _of_product(products_by_ids([link.product_id or 0]))
    if link.target == LinkTarget.COLLECTION:
        return _of_collection(collections_by_ids([link.collection_id or 0]))
    if link.target == LinkTarget.GATHERING:
        return _of_gathering(gathering_by_id(link.gathering_id or 0))
    newest = next(iter(looks_of(editor.id, on_show_only=True)), None)
    return Subject(
        LinkTarget.WINDOW,
        editor.name,
        story=editor.words,
        story_it=editor.words_it,
        picture_key=newest.picture_large_key if newest else None,
        on_show=editor.on_show,
    )


def _of_look(look: Look | None) -> Subject:
    if look is None:
        return Subject(LinkTarget.LOOK, "", on_show=False)
    return Subject(
        LinkTarget.LOOK,
        look.title,
        look.title_it,
        look.story,
        look.story_it,
        [(piece.product.title, piece.product.title_it) for piece in look.pieces],
        look.picture_large_key,
        look.on_show and look.editor.on_show,
    )


def _of_product(found: Sequence[Product]) -> Subject:
    if not found:
        return Subject(LinkTarget.PRODUCT, "", on_show=False)
    product = found[0]
    return Subject(
        LinkTarget.PRODUCT,
        product.title,
        product.title_it,
        picture_key=_cover(product),
        on_show=product.status == ProductStatus.ACTIVE,
    )


def _of_collection(found: Sequence[Collection]) -> Subject:
    if not found:
        return Subject(LinkTarget.COLLECTION, "", on_show=False)
    collection = found[0]
    return Subject(
        LinkTarget.COLLECTION,
        collection.title,
        collection.title_it,
        collection.words,
        collection.words_it,
        picture_key=collection.picture_large_key,
        on_show=collection.is_shown(clock.now()),
    )


def _of_gathering(gathering: Gathering | None) -> Subject:
    if gathering is None:
        return Subject(LinkTarget.GATHERING, "", on_show=False)
    return Subject(
        LinkTarget.GATHERING,
        gathering.title,
        gathering.title_it,
        gathering.words,
        gathering.words_it,
        picture_key=cover_of(gathering.id),
        on_show=gathering.on_show,
    )


def _cover(product: Product) -> str | None:
    cover = product.cover
    return cover.large_key if cover is not None and cover.status == PictureStatus.READY else None


def _in(language: str, english: str, italian: str | None) -> str:
    return italian if language == "it" and italian else english
