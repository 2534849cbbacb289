from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, insert

from foundation import clock
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db

# A plain INSERT: nobody needs the row as an object, and a flush costs five times as much.
_ROW = insert(cast(Table, AuditRow.__table__)).inline()


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
    db.session.execute(
        _ROW,
        {
            "at": clock.now(),
            "actor_kind": actor.kind,
            "actor_label": actor.label,
            "actor_account_id": actor.account_id,
            "action": action,
            "subject_type": subject[0],
            "subject_id": subject[1],
            "reason": reason,
            "before": before,
            "after": after,
        },
    )
