"""Writing versions of the agreement, and noting who accepted one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from editors.agreements import queries
from editors.agreements.errors import NothingToPublish
from editors.agreements.models import Acceptance, AgreementVersion
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import ChangedMeanwhile, refuse_changed


def write_draft(
    *, actor: Actor, words: str, words_it: str, news: str, news_it: str, seen: str | None = None
) -> AgreementVersion:
    """Write the next version; nobody reads it until it is published. Raises `ChangedMeanwhile`."""
    found = queries.draft()
    if found is None:
        version = AgreementVersion()
    else:
        (version,) = lock_rows(AgreementVersion, [found.id])
        refuse_changed(seen, version.seen)
    version.words, version.words_it, version.news, version.news_it = words, words_it, news, news_it
    with unless_taken(ChangedMeanwhile, "uq_agreement_versions_draft"):
        db.session.add(version)
        db.session.flush()
    audit.record(actor=actor, action="agreements.write", subject=("agreement", version.id))
    return version


def publish(*, actor: Actor, old_holds_until: datetime, reason: str) -> AgreementVersion:
    """Let the draft be the agreement from now on. Raises `NothingToPublish`, also when two press at once."""
    found = queries.draft()
    locked = lock_rows(AgreementVersion, [found.id]) if found else ()
    if not locked or locked[0].number is not None:
        raise NothingToPublish()
    (version,) = locked
    last = db.session.scalars(select(func.coalesce(func.max(AgreementVersion.number), 0))).one()
    version.number, version.published_at = int(last or 0) + 1, clock.now()
    version.old_holds_until = old_holds_until
    audit.record(
        actor=actor,
        action="agreements.publish",
        subject=("agreement", version.id),
        reason=reason,
        after={"number": version.number, "old_holds_until": old_holds_until.isoformat()},
    )
    db.session.flush()
    return version


def note_acceptance(*, actor: Actor, editor_id: int, version_id: int, language: str) -> bool:
    """Note that an editor accepted a version; False when they had before."""
    fresh = db.session.scalars(
        insert(Acceptance)
        .values(editor_id=editor_id, version_id=version_id, language=language, accepted_at=clock.now())
        .on_conflict_do_nothing(constraint="uq_agreement_acceptances_editor_id_version_id")
        .returning(Acceptance.id)
    ).one_or_none()
    if fresh is not None:
        audit.record(
            actor=actor, action="agreements.accept", subject=("agreement", version_id),
            after={"editor_id": editor_id},
        )  # fmt: skip
    return fresh is not None
