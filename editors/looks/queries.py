"""One look: as it stands, as it once was, and when it is due. What is on show at all is said here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import joinedload, selectinload

from editors.looks.models import Look, LookPiece, LookStatus, LookVersion
from editors.membership.models import Editor, EditorStatus
from foundation import clock
from foundation.db import db
from foundation.web.queries import Section
from storefront.catalog.models import Product

ON_SHOW = and_(
    Look.status == LookStatus.PUBLISHED, Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED])
)
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
    return _whole_look(Look.slug == slug, ON_SHOW)


def look_whole(look_id: int) -> Look | None:
    """The same by its id."""
    return _whole_look(Look.id == look_id, ON_SHOW)


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


def looks_named(words: Sequence[str], limit: int) -> Sequence[tuple[str, str, str | None, str]]:
    """Slug, titles and editor of the newest looks on show whose title has words that begin with these."""
    said = func.lower(func.plain_letters(func.concat_ws(" ", Look.title, Look.title_it, Look.occasion)))
    statement = select(Look.slug, Look.title, Look.title_it, Editor.name).join(Look.editor).where(ON_SHOW)
    for word in words:
        statement = statement.where(said.op("~")(func.concat(r"\m", func.plain_letters(word))))
    statement = statement.order_by(Look.published_at.desc(), Look.id.desc()).limit(limit)
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(statement)]


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
    on_show = select(Look.id).join(Look.editor).where(ON_SHOW)
    return Section(
        prefix="/looks/",
        key=columns.id,
        name=columns.slug,
        changed=columns.changed_at,
        where=columns.id.in_(on_show),
    )


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


def slugs_like(stem: str) -> set[str]:
    """Every slug that begins with `stem`."""
    return set(db.session.scalars(select(Look.slug).where(Look.slug.startswith(stem, autoescape=True))))
