"""What happens to an import: it begins, takes in batch after batch, is stopped, taken up, and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import orjson
from sqlalchemy import delete, insert, text

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db, lock_rows, unless_taken
from foundation.jobs import queue
from storefront.catalog.actions import Outcome, save_products
from storefront.catalog.drafts import ProductDraft
from storefront.catalog.models import ProductStatus
from storefront.sheets.errors import FileGone, ImportNotFound, ImportUnderWay
from storefront.sheets.faults import Fault, Said, said
from storefront.sheets.models import (
    IMPORT_MOVES,
    ImportPiece,
    ImportRun,
    ImportStatus,
)
from storefront.sheets.product_file import FileProduct, ProductFile, Refusal
from storefront.sheets.product_rows import Wrong
from storefront.sheets.queries import Known, known, owners_of
from storefront.sheets.schemas import CellRefused

BRING_IN = "sheets.bring_in"
PIECE = 1 << 20

_KEEP_PROBLEMS = text(
    """
    INSERT INTO import_problems (run_id, row, column_name, handle, fault, said)
    SELECT :run_id, problem.row, left(problem.column_name, 200), left(problem.handle, 200), problem.fault,
        problem.said
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS problem (row bigint, column_name text, handle text, fault text, said jsonb)
    """
)
# The disk need not have a batch before the next begins: a crash of the machine loses its products together
# with the place that says they are in, so they are read once more. The last batch is waited for.
_NOT_AT_ONCE = text("SET LOCAL synchronous_commit TO off")


@dataclass
class Taken:
    """What became of a batch; `rows` and `products` are how many of the file it was."""

    rows: int = 0
    products: int = 0
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    refused: list[tuple[Refusal, ...]] = field(default_factory=list)


def begin_import(
    *,
    actor: Actor,
    name: str,
    digest: str,
    size: int,
    leaves_stock: bool = False,
    pieces: Iterable[bytes] | None = None,
) -> ImportRun:
    """A product file is to be brought in: kept in `pieces` for a worker, or read where it is by a command.

    Raises `ImportUnderWay` while another one waits or runs.
    """
    now = clock.now()
    run = ImportRun(
        status=ImportStatus.WAITING,
        name=name[:200],
        digest=digest,
        kept=pieces is not None,
        leaves_stock=leaves_stock,
        bytes=size,
        actor_kind=str(actor.kind),
        actor_label=actor.label,
        actor_account_id=actor.account_id,
        created_at=now,
        seen_at=now,
    )
    with unless_taken(ImportUnderWay, "uq_import_runs_under_way"):
        db.session.add(run)
        db.session.flush()
    for number, content in enumerate(pieces or ()):
        db.session.execute(insert(ImportPiece).values(run_id=run.id, number=number, content=content))
    if run.kept:
        queue.defer(BRING_IN, run_id=run.id)
    record(
        actor=actor,
        action="sheets.begin_import",
        subject=("import", run.id),
        after={"name": run.name, "bytes": size},
    )
    return run


def stop_import(*, actor: Actor, run_id: int) -> ImportRun:
    """What is in the shop stays; the rest waits until it is taken up again."""
    run = _lock(run_id)
    IMPORT_MOVES.move(run, ImportStatus.STOPPED)
    run.ended_at = clock.now()
    db.session.flush()
    record(
        actor=actor,
        action="sheets.stop_import",
        subject=("import", run_id),
        after={"products_read": run.products_read},
    )
    return run


def resume_import(*, actor: Actor, run_id: int) -> ImportRun:
    """Go on where it stopped. Raises `ImportUnderWay`, and `FileGone` when no worker could read its file."""
    run = _lock(run_id)
    if not run.kept and actor.account_id is not None:
        raise FileGone()
    with unless_taken(ImportUnderWay, "uq_import_runs_under_way"):
        IMPORT_MOVES.move(run, ImportStatus.WAITING)
        run.ended_at, run.seen_at = None, clock.now()
        db.session.flush()
    if run.kept:
        queue.defer(BRING_IN, run_id=run.id)
    record(actor=actor, action="sheets.resume_import", subject=("import", run_id))
    return run


def take_up(*, run_id: int) -> ImportRun | None:
    """Somebody looks its file through, which may take a while; None when there is nothing to do."""
    run = _lock(run_id)
    run.seen_at = clock.now()
    return run if run.under_way else None


def start_reading(*, run_id: int, rows_total: int) -> int | None:
    """Its file was looked through: read it from now on. The place to begin at; None when it was stopped."""
    run = _lock(run_id)
    if run.status == ImportStatus.WAITING:
        IMPORT_MOVES.move(run, ImportStatus.RUNNING)
    if run.status != ImportStatus.RUNNING:
        return None
    run.rows_total = rows_total
    run.began_at = run.began_at or clock.now()
    run.seen_at = clock.now()
    db.session.flush()
    return run.products_read


def take_batch(
    *, run_id: int, place: int, file: ProductFile, batch: Sequence[FileProduct], last: bool
) -> Taken | None:
    """Put the next products of a file into the shop, and note that they are in; with the last, it is done.

    None when it is not ours to go on: it was stopped, or another worker has been here before.
    """
    run = _lock(run_id)
    if run.status != ImportStatus.RUNNING or run.products_read != place:
        return None
    if not last:
        db.session.execute(_NOT_AT_ONCE)
    taken = take_in(actor=run.actor, file=file, batch=batch)
    run.products_read += taken.products
    run.rows_read += taken.rows
    run.products_new += taken.counts[Outcome.NEW]
    run.products_changed += taken.counts[Outcome.CHANGED]
    run.products_unchanged += taken.counts[Outcome.UNCHANGED]
    run.products_refused += len(taken.refused)
    run.seen_at = clock.now()
    _keep_problems(run_id, taken)
    if last:
        _move(run, ImportStatus.DONE, "sheets.finish_import")
    db.session.flush()
    return taken


def fail_import(*, run_id: int, reason: Said) -> None:
    """The file cannot be read on; what was read stays."""
    run = _lock(run_id)
    if run.status == ImportStatus.WAITING:
        IMPORT_MOVES.move(run, ImportStatus.RUNNING)
    if run.status == ImportStatus.RUNNING:
        run.failure = {"fault": reason.fault.value, "said": dict(reason.values)}
        _move(run, ImportStatus.FAILED, "sheets.fail_import")


def take_in(*, actor: Actor, file: ProductFile, batch: Sequence[FileProduct]) -> Taken:
    """Save what is new in a batch of a file's products, whoever is to know of it: see `save_products`.

    What the file said last time and nobody has changed since is not even read.
    """
    taken = Taken(sum(product.count for product in batch), len(batch))
    drafts: list[tuple[FileProduct, ProductDraft]] = []
    unlike = unlike_the_shop(file, batch)
    taken.counts[Outcome.UNCHANGED] = len(batch) - len(unlike)
    for product in unlike:
        draft = file.read(product)
        if isinstance(draft, ProductDraft):
            drafts.append((product, draft))
        else:
            taken.refused.append(draft)
    kept = _without_double_skus(file, drafts, taken)
    for saved in save_products(actor=actor, drafts=kept):
        taken.counts[saved.outcome] += 1
    return taken


def unlike_the_shop(file: ProductFile, batch: Sequence[FileProduct]) -> list[FileProduct]:
    """Those of which the file says something else than it did, or which somebody has changed since."""
    before = known([product.handle for product in batch])
    return [product for product in batch if not _as_it_was(file, product, before.get(product.handle))]


def _as_it_was(file: ProductFile, product: FileProduct, there: Known | None) -> bool:
    return (
        there is not None
        and there.digest == file.digest(product)
        and _same_counts(file, product, there.counts)
    )


def _same_counts(file: ProductFile, product: FileProduct, there: tuple[int, ...]) -> bool:
    try:
        counts = file.counts(product)
    except CellRefused:
        return False
    return len(counts) == len(there) and all(
        count is None or count == now for count, now in zip(counts, there, strict=True)
    )


def _without_double_skus(
    file: ProductFile, drafts: Sequence[tuple[FileProduct, ProductDraft]], taken: Taken
) -> list[ProductDraft]:
    """Those whose article numbers are their own: nobody else's in the shop, nor further up in the batch."""
    owners = owners_of([variant.sku for _, draft in drafts for variant in draft.variants if variant.sku])
    met: dict[str, FileProduct] = {}
    kept = []
    for product, draft in drafts:
        gone = draft.status is ProductStatus.ARCHIVED  # its numbers are free for others
        clash = None if gone else _clash(product, draft, owners, met)
        if clash is None:
            kept.append(draft)
            met.update({variant.sku: product for variant in draft.variants if variant.sku and not gone})
        else:
            taken.refused.append((file.refusal(clash, product.handle),))
    return kept


