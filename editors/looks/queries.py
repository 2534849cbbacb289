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
from sqlalchemy.orm import joinedload, selectinload

from editors.looks.authors.queries import signed_too, with_name
from editors.looks.canvas.garment import Garment, Lying, garment
from editors.looks.cards import CardPiece, LookCard
from editors.looks.models import Look, LookPiece, LookStatus, LookVersion, Occasion, Season, Style
from editors.membership.models import Editor, EditorStatus
from foundation import clock
from foundation.db import db
from foundation.money import Money
from foundation.web.queries import Section
from storefront.catalog.models import Picture, PictureStatus, Product, ProductStatus

PAGE_SIZE = 24
_ON_SHOW = and_(
    Look.status == LookStatus.PUBLISHED, Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED])
)

_COVER = and_(Picture.product_id == Product.id, Picture.position == 1, Picture.status == PictureStatus.READY)
_MEASURES = (
    Picture.lying_large_key, Picture.width, Picture.height, Picture.body_x, Picture.body_y,
    Picture.body_width, Picture.body_height, Picture.real_height_mm,
)  # fmt: skip

# The ids of the looks on show, as SQL.
LOOKS_ON_SHOW = f"""
    SELECT looks.id FROM looks JOIN editors ON editors.id = looks.editor_id
    WHERE looks.status = '{LookStatus.PUBLISHED}'
      AND editors.status IN ('{EditorStatus.ACTIVE}', '{EditorStatus.PAUSED}')"""
# Pairs of products that lie in the same look on show, both ways round, and in how many.
WORN_TOGETHER = f"""
    SELECT one.product_id, other.product_id AS other_id, count(*) AS times
    FROM look_pieces one
    JOIN look_pieces other ON other.look_id = one.look_id AND other.product_id <> one.product_id
    WHERE one.look_id IN ({LOOKS_ON_SHOW})
    GROUP BY one.product_id, other.product_id"""

_ABOUT = ("product_id", "handle", "title", "title_it", "colour", "colour_it", "quantity")
_PLACE = ("x", "y", "scale", "rotation", "layer", "flip", "copies", "medium_key")
_MEASURED = (
    "slot", "key", "width", "height", "body_x", "body_y", "body_width", "body_height", "real_height_mm"
)  # fmt: skip


def look_by_id(look_id: int) -> Look | None:
    """A look of any status with its pieces, products and their covers: what the studio's form shows."""
    return db.session.scalars(
        select(Look)
        .where(Look.id == look_id)
        .options(
            joinedload(Look.editor),
            selectinload(Look.pieces).joinedload(LookPiece.product).joinedload(Product.cover),
        )
    ).one_or_none()


def look_page(slug: str) -> Look | None:
    """A published look with editor, pieces, products, covers and variants, in two statements."""
    return _whole_look(Look.slug == slug, _ON_SHOW)


def look_whole(look_id: int) -> Look | None:
    """The same by its id."""
    return _whole_look(Look.id == look_id, _ON_SHOW)


def _whole_look(*where: ColumnElement[bool]) -> Look | None:
    pieces = joinedload(Look.pieces).joinedload(LookPiece.product)
    return (
        db.session.scalars(
            select(Look)
            .join(Look.editor)
            .where(*where)
            .options(
                joinedload(Look.editor),
                pieces.joinedload(Product.cover),
                pieces.selectinload(Product.variants),
            )
        )
        .unique()
        .one_or_none()
    )


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
            _ON_SHOW,
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
        select(Look.occasion, func.count()).join(Look.editor).where(_ON_SHOW).group_by(Look.occasion)
    )
    return {row[0]: row[1] for row in rows}


def newest_looks(limit: int) -> Sequence[LookCard]:
    """The newest looks on show; those of the programme lead come first among those of a day."""
    return _read(
        _cards()
        .where(_ON_SHOW)
        .order_by(
            func.date_trunc("day", Look.published_at).desc(),
            Editor.lead_since.is_(None),
            Look.published_at.desc(),
            Look.id.desc(),
        )
        .limit(limit)
    )


def looks_by_ids(ids: Iterable[int]) -> Sequence[LookCard]:
    """Looks on show by their ids, in one statement and no order."""
    return _read(_cards().where(_ON_SHOW, Look.id.in_(list(ids))))


