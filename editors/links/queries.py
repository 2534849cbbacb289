from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import Connection
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from editors.gatherings.models import GatheringStatus
from editors.links.models import Link, LinkStatus, LinkTarget, columns_of
from editors.links.policy import LONGEST_CODE
from editors.looks.models import LookStatus
from editors.membership.models import EditorStatus, HandleClaim
from foundation import clock
from foundation.db import db
from storefront.catalog.models import ProductStatus
from storefront.collections.models import CollectionStatus


@dataclass(frozen=True, slots=True)
class LinkHit:
    """Where a code leads and who shared it. `path` is an address on our own host.

    `status` is `active` only when the link is and its editor is too: whoever rests or left earns nothing.
    """

    link_id: int
    code: str
    status: LinkStatus
    editor_id: int
    editor_account_id: int
    editor_name: str
    editor_handle: str
    look_id: int | None
    product_id: int | None
    look_slug: str | None
    path: str


# As text: it is the hot route, and part of the statement that records a click (`commissions.clicks`).
# What a link gives is decided here alone: it works when neither it nor its editor rests, and shows a look, a
# product or a collection, of the shop or of the editor, only while that is to be seen.
BY_CODE = f"""
    SELECT links.id AS link_id, links.code,
           links.status = '{LinkStatus.ACTIVE}' AND editors.status = '{EditorStatus.ACTIVE}' AS works,
           editors.id AS editor_id, editors.account_id, editors.name, editors.handle,
           links.target, links.product_id, looks.id AS look_id, looks.slug, products.handle AS product_handle,
           collections.handle AS collection_handle, gatherings.slug AS gathering_slug,
           links.pieces IS NOT NULL AS packed
    FROM links
    JOIN editors ON editors.id = links.editor_id
    LEFT JOIN looks ON looks.id = links.look_id AND looks.status = '{LookStatus.PUBLISHED}'
    LEFT JOIN products ON products.id = links.product_id AND products.status = '{ProductStatus.ACTIVE}'
    LEFT JOIN collections ON collections.id = links.collection_id
         AND collections.status = '{CollectionStatus.PUBLISHED}'
         AND coalesce(collections.starts_at <= %(now)s, true)
         AND coalesce(collections.ends_at > %(now)s, true)
    LEFT JOIN gatherings ON gatherings.id = links.gathering_id
         AND gatherings.status = '{GatheringStatus.PUBLISHED}'
    WHERE links.code = %(code)s
"""


class Found(NamedTuple):
    """The columns of `BY_CODE`, in its order."""

    link_id: int
    code: str
    works: bool
    editor_id: int
    account_id: int
    name: str
    handle: str
    target: str
    product_id: int | None
    look_id: int | None
    slug: str | None
    product_handle: str | None
    collection_handle: str | None
    gathering_slug: str | None
    packed: bool

    def as_hit(self) -> LinkHit:
        """What is no longer on show leads to a page that says so and has the nearest thing (`share`)."""
        if self.target == LinkTarget.LOOK and self.slug:
            path = f"/shared/{self.code}/bag" if self.packed else f"/looks/{self.slug}"
        elif self.target == LinkTarget.PRODUCT and self.product_handle:
            path = f"/shop/{self.product_handle}"
        elif self.target == LinkTarget.COLLECTION and self.collection_handle:
            path = f"/collections/{self.collection_handle}"
        elif self.target == LinkTarget.GATHERING and self.gathering_slug:
            path = f"/@{self.handle}/collections/{self.gathering_slug}"
        elif self.target == LinkTarget.WINDOW:
            path = f"/@{self.handle}"
        else:
            path = f"/shared/{self.code}"
        return LinkHit(
            link_id=self.link_id,
            code=self.code,
            status=LinkStatus.ACTIVE if self.works else LinkStatus.PAUSED,
            editor_id=self.editor_id,
            editor_account_id=self.account_id,
            editor_name=self.name,
            editor_handle=self.handle,
            look_id=self.look_id,
            product_id=self.product_id,
            look_slug=self.slug,
            path=path,
        )


WITH_TARGET = (
    joinedload(Link.look),
    joinedload(Link.product),
    joinedload(Link.collection),
    joinedload(Link.gathering),
)


def link_by_code(code: str, connection: Connection[Any] | None = None) -> LinkHit | None:
    """Where a code leads, in one statement; None for a code nobody made.

    The hot route passes its own `connection`: what SQLAlchemy adds to a statement costs more there than the
    statement.
    """
    values = {"code": code.lower(), "now": clock.now()}
    if connection is None:
        found = db.session.connection().exec_driver_sql(BY_CODE, values).one_or_none()
    else:
        found = connection.execute(BY_CODE, values).fetchone()
    return None if found is None else Found._make(found).as_hit()


def links_of(editor_id: int) -> Sequence[Link]:
    """Every link of an editor with its target, newest first."""
    return db.session.scalars(
        select(Link)
        .where(Link.editor_id == editor_id)
        .options(*WITH_TARGET)
        .order_by(Link.created_at.desc(), Link.id.desc())
    ).all()


def link_of(editor_id: int, code: str) -> Link | None:
    """One link of an editor with its target and the editor, by its code."""
    return db.session.scalars(
        select(Link)
        .where(Link.editor_id == editor_id, Link.code == code.lower()[:LONGEST_CODE])
        .options(joinedload(Link.editor), *WITH_TARGET)
    ).one_or_none()


def links_beside(link: Link) -> Sequence[Link]:
    """The editor's links to the same target, this one among them: the plain one first, then as made."""
    return db.session.scalars(
        select(Link)
        .where(Link.editor_id == link.editor_id, *_target(LinkTarget(link.target), link.target_id))
        .order_by(Link.name != "", Link.created_at, Link.id)
    ).all()


def link_to(editor_id: int, target: LinkTarget, target_id: int | None, name: str = "") -> Link | None:
    """The editor's link of that name to one target, if it was made; the plain one has no name."""
    return db.session.scalars(
        select(Link).where(Link.editor_id == editor_id, Link.name == name, *_target(target, target_id))
    ).one_or_none()


def names_of_links(editor_id: int, target: LinkTarget, target_id: int | None) -> set[str]:
    """The names of an editor's links to one target; the plain one's is empty."""
    wanted = select(Link.name).where(Link.editor_id == editor_id, *_target(target, target_id))
    return set(db.session.scalars(wanted))


def words_like(shapes: Collection[str]) -> set[str]:
    """Those of the shapes that a chosen code, or a handle somebody has or had, has already."""
    chosen = select(Link.shape).where(Link.shape.in_(shapes))
    handles = select(HandleClaim.shape).where(HandleClaim.shape.in_(shapes))
    return set(db.session.scalars(chosen.union(handles)))


def _target(target: LinkTarget, target_id: int | None) -> list[ColumnElement[bool]]:
    columns = Link.__table__.c
    led = [columns[name].is_not_distinct_from(one) for name, one in columns_of(target, target_id).items()]
    return [Link.target == target, *led]
