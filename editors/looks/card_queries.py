"""Looks as cards, wherever many of them hang: lists, windows, rails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from editors.looks.authors.queries import signed_too, with_name
from editors.looks.canvas.garment import Lying
from editors.looks.cards import CardPiece, LookCard
from editors.looks.models import Look, LookPiece, Occasion, Season, Style
from editors.looks.piece_queries import COVER, MEASURES, measured
from editors.looks.queries import ON_SHOW
from editors.membership.models import Editor
from foundation.db import db
from foundation.money import Money
from storefront.catalog.models import Picture, Product

PAGE_SIZE = 24
_ABOUT = ("product_id", "handle", "title", "title_it", "colour", "colour_it", "quantity")
_PLACE = ("x", "y", "scale", "rotation", "layer", "flip", "copies", "medium_key")


@dataclass(frozen=True, slots=True)
class LookFilters:
    """What a list of looks is narrowed to; None for everything."""

    occasion: Occasion | None = None
    season: Season | None = None
    style: Style | None = None

    @property
    def wanted(self) -> ColumnElement[bool]:
        """As a condition on looks."""
        return and_(
            ON_SHOW,
            *([Look.occasion == self.occasion] if self.occasion else []),
            *([Look.season == self.season] if self.season else []),
            *([Look.styles.contains([self.style])] if self.style else []),
        )


def look_list(filters: LookFilters, page: int) -> Sequence[LookCard]:
    """One page of the looks on show, newest first, in one statement."""
    statement = _cards().where(filters.wanted).order_by(Look.published_at.desc(), Look.id.desc())
    return _read(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))


def look_counts(filters: LookFilters) -> dict[str, dict[str, int]]:
    """How many looks each choice of `occasion`, `season` and `style` leaves, with the other two as they are;
    `all`: how many there are as chosen. One statement.
    """
    narrowed = {
        "occasion": (replace(filters, occasion=None), Look.occasion),
        "season": (replace(filters, season=None), Look.season),
        "style": (replace(filters, style=None), func.unnest(Look.styles)),
        "all": (filters, literal("")),
    }
    parts: list[Select[str, str, int]] = [
        select(literal(name).label("kind"), value.label("value"), func.count().label("number"))
        .select_from(Look)
        .join(Look.editor)
        .where(some.wanted)
        .group_by("value")
        for name, (some, value) in narrowed.items()
    ]
    found: dict[str, dict[str, int]] = {name: {} for name in narrowed}
    for kind, value, number in db.session.execute(union_all(*parts)):
        found[kind][value] = number
    return found


def occasion_counts() -> dict[str, int]:
    """How many looks are on show for each occasion that has some."""
    rows = db.session.execute(
        select(Look.occasion, func.count()).join(Look.editor).where(ON_SHOW).group_by(Look.occasion)
    )
    return {row[0]: row[1] for row in rows}


def newest_looks(limit: int) -> Sequence[LookCard]:
    """The newest looks on show; those of the programme lead come first among those of a day."""
    return _read(
        _cards()
        .where(ON_SHOW)
        .order_by(
            func.date_trunc("day", Look.published_at).desc(),
            Editor.lead_since.is_(None),
            Look.published_at.desc(),
            Look.id.desc(),
        )
        .limit(limit)
    )


def looks_by_ids(ids: Iterable[int] | Select[int]) -> Sequence[LookCard]:
    """Looks on show by their ids, or by a SELECT of them, in one statement and no order."""
    return _read(_cards().where(ON_SHOW, Look.id.in_(ids if isinstance(ids, Select) else list(ids))))


def look_card(slug: str) -> LookCard | None:
    """A look on show as a card, in one statement."""
    return next(iter(_read(_cards().where(ON_SHOW, Look.slug == slug))), None)


def looks_of(editor_id: int, *, on_show_only: bool = False) -> Sequence[LookCard]:
    """An editor's looks, last changed first; all of them for the studio, those on show for the window."""
    if on_show_only:
        statement = _cards().where(ON_SHOW, _of(editor_id))
        return _read(statement.order_by(Look.published_at.desc(), Look.id.desc()))
    statement = _cards().where(Look.editor_id == editor_id)
    return _read(statement.order_by(Look.changed_at.desc(), Look.id.desc()))