def look_card(slug: str) -> LookCard | None:
    """A look on show as a card, in one statement."""
    return next(iter(_read(_cards().where(_ON_SHOW, Look.slug == slug))), None)


def looks_of(editor_id: int, *, on_show_only: bool = False) -> Sequence[LookCard]:
    """An editor's looks, last changed first; all of them for the studio, those on show for the window."""
    if on_show_only:
        statement = _cards().where(_ON_SHOW, _of(editor_id))
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
        .where(_ON_SHOW, Look.editor_id.in_(editors))
        .order_by(Look.published_at.desc(), Look.id.desc())
        .limit(limit)
    )


def window_looks(editor_id: int, page: int, first: Sequence[int] = ()) -> Sequence[LookCard]:
    """One page of an editor's looks on show: those of the ids `first` in their order, then the newest."""
    return _read(
        _cards()
        .where(_ON_SHOW, _of(editor_id))
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
        select(func.count()).select_from(Look).join(Look.editor).where(_ON_SHOW, _of(editor_id))
    ).one()


def looks_with_product(product_id: int, limit: int = 4) -> Sequence[LookCard]:
    """The newest looks on show that hold a product."""
    holds = select(LookPiece.look_id).where(LookPiece.product_id == product_id)
    return _read(
        _cards()
        .where(_ON_SHOW, Look.id.in_(holds))
        .order_by(Look.published_at.desc(), Look.id.desc())
        .limit(limit)
    )


def looks_named(words: Sequence[str], limit: int) -> Sequence[tuple[str, str, str | None, str]]:
    """Slug, titles and editor of the newest looks on show whose title has words that begin with these."""
    said = func.lower(func.plain_letters(func.concat_ws(" ", Look.title, Look.title_it, Look.occasion)))
    statement = select(Look.slug, Look.title, Look.title_it, Editor.name).join(Look.editor).where(_ON_SHOW)
    for word in words:
        statement = statement.where(said.op("~")(func.concat(r"\m", func.plain_letters(word))))
    statement = statement.order_by(Look.published_at.desc(), Look.id.desc()).limit(limit)
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


