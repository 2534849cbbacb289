from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from foundation.db import db
from storefront.places.errors import PlaceNotFound
from storefront.places.models import Place, PlaceKind


def stores() -> Sequence[Place]:
    """The stores people can go to, hours loaded, by country and city."""
    return _whole(Place.kind == PlaceKind.STORE, Place.closed_at.is_(None))


def store_page(slug: str) -> Place:
    """One store, hours loaded; raises `PlaceNotFound`, also for one that is closed for good."""
    return _one(Place.kind == PlaceKind.STORE, Place.closed_at.is_(None), Place.slug == slug)


def every_place() -> Sequence[Place]:
    """The warehouse and every store, those closed for good at the end; hours loaded."""
    return sorted(_whole(), key=lambda place: (place.is_store, place.closed_at is not None))


def place_by_id(place_id: int) -> Place:
    """Any place, hours loaded, read afresh; raises `PlaceNotFound`."""
    return _one(Place.id == place_id)


def _one(*where: ColumnElement[bool]) -> Place:
    found = _whole(*where)
    if not found:
        raise PlaceNotFound()
    return found[0]


def _whole(*where: ColumnElement[bool]) -> Sequence[Place]:
    statement = (
        select(Place)
        .where(*where)
        .options(selectinload(Place.hours), selectinload(Place.special_days))
        .order_by(Place.country.desc(), Place.city, Place.name)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()
