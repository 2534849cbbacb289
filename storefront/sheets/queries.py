from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from foundation.db import db
from foundation.streams import rows_of
from storefront.catalog.models import Picture, Product, Variant
from storefront.sheets.faults import Fault, Said
from storefront.sheets.models import UNDER_WAY, ImportPiece, ImportProblem, ImportRun, ImportStatus

LAST_RUNS = 20
PROBLEMS_PAGE = 50
_OF_VARIANT = (
    *("sku", "barcode", "option_values", "price_minor", "compare_at_minor", "currency", "grams", "on_hand"),
    *("tracked", "oversell"),
)

_KNOWN = text(
    """
    SELECT p.handle, split_part(p.imported_as, '/', 2) AS digest,
        (SELECT array_agg(v.on_hand ORDER BY v.position) FROM variants v
         WHERE v.product_id = p.id AND v.withdrawn_at IS NULL) AS counts
    FROM products p WHERE p.handle = ANY(:handles) AND split_part(p.imported_as, '/', 1) = p.version::text
    """
)
# Whose number it is: a product that is in the shop or may be again, but not what left it.
_SKUS = text(
    """
    SELECT DISTINCT v.sku, p.handle FROM variants v JOIN products p ON p.id = v.product_id
    WHERE v.sku = ANY(:skus) AND v.sku <> '' AND v.withdrawn_at IS NULL AND p.status <> 'archived'
    """
)


@dataclass(frozen=True)
class Known:
    """What a file said last of a product that nothing else has changed since, and its counts as they are."""

    digest: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """Why a product was left out, to be told in the reader's language."""

    row: int
    column: str
    handle: str
    reason: Said


def known(handles: Sequence[str]) -> dict[str, Known]:
    """Those of the products that are as a file left them, by their handles."""
    rows = db.session.execute(_KNOWN, {"handles": list(handles)})
    return {row.handle: Known(row.digest, tuple(row.counts or ())) for row in rows}


def owners_of(skus: Sequence[str]) -> dict[str, set[str]]:
    """The handles of the products that have these article numbers."""
    owners: dict[str, set[str]] = {}
    for sku, handle in db.session.execute(_SKUS, {"skus": list(skus)}) if skus else ():
        owners.setdefault(sku, set()).add(handle)
    return owners


def run_by_id(run_id: int) -> ImportRun | None:
    return db.session.get(ImportRun, run_id, populate_existing=True)


def run_under_way() -> ImportRun | None:
    """The import that waits or runs, if there is one."""
    return db.session.scalars(select(ImportRun).where(ImportRun.status.in_(UNDER_WAY))).first()


def last_runs() -> Sequence[ImportRun]:
    """The newest first."""
    return db.session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(LAST_RUNS)).all()


def stopped_command(digest: str, leaves_stock: bool) -> ImportRun | None:
    """The last import of this very file by a command, if it stopped half-way."""
    run = db.session.scalars(
        select(ImportRun)
        .where(ImportRun.digest == digest, ImportRun.leaves_stock == leaves_stock)
        .order_by(ImportRun.id.desc())
        .limit(1)
    ).first()
    return run if run is not None and run.status == ImportStatus.STOPPED and not run.kept else None


def silent_runs(since: datetime) -> Sequence[ImportRun]:
    """Imports of commands that are under way and gave no sign of life since a moment."""
    silent = ImportRun.status.in_(UNDER_WAY), ImportRun.kept.is_(False), ImportRun.seen_at < since
    return db.session.scalars(select(ImportRun).where(*silent)).all()


def piece(run_id: int, number: int) -> bytes | None:
    """One piece of a kept file; None after the last."""
    wanted = select(ImportPiece.content).where(ImportPiece.run_id == run_id, ImportPiece.number == number)
    return db.session.scalars(wanted).one_or_none()


def problem_count(run_id: int) -> int:
    counted = select(func.count()).select_from(ImportProblem).where(ImportProblem.run_id == run_id)
    return int(db.session.scalar(counted) or 0)


def problems(run_id: int, page: int) -> list[Problem]:
    """A page of what was left out, in the order of the file."""
    rows = db.session.scalars(
        select(ImportProblem)
        .where(ImportProblem.run_id == run_id)
        .order_by(ImportProblem.row, ImportProblem.id)
        .limit(PROBLEMS_PAGE)
        .offset((page - 1) * PROBLEMS_PAGE)
    )
    return [as_problem(row) for row in rows]


def every_problem(run_id: int) -> Iterator[Problem]:
    """All of what was left out, in the order of the file, read while it is sent."""
    table = ImportProblem.__table__.c
    wanted = select(table.row, table.column_name, table.handle, table.fault, table.said)
    for row in rows_of(db.engine, wanted.where(table.run_id == run_id), table.row, table.id):
        yield Problem(row.row, row.column_name, row.handle, Said(Fault(row.fault), row.said))


def as_problem(row: ImportProblem) -> Problem:
    return Problem(row.row, row.column, row.handle, Said(Fault(row.fault), row.said))


def whole_products(texts: Iterable[str], *where: ColumnElement[bool]) -> Iterator[Row[Any]]:
    """The products that fit with these texts of theirs, in the order of their handles, read while they are
    used; `variants` and `pictures` lie in them as lists.
    """
    variant = func.jsonb_build_object(
        *(part for name in _OF_VARIANT for part in (name, getattr(Variant, name))),
    )
    variants = (
        select(func.jsonb_agg(aggregate_order_by(variant, Variant.position, Variant.id)))
        .where(Variant.product_id == Product.id, Variant.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    picture = func.jsonb_build_array(Picture.source_url, Picture.large_key, Picture.alt, Picture.alt_it)
    pictures = (
        select(func.jsonb_agg(aggregate_order_by(picture, Picture.position, Picture.id)))
        .where(Picture.product_id == Product.id)
        .scalar_subquery()
    )
    names = dict.fromkeys(("handle", *texts, "tags", "option_names", "status", "published_at"))
    statement = select(
        *(getattr(Product, name) for name in names),
        variants.label("variants"),
        pictures.label("pictures"),
    )
    return rows_of(db.engine, statement.where(*where), Product.__table__.c.handle)
