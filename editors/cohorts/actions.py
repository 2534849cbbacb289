"""Making groups, taking a place in one, and what only they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from editors.cohorts.errors import CohortFull, CohortOver, InACohort, NoSuchCohort, TooFewPlaces
from editors.cohorts.models import Cohort, CohortMember, PilotFeature
from editors.cohorts.queries import cohort_by_id
from editors.membership.features import Feature
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed


@dataclass(frozen=True, kw_only=True)
class CohortDraft:
    """A group as staff hand it in; see `models.Cohort`."""

    name: str
    name_it: str | None
    words: str
    words_it: str | None
    cap: int
    first_day: date
    last_day: date
    features: Sequence[str] = ()


def save_cohort(
    *, actor: Actor, draft: CohortDraft, cohort_id: int | None = None, seen: str | None = None
) -> Cohort:
    """A new group, or other terms for one. Raises `TooFewPlaces`, `ChangedMeanwhile`, `NoSuchCohort`."""
    values = asdict(draft) | {"features": list(draft.features)}
    if cohort_id is None:
        cohort = Cohort(**values)
        db.session.add(cohort)
    else:
        locked = lock_rows(Cohort, [cohort_id])
        if not locked:
            raise NoSuchCohort()
        (cohort,) = locked
        refuse_changed(seen, cohort.seen)
        if draft.cap < cohort.members:
            raise TooFewPlaces()
        for name, value in values.items():
            setattr(cohort, name, value)
    db.session.flush()
    audit.record(actor=actor, action="cohorts.save", subject=("cohort", cohort.id))
    return cohort


def join_cohort(*, actor: Actor, cohort_id: int, editor_id: int, day: date) -> None:
    """Take a place, while there is one. Raises `CohortOver`, `CohortFull`, `InACohort`."""
    cohort = cohort_by_id(cohort_id)
    if not cohort.first_day <= day <= cohort.last_day:
        raise CohortOver()
    with unless_taken(InACohort, "uq_cohort_members_editor"):
        db.session.add(CohortMember(cohort_id=cohort_id, editor_id=editor_id, joined_at=clock.now()))
        db.session.flush()
    if not _take_place(cohort_id):
        raise CohortFull()
    audit.record(
        actor=actor, action="cohorts.join", subject=("cohort", cohort_id), after={"editor_id": editor_id}
    )


def leave_cohort(*, actor: Actor, cohort_id: int, editor_id: int) -> None:
    """Give the place back. Raises `NoSuchCohort` for whoever is not in it."""
    gone = db.session.scalars(
        update(CohortMember)
        .where(
            CohortMember.cohort_id == cohort_id,
            CohortMember.editor_id == editor_id,
            CohortMember.left_at.is_(None),
        )
        .values(left_at=clock.now())
        .returning(CohortMember.id)
    ).one_or_none()
    if gone is None:
        raise NoSuchCohort()
    db.session.execute(update(Cohort).where(Cohort.id == cohort_id).values(members=Cohort.members - 1))
    audit.record(
        actor=actor, action="cohorts.leave", subject=("cohort", cohort_id), after={"editor_id": editor_id}
    )


def keep_for_cohorts(*, actor: Actor, feature: Feature, only_cohorts: bool) -> None:
    """Let only cohorts have a feature, or everybody again."""
    if only_cohorts:
        db.session.execute(
            insert(PilotFeature).values(name=feature, since=clock.now()).on_conflict_do_nothing()
        )
    else:
        db.session.execute(delete(PilotFeature).where(PilotFeature.name == feature))
    audit.record(
        actor=actor,
        action="cohorts.pilot",
        subject=("pilot", 1),
        after={"feature": str(feature), "only_cohorts": only_cohorts},
    )


def _take_place(cohort_id: int) -> bool:
    """One place by one conditional write: of two who want the last one, one has it."""
    taken = db.session.scalars(
        update(Cohort)
        .where(Cohort.id == cohort_id, Cohort.members < Cohort.cap)
        .values(members=Cohort.members + 1)
        .returning(Cohort.id)
    ).one_or_none()
    return taken is not None
