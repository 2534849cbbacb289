from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.actions import Act, record_many
from foundation.db import db, lock_rows
from storefront.assortment.errors import BulkEditNotFound, NothingChanged, TooLateToTakeBack
from storefront.assortment.models import BULK_MOVES, BulkEdit, BulkEditRow, BulkStatus
from storefront.assortment.policy import TAKE_BACK, BulkChange, Why, planned
from storefront.assortment.queries import rows_of_edit
from storefront.catalog.changing import Locked, Terms, change_terms, differences, lock_products, with_values


def apply_change(*, actor: Actor, change: BulkChange, versions: Mapping[int, int], reason: str) -> BulkEdit:
    """Change many products in one act; `versions` are those whoever decided has looked at, by product.

    A product that somebody changed since is left alone and named, and so is one the change does not fit:
    the others are changed all the same. Raises `NothingChanged` when there are no others.
    """
    now = clock.now()
    locked = lock_products(versions)
    changes: list[tuple[Locked, Terms]] = []
    refused = [[product_id, "", str(Why.GONE)] for product_id in sorted(versions.keys() - _ids(locked))]
    for one in locked:
        seen = one.version == versions[one.id]
        after = planned(change, one.terms, now) if seen else Why.CHANGED
        if isinstance(after, Why):
            refused.append([one.id, one.name, str(after)])
        else:
            changes.append((one, after))
    if not changes:
        raise NothingChanged()
    made = change_terms(changes)
    record_many(actor=actor, action="assortment.change", acts=made.acts, reason=reason)
    edit = BulkEdit(
        change=change.as_values(),
        reason=reason,
        status=BulkStatus.APPLIED,
        refused=refused,
        applied_by=actor.label,
        applied_at=now,
    )
    db.session.add(edit)
    db.session.flush()
    rows = []
    for one, after in changes:
        was, became = differences(one.terms, after)
        key = one.id
        rows.append({"edit_id": edit.id, "product_id": key, "before": was, "after": became})
        rows[-1] |= {"version": made.versions[key], "kept": False}
    db.session.execute(insert(BulkEditRow), rows)
    return edit


def take_back(*, actor: Actor, edit_id: int, reason: str) -> BulkEdit:
    """Give every product of an act its own terms again; who was changed since is left alone and noted.

    Raises `BulkEditNotFound`, `IllegalMove` when it was taken back before, and `TooLateToTakeBack`.
    """
    for edit in lock_rows(BulkEdit, [edit_id]):
        if edit.status == BulkStatus.APPLIED and clock.now() > edit.applied_at + TAKE_BACK:
            raise TooLateToTakeBack()
        BULK_MOVES.move(edit, BulkStatus.TAKEN_BACK)
        edit.taken_back_by, edit.taken_back_at = actor.label, clock.now()
        rows = {row.product_id: row for row in rows_of_edit(edit_id)}
        changes = []
        for one in lock_products(rows):
            row = rows[one.id]
            row.kept = one.version != row.version
            if not row.kept:
                changes.append((one, with_values(one.terms, row.before)))
        db.session.flush()
        left = {"products": len(changes), "left_alone": len(rows) - len(changes)}
        acts = [Act(("bulk edit", edit_id), after=left), *change_terms(changes).acts]
        record_many(actor=actor, action="assortment.take_back", acts=acts, reason=reason)
        return edit
    raise BulkEditNotFound()


def _ids(locked: list[Locked]) -> set[int]:
    return {one.id for one in locked}