def _clash(
    product: FileProduct, draft: ProductDraft, owners: dict[str, set[str]], met: dict[str, FileProduct]
) -> Wrong | None:
    row = product.rows[0][0]
    for sku in (variant.sku for variant in draft.variants):
        if not sku or product.handle in owners.get(sku, ()):
            continue
        if sku in met:
            other = met[sku]
            return Wrong(
                row, "sku", said(Fault.SKU_IN_FILE, sku=sku, handle=other.handle, row=other.rows[0][0])
            )
        if sku in owners:
            return Wrong(row, "sku", said(Fault.SKU_IN_SHOP, sku=sku, handle=min(owners[sku])))
    return None


def _keep_problems(run_id: int, taken: Taken) -> None:
    rows = [
        {
            "row": refusal.row,
            "column_name": refusal.column,
            "handle": refusal.handle,
            "fault": refusal.reason.fault.value,
            "said": dict(refusal.reason.values),
        }
        for refusals in taken.refused
        for refusal in refusals
    ]
    if rows:
        db.session.execute(_KEEP_PROBLEMS, {"run_id": run_id, "rows": orjson.dumps(rows).decode()})


def _move(run: ImportRun, status: ImportStatus, action: str) -> None:
    IMPORT_MOVES.move(run, status)
    run.ended_at = clock.now()
    db.session.execute(delete(ImportPiece).where(ImportPiece.run_id == run.id))
    run.kept = False
    after = {name: getattr(run, f"products_{name}") for name in ("new", "changed", "unchanged", "refused")}
    record(actor=run.actor, action=action, subject=("import", run.id), after=after)


def _lock(run_id: int) -> ImportRun:
    for run in lock_rows(ImportRun, [run_id]):
        return run
    raise ImportNotFound()