def worn_in(product_ids: Sequence[int]) -> dict[int, int]:
    """In how many published looks each product is; what is in none is left out."""
    statement = (
        select(LookPiece.product_id, func.count())
        .join(Look, Look.id == LookPiece.look_id)
        .where(LookPiece.product_id.in_(product_ids), Look.status == LookStatus.PUBLISHED)
        .group_by(LookPiece.product_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def looks_fingerprint() -> ColumnElement[str]:
    """Changes whenever what a product's page says of its looks would; correlated with `Product`."""
    each = func.concat_ws(
        ":", Look.id, Look.version, Look.status, Look.picture_medium_key, Editor.status, Editor.name
    )
    return (
        select(func.md5(func.string_agg(each, aggregate_order_by(literal(","), Look.id))))
        .select_from(LookPiece)
        .join(Look, Look.id == LookPiece.look_id)
        .join(Editor, Editor.id == Look.editor_id)
        .where(LookPiece.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )


def pages_of_looks() -> Section:
    """The looks on show, for the sitemap."""
    columns = Look.__table__.c
    on_show = select(Look.id).join(Look.editor).where(_ON_SHOW)
    return Section(
        prefix="/looks/",
        key=columns.id,
        name=columns.slug,
        changed=columns.changed_at,
        where=columns.id.in_(on_show),
    )


def favourite_products(editor_id: int, limit: int = 4) -> Sequence[int]:
    """The products an editor puts into most of the looks on show, as ids, most used first."""
    return db.session.scalars(
        select(LookPiece.product_id)
        .join(Look, Look.id == LookPiece.look_id)
        .join(Product, Product.id == LookPiece.product_id)
        .where(
            Look.editor_id == editor_id,
            Look.status == LookStatus.PUBLISHED,
            Product.status == ProductStatus.ACTIVE,
        )
        .group_by(LookPiece.product_id)
        .order_by(func.count().desc(), func.max(Look.published_at).desc(), LookPiece.product_id)
        .limit(limit)
    ).all()


def known_products(ids: Iterable[int]) -> set[int]:
    """Those of the ids that are products."""
    return set(db.session.scalars(select(Product.id).where(Product.id.in_(list(ids)))))


def look_preview(look_id: int) -> Look | None:
    """A look of any status as its page needs it, in two statements."""
    return _whole_look(Look.id == look_id)


def look_versions(look_id: int, limit: int = 50) -> Sequence[LookVersion]:
    """What a look was, the latest first."""
    return db.session.scalars(
        select(LookVersion)
        .where(LookVersion.look_id == look_id)
        .order_by(LookVersion.number.desc())
        .limit(limit)
    ).all()


def look_version(look_id: int, number: int) -> LookVersion | None:
    return db.session.scalars(
        select(LookVersion).where(LookVersion.look_id == look_id, LookVersion.number == number)
    ).one_or_none()


def looks_due(limit: int) -> Sequence[tuple[int, int]]:
    """Look and editor of what should be on show by now; editors who left are passed over."""
    rows = db.session.execute(
        select(Look.id, Look.editor_id)
        .join(Look.editor)
        .where(
            Look.publish_at <= clock.now(),
            Look.status != LookStatus.PUBLISHED,
            Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
        )
        .order_by(Look.publish_at, Look.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def products_on_sale(ids: Iterable[int]) -> set[int]:
    """Those of the ids that are products in the shop."""
    shown = select(Product.id).where(Product.id.in_(list(ids)), Product.status == ProductStatus.ACTIVE)
    return set(db.session.scalars(shown))


def empty_draft(editor_id: int) -> Look | None:
    """A look that was begun and has neither words nor anything on it."""
    return db.session.scalars(
        select(Look)
        .where(
            Look.editor_id == editor_id,
            Look.status == LookStatus.DRAFT,
            Look.title == "",
            Look.story == "",
            Look.captions == literal([], Look.captions.type),
            ~Look.pieces.any(),
        )
        .limit(1)
    ).one_or_none()


def unsold_products(ids: Iterable[int]) -> Sequence[Product]:
    """Those of the products that are not in the shop."""
    return db.session.scalars(
        select(Product).where(Product.id.in_(list(ids)), Product.status != ProductStatus.ACTIVE)
    ).all()


def garments_of(product_ids: Iterable[int]) -> dict[int, Garment]:
    """How products lie, by id: slot, and the picture and measures of their covers."""
    rows = db.session.execute(
        select(Product.id, Product.slot, *_MEASURES)
        .outerjoin(Picture, _COVER)
        .where(Product.id.in_(list(product_ids)))
    )
    return {row[0]: _garment(list(row)[1:]) for row in rows}


def on_show_with(product_ids: Iterable[int]) -> Sequence[int]:
    """The ids of the published looks that hold any of these products."""
    held = select(LookPiece.look_id).where(LookPiece.product_id.in_(list(product_ids)))
    shown = select(Look.id).where(Look.status == LookStatus.PUBLISHED, Look.id.in_(held))
    return db.session.scalars(shown.order_by(Look.id)).all()


def slugs_like(stem: str) -> set[str]:
    """Every slug that begins with `stem`."""
    return set(db.session.scalars(select(Look.slug).where(Look.slug.startswith(stem, autoescape=True))))


def _cards() -> Select[*tuple[Any, ...]]:
    """Looks with their editor, and their pieces as one JSON value: one statement for any number of both."""
    piece = func.jsonb_build_array(
        Product.id, Product.handle, Product.title, Product.title_it, Product.colour, Product.colour_it,
        LookPiece.quantity, Product.price_from_minor, Product.currency, LookPiece.x, LookPiece.y,
        LookPiece.scale, LookPiece.rotation, LookPiece.layer, LookPiece.flip, LookPiece.copies,
        Picture.lying_medium_key, Product.slot, *_MEASURES,
    )  # fmt: skip
    pieces = (
        select(func.jsonb_agg(aggregate_order_by(piece, LookPiece.position)))
        .select_from(LookPiece)
        .join(Product, Product.id == LookPiece.product_id)
        .outerjoin(Picture, _COVER)
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
    lying = Lying(**dict(zip(_PLACE, place, strict=True)), garment=_garment(measures))
    return CardPiece(**dict(zip(_ABOUT, about, strict=True)), price=Money(minor, currency), lying=lying)


def _garment(measures: list[Any]) -> Garment:
    return garment(**dict(zip(_MEASURED, measures, strict=True)))
