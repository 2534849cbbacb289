from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson
from sqlalchemy import Table, insert, text

from foundation import clock
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db

# A plain INSERT: nobody needs the row as an object, and a flush costs five times as much.
_ROW = insert(cast(Table, AuditRow.__table__)).inline()
_ROWS = text(
    """
    INSERT INTO audit_rows (at, actor_kind, actor_label, actor_account_id, action, reason,
        subject_type, subject_id, before, after)
    SELECT :at, :actor_kind, :actor_label, :actor_account_id, :action, :reason,
        row.subject_type, row.subject_id, row.before, row.after
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS row (subject_type text, subject_id bigint, before jsonb, after jsonb)
    """
)


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
    said = {
        "at": clock.now(),
        "actor_kind": str(actor.kind),
        "actor_label": actor.label,
        "actor_account_id": actor.account_id,
        "action": action,
        "reason": reason,
    }
    if len(acts) > 1:
        db.session.execute(_ROWS, said | {"rows": orjson.dumps([_plain(act) for act in acts]).decode()})
        return
    (act,) = acts
    about = {"subject_type": act.subject[0], "subject_id": act.subject[1]}
    db.session.execute(_ROW, said | about | {"before": act.before, "after": act.after})


def _plain(act: Act) -> dict[str, Any]:
    about = {"subject_type": act.subject[0], "subject_id": act.subject[1]}
    return about | {
        name: value for name, value in (("before", act.before), ("after", act.after)) if value is not None
    }