def _of(editor_id: int) -> ColumnElement[bool]:
    """The looks that carry an editor's name: their own, and those put together with another."""
    return or_(Look.editor_id == editor_id, Look.id.in_(signed_too(editor_id)))


def looks_by(editors: Select[int], limit: int) -> Sequence[LookCard]:
    """The newest looks on show of some editors, given as a SELECT of their ids, in one statement."""
    return _read(
        _cards()
        .where(ON_SHOW, Look.editor_id.in_(editors))
        .order_by(Look.published_at.desc(), Look.id.desc())
        .limit(limit)
    )


def window_looks(editor_id: int, page: int, first: Sequence[int] = ()) -> Sequence[LookCard]:
    """One page of an editor's looks on show: those of the ids `first` in their order, then the newest."""
    return _read(
        _cards()
        .where(ON_SHOW, _of(editor_id))
        .order_by(
            func.array_position(cast(list(first), ARRAY(BigInteger)), Look.id),
            Look.published_at.desc(),
            Look.id.desc(),
        )
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )


def window_count(editor_id: int) -> int:
    """How many looks of an editor are on show."""
    return db.session.scalars(
        select(func.count()).select_from(Look).join(Look.editor).where(ON_SHOW, _of(editor_id))
    ).one()


def looks_with_product(product_id: int, limit: int = 4) -> Sequence[LookCard]:
    """The newest looks on show that hold a product."""
    holds = select(LookPiece.look_id).where(LookPiece.product_id == product_id)
    return _read(
        _cards()
        .where(ON_SHOW, Look.id.in_(holds))
        .order_by(Look.published_at.desc(), Look.id.desc())
        .limit(limit)
    )


def _cards() -> Select[*tuple[Any, ...]]:
    """Looks with their editor, and their pieces as one JSON value: one statement for any number of both."""
    piece = func.jsonb_build_array(
        Product.id, Product.handle, Product.title, Product.title_it, Product.colour, Product.colour_it,
        LookPiece.quantity, Product.price_from_minor, Product.currency, LookPiece.x, LookPiece.y,
        LookPiece.scale, LookPiece.rotation, LookPiece.layer, LookPiece.flip, LookPiece.copies,
        Picture.lying_medium_key, Product.slot, *MEASURES,
    )  # fmt: skip
    pieces = (
        select(func.jsonb_agg(aggregate_order_by(piece, LookPiece.position)))
        .select_from(LookPiece)
        .join(Product, Product.id == LookPiece.product_id)
        .outerjoin(Picture, COVER)
        .where(LookPiece.look_id == Look.id)
        .correlate(Look)
        .scalar_subquery()
        .label("pieces")
    )
    return select(
        Look.id, Look.slug, Look.title, Look.title_it, Look.occasion, Look.status, Look.version,
        Look.published_at, Look.ground, Look.captions, Look.photo_key,
        Look.picture_small_key, Look.picture_medium_key, Look.picture_large_key,
        Look.picture_avif_keys, Look.editor_id,
        with_name(Look.id).label("with_name"),
        Editor.name.label("editor_name"), Editor.handle.label("editor_handle"), pieces,
    ).join(Editor, Editor.id == Look.editor_id)  # fmt: skip


def _read(statement: Select[*tuple[Any, ...]]) -> list[LookCard]:
    return [_card(row) for row in db.session.execute(statement)]


def _card(row: Row[*tuple[Any, ...]]) -> LookCard:
    values = dict(row._mapping)
    values["pieces"] = tuple(_card_piece(piece) for piece in row.pieces or ())
    return LookCard(**values)


def _card_piece(values: list[Any]) -> CardPiece:
    """A row of the JSON value, in the order in which `_cards` builds it."""
    about, (minor, currency), place, measures = values[:7], values[7:9], values[9:17], values[17:]
    lying = Lying(**dict(zip(_PLACE, place, strict=True)), garment=measured(measures))
    return CardPiece(**dict(zip(_ABOUT, about, strict=True)), price=Money(minor, currency), lying=lying)
