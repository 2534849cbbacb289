from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.orm import joinedload

from foundation import clock
from foundation.db import db, rows
from foundation.web.queries import Section
from storefront.catalog.models import Product
from storefront.collections.conditions import which
from storefront.collections.errors import CollectionNotFound
from storefront.collections.models import Collection, CollectionPiece, CollectionStatus
from storefront.search.filters import Filters
from storefront.search.ports import Part
from storefront.search.queries import Found, find

PAGE = 24
STAFF_PAGE = 50
ON_HOME = 6
MOST_WORDS = 400

_WHICH = text(which())
_WORDS = text(
    """
    SELECT word FROM (
        SELECT unnest(tags) AS word FROM products WHERE status <> 'archived'
        UNION ALL SELECT vendor FROM products WHERE status <> 'archived'
        UNION ALL SELECT kind FROM products WHERE status <> 'archived') used
    WHERE word <> '' GROUP BY word ORDER BY count(*) DESC, word LIMIT :most
    """
)


def shown_collection(handle: str) -> Collection | None:
    """What everybody sees under that address now, rules and picture loaded. One statement."""
    return db.session.scalars(_whole(Collection.handle == handle, _shown(clock.now()))).unique().one_or_none()


def shown_collections(page: int) -> tuple[Sequence[Collection], bool]:
    """One page of the collections everybody sees, those of the home page first; and if there are more."""
    found = db.session.scalars(
        _pictured(select(Collection).where(_shown(clock.now())))
        .order_by(Collection.home_place, Collection.title, Collection.id)
        .limit(PAGE + 1)
        .offset((max(page, 1) - 1) * PAGE)
    ).all()
    return found[:PAGE], len(found) > PAGE


def home_collections() -> Sequence[Collection]:
    """The band on the home page, in its order."""
    wanted = select(Collection).where(_shown(clock.now()), Collection.home_place.is_not(None))
    return db.session.scalars(
        _pictured(wanted).order_by(Collection.home_place, Collection.id).limit(ON_HOME)
    ).all()


def pages_of_collections() -> Section:
    """Every collection on the web, for the sitemap."""
    return Section(
        prefix="/collections/",
        key=Collection.__table__.c.id,
        name=Collection.__table__.c.handle,
        changed=Collection.__table__.c.updated_at,
        where=_shown(clock.now()),
    )


def collection_by_id(collection_id: int) -> Collection:
    """Any collection, rules and picture loaded, read afresh. Raises `CollectionNotFound`."""
    wanted = _whole(Collection.id == collection_id).execution_options(populate_existing=True)
    found = db.session.scalars(wanted).unique().one_or_none()
    if found is None:
        raise CollectionNotFound()
    return found


def pieces_of(collection_id: int) -> list[int]:
    """The products somebody put into a collection, in its order, whatever became of them."""
    return list(
        db.session.scalars(
            select(CollectionPiece.product_id)
            .where(CollectionPiece.collection_id == collection_id)
            .order_by(CollectionPiece.position, CollectionPiece.product_id)
        )
    )


def belonging(collections: Several[int], products: Several[int]) -> set[tuple[int, int]]:
    """Which of these products are in which of these collections at this moment, as (collection, product).

    One statement, whatever the collections are made by; it reads the rules of few products, not the shop.
    """
    if not collections or not products:
        return set()
    values = {"collections": sorted(collections), "products": sorted(products), "now": clock.now()}
    return {(row[0], row[1]) for row in rows(_WHICH, values)}


def preview(part: Part, number: int) -> Found:
    """How many pieces a part of the shop has at this moment, and the first of them as its page has them."""
    return find(Filters(part=part, at_home=True), page_size=number)


@dataclass(frozen=True, slots=True)
class StaffList:
    """One page of collections for staff."""

    rows: Sequence[Collection]
    total: int


def staff_collections(status: CollectionStatus | None, words: str, page: int) -> StaffList:
    """Collections by title, their rules loaded, those put away only where they are asked for."""
    wanted = [Collection.status == status if status else Collection.status != CollectionStatus.ARCHIVED]
    if words:
        named = (Collection.title, Collection.title_it, Collection.handle)
        wanted.append(or_(*(column.icontains(words, autoescape=True) for column in named)))
    total = db.session.scalar(select(func.count()).select_from(Collection).where(*wanted)) or 0
    found = db.session.scalars(
        select(Collection)
        .where(
            Collection.id.in_(
                select(Collection.id)
                .where(*wanted)
                .order_by(Collection.title, Collection.id)
                .limit(STAFF_PAGE)
                .offset((max(page, 1) - 1) * STAFF_PAGE)
            )
        )
        .options(joinedload(Collection.rules))
        .order_by(Collection.title, Collection.id)
    )
    return StaffList(found.unique().all(), total)


def collections_named() -> Sequence[tuple[int, str]]:
    """Every collection that is not put away, by title: a list to choose from."""
    wanted = select(Collection).where(Collection.status != CollectionStatus.ARCHIVED)
    return [(one.id, one.name) for one in db.session.scalars(wanted.order_by(Collection.title))]


def collections_by_ids(ids: Several[int]) -> Sequence[Collection]:
    """Collections by title, put away or not."""
    return db.session.scalars(
        select(Collection).where(Collection.id.in_(ids)).order_by(Collection.title)
    ).all()


def words_in_use() -> list[str]:
    """Tags, brands and types of products, the most used first: what a rule may be about."""
    return [row[0] for row in rows(_WORDS, {"most": MOST_WORDS})]


def _shown(now: datetime) -> ColumnElement[bool]:
    """`Collection.is_shown` in SQL."""
    return and_(
        Collection.status == CollectionStatus.PUBLISHED,
        or_(Collection.starts_at.is_(None), Collection.starts_at <= now),
        or_(Collection.ends_at.is_(None), Collection.ends_at > now),
    )


def _pictured(statement: Select[Collection]) -> Select[Collection]:
    return statement.options(joinedload(Collection.picture_product).joinedload(Product.cover))


def _whole(*where: ColumnElement[bool]) -> Select[Collection]:
    return _pictured(select(Collection).where(*where)).options(joinedload(Collection.rules))
