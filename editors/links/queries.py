from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import Connection
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from editors.links.models import Link, LinkStatus, LinkTarget
from editors.looks.models import LookStatus
from editors.membership.models import EditorStatus
from foundation.db import db
from storefront.catalog.models import ProductStatus


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
# What a link gives is decided here alone: it works when neither it nor its editor rests, and shows a look or
# a product only while that is to be seen.
BY_CODE = f"""
    SELECT links.id AS link_id, links.code,
           links.status = '{LinkStatus.ACTIVE}' AND editors.status = '{EditorStatus.ACTIVE}' AS works,
           editors.id AS editor_id, editors.account_id, editors.name, editors.handle,
           links.target, links.product_id, looks.id AS look_id, looks.slug, products.handle AS product_handle
    FROM links
    JOIN editors ON editors.id = links.editor_id
    LEFT JOIN looks ON looks.id = links.look_id AND looks.status = '{LookStatus.PUBLISHED}'
    LEFT JOIN products ON products.id = links.product_id AND products.status = '{ProductStatus.ACTIVE}'
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

    def as_hit(self) -> LinkHit:
        """A look that was taken down or a product that is no longer sold leads to the editor's window."""
        if self.target == LinkTarget.LOOK and self.slug:
            path = f"/looks/{self.slug}"
        elif self.target == LinkTarget.PRODUCT and self.product_handle:
            path = f"/shop/{self.product_handle}"
        else:
            path = f"/@{self.handle}"
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


def link_by_code(code: str, connection: Connection[Any] | None = None) -> LinkHit | None:
    """Where a code leads, in one statement; None for a code nobody made.

    The hot route passes its own `connection`: what SQLAlchemy adds to a statement costs more there than the
    statement.
    """
    values = {"code": code.lower()}
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
        .options(joinedload(Link.look), joinedload(Link.product))
        .order_by(Link.created_at.desc(), Link.id.desc())
    ).all()


def link_to(
    editor_id: int, target: LinkTarget, *, look_id: int | None = None, product_id: int | None = None
) -> Link | None:
    """The editor's link to one target, if it was made."""
    return db.session.scalars(
        select(Link).where(
            Link.editor_id == editor_id,
            Link.target == target,
            Link.look_id.is_not_distinct_from(look_id),
            Link.product_id.is_not_distinct_from(product_id),
        )
    ).one_or_none()
