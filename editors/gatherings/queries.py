from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, literal, select, text

from editors.gatherings.models import GatheredItem, Gathering, GatheringStatus, LookPin, WindowCover
from foundation.db import db, rows
from foundation.i18n import pick

_HEAD = 0  # the place before the first

# What can be seen of a collection: looks on show, pieces in the shop. Its first is the cover.
_SEEN = """
    gathered_items i
    LEFT JOIN looks l ON l.id = i.look_id AND l.status = 'published'
    LEFT JOIN products pr ON pr.id = i.product_id AND pr.status = 'active'
    LEFT JOIN pictures p ON p.product_id = pr.id AND p.position = 1 AND p.status = 'ready'
"""
_LISTED = text(
    f"""
    SELECT g.id, g.slug, g.title, g.title_it, g.status, seen.number, seen.cover
    FROM gatherings g
    CROSS JOIN LATERAL (
        SELECT count(*) AS number,
               (array_agg(coalesce(l.picture_medium_key, p.medium_key) ORDER BY i.position, i.id)
                FILTER (WHERE coalesce(l.picture_medium_key, p.medium_key) IS NOT NULL))[1] AS cover
        FROM {_SEEN}
        WHERE i.gathering_id = g.id AND (l.id IS NOT NULL OR pr.id IS NOT NULL)
    ) seen
    WHERE g.editor_id = :editor_id AND g.status <> 'removed'
      AND (:every OR (g.status = 'published' AND seen.number > 0))
    ORDER BY g.made_at DESC, g.id DESC
    """
)
_COVER = text(
    f"""
    SELECT coalesce(l.picture_large_key, p.large_key) FROM {_SEEN}
    WHERE i.gathering_id = :gathering_id AND coalesce(l.picture_large_key, p.large_key) IS NOT NULL
    ORDER BY i.position, i.id LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class Front:
    """Looks by their ids: those that hang first, in their order, and the one whose picture is the cover."""

    pins: Sequence[int]
    cover: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection in a list: how many of it can be seen, and the key of its cover's picture."""

    id: int
    slug: str
    title: str
    title_it: str | None
    status: str
    number: int
    cover: str | None

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)


def gatherings_of(editor_id: int, *, every: bool = False) -> list[Listed]:
    """The collections of an editor, the latest first, in one statement; `every` for the editor themselves."""
    return [Listed(*row) for row in rows(_LISTED, {"editor_id": editor_id, "every": every})]


def cover_of(gathering_id: int) -> str | None:
    """The key of the large picture of the first thing in it that can be seen and has one."""
    return db.session.execute(_COVER, {"gathering_id": gathering_id}).scalar()


def gathering_by_id(gathering_id: int) -> Gathering | None:
    """One that its editor has; what was put away is not."""
    return db.session.scalars(
        select(Gathering).where(Gathering.id == gathering_id, Gathering.status != GatheringStatus.REMOVED)
    ).one_or_none()


def gathering_page(editor_id: int, slug: str) -> Gathering | None:
    """One that is on show."""
    return db.session.scalars(
        select(Gathering).where(
            Gathering.editor_id == editor_id,
            Gathering.slug == slug,
            Gathering.status == GatheringStatus.PUBLISHED,
        )
    ).one_or_none()


def items_of(gathering_id: int) -> Sequence[GatheredItem]:
    """What is in it, in its order, whether it can be seen or not."""
    return db.session.scalars(
        select(GatheredItem)
        .where(GatheredItem.gathering_id == gathering_id)
        .order_by(GatheredItem.position, GatheredItem.id)
    ).all()


def front_of(editor_id: int) -> Front:
    """What an editor chose for the front of their window, in one statement."""
    hung = (
        select(LookPin.position, LookPin.look_id)
        .where(LookPin.editor_id == editor_id)
        .union_all(select(literal(_HEAD), WindowCover.look_id).where(WindowCover.editor_id == editor_id))
    )
    by_place = {row[0]: row[1] for row in db.session.execute(hung)}
    cover = by_place.pop(_HEAD, None)
    return Front(tuple(look_id for _, look_id in sorted(by_place.items())), cover)


def number_of(editor_id: int) -> int:
    """How many collections an editor has."""
    kept = select(func.count()).where(
        Gathering.editor_id == editor_id, Gathering.status != GatheringStatus.REMOVED
    )
    return db.session.scalars(kept).one()


def slugs_of(editor_id: int) -> set[str]:
    """Every address a collection of theirs has or had: one that was shared is never another."""
    return set(db.session.scalars(select(Gathering.slug).where(Gathering.editor_id == editor_id)))
