from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import Connection
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import joinedload

from editors.links.models import Link, LinkStatus, LinkTarget
from editors.looks.models import Look, LookStatus
from editors.membership.models import Editor, EditorStatus
from foundation.db import db
from storefront.catalog.models import Product, ProductStatus


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


# Built once: this is the hot route, and its SQL text never changes.
_BY_CODE = (
    select(
        Link.id,
        Link.code,
        Link.status,
        Link.target,
        Link.look_id,
        Link.product_id,
        Link.editor_id,
        Editor.account_id,
        Editor.name,
        Editor.handle,
        Editor.status.label("editor_status"),
        Look.slug,
        Look.status.label("look_status"),
        Product.handle.label("product_handle"),
        Product.status.label("product_status"),
    )
    .join(Editor, Editor.id == Link.editor_id)
    .outerjoin(Look, Look.id == Link.look_id)
    .outerjoin(Product, Product.id == Link.product_id)
)


# The same question as text, for a connection past the session.
_BY_CODE_TEXT = str(_BY_CODE.where(Link.code == bindparam("code")).compile(dialect=PGDialect_psycopg()))


class _Found(NamedTuple):
    """The columns of `_BY_CODE`, in its order."""

    id: int
    code: str
    status: str
    target: str
    look_id: int | None
    product_id: int | None
    editor_id: int
    account_id: int
    name: str
    handle: str
    editor_status: str
    slug: str | None
    look_status: str | None
    product_handle: str | None
    product_status: str | None


def link_by_code(code: str, connection: Connection[Any] | None = None) -> LinkHit | None:
    """Where a code leads, in one statement; None for a code nobody made.

    A look that was taken down or a product that is no longer sold leads to the editor's window. The hot route
    passes its own `connection`: what SQLAlchemy adds to a statement costs more there than the statement.
    """
    if connection is None:
        found = db.session.execute(_BY_CODE.where(Link.code == code.lower())).one_or_none()
    else:
        found = connection.execute(_BY_CODE_TEXT, {"code": code.lower()}).fetchone()
    if found is None:
        return None
    row = _Found._make(found)
    works = row.status == LinkStatus.ACTIVE and row.editor_status == EditorStatus.ACTIVE
    shown = row.look_status == LookStatus.PUBLISHED
    return LinkHit(
        link_id=row.id,
        code=row.code,
        status=LinkStatus.ACTIVE if works else LinkStatus.PAUSED,
        editor_id=row.editor_id,
        editor_account_id=row.account_id,
        editor_name=row.name,
        editor_handle=row.handle,
        look_id=row.look_id if shown else None,
        product_id=row.product_id,
        look_slug=row.slug if shown else None,
        path=_path(row),
    )


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


def _path(row: _Found) -> str:
    if row.target == LinkTarget.LOOK and row.look_status == LookStatus.PUBLISHED:
        return f"/looks/{row.slug}"
    if row.target == LinkTarget.PRODUCT and row.product_status == ProductStatus.ACTIVE:
        return f"/shop/{row.product_handle}"
    return f"/@{row.handle}"
