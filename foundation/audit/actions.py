from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db

# A plain INSERT: nobody needs the row as an object, and a flush costs five times as much.
_ROW = insert(cast(Table, AuditRow.__table__)).inline()


@dataclass(frozen=True, slots=True)
class Act:
    """One subject of an act (its kind and id), and what changed about it."""

    subject: tuple[str, int]
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def record(
    *,
    actor: Actor,
    action: str,
    subject: tuple[str, int],
    reason: str | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down one act on `subject` (its kind and id) in the caller's transaction.

    `before` and `after` hold plain JSON values of what changed, never personal data of a shopper.
    """
    record_many(actor=actor, action=action, acts=[Act(subject, before, after)], reason=reason)


def record_many(*, actor: Actor, action: str, acts: Sequence[Act], reason: str | None = None) -> None:
    """Write down the same act on many subjects in one statement."""
    if not acts:
        return
    now = clock.now()
    db.session.execute(
        _ROW,
        [
            {
                "at": now,
                "actor_kind": actor.kind,
                "actor_label": actor.label,
                "actor_account_id": actor.account_id,
                "action": action,
                "subject_type": act.subject[0],
                "subject_id": act.subject[1],
                "reason": reason,
                "before": act.before,
                "after": act.after,
            }
            for act in acts
        ],
    )
