from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import any_, func, select

from editors.cohorts.errors import NoSuchCohort
from editors.cohorts.models import Cohort, CohortMember, PilotFeature
from editors.looks.models import Look, LookStatus
from editors.membership.features import Feature
from editors.membership.models import Editor, EditorStatus
from editors.membership.ports import NOTHING, done_by
from foundation import clock
from foundation.db import db
from foundation.settings import current


@dataclass(frozen=True, slots=True)
class Figures:
    """What some editors did in a time, together."""

    editors: int
    joined: int
    active: int
    looks: int
    clicks: int
    orders: int
    earned_minor: int


def cohorts() -> Sequence[Cohort]:
    """The latest first."""
    return db.session.scalars(select(Cohort).order_by(Cohort.first_day.desc(), Cohort.id.desc())).all()


def cohort_by_id(cohort_id: int) -> Cohort:
    """Raises `NoSuchCohort`."""
    found = db.session.get(Cohort, cohort_id, populate_existing=True)
    if found is None:
        raise NoSuchCohort()
    return found


def cohort_of(editor_id: int) -> Cohort | None:
    """The one an editor is in."""
    return db.session.scalars(
        select(Cohort)
        .join(CohortMember, CohortMember.cohort_id == Cohort.id)
        .where(CohortMember.editor_id == editor_id, CohortMember.left_at.is_(None))
    ).one_or_none()


def open_on(day: date) -> Sequence[Cohort]:
    """Those with a free place on a day."""
    return db.session.scalars(
        select(Cohort)
        .where(Cohort.first_day <= day, Cohort.last_day >= day, Cohort.members < Cohort.cap)
        .order_by(Cohort.id)
    ).all()


def members_of(cohort_id: int) -> Sequence[tuple[CohortMember, Editor]]:
    rows = db.session.execute(
        select(CohortMember, Editor)
        .join(Editor, Editor.id == CohortMember.editor_id)
        .where(CohortMember.cohort_id == cohort_id, CohortMember.left_at.is_(None))
        .order_by(CohortMember.joined_at, CohortMember.id)
    )
    return [(member, editor) for member, editor in rows]


def pilots() -> set[str]:
    """The features that only cohorts have now."""
    return set(db.session.scalars(select(PilotFeature.name)))


def withheld(editor_id: int) -> frozenset[Feature]:
    """The features an editor has not got: those that are pilots, but for what a running cohort gives them."""
    day = today()
    given = (
        select(CohortMember.id)
        .join(Cohort, Cohort.id == CohortMember.cohort_id)
        .where(
            CohortMember.editor_id == editor_id,
            CohortMember.left_at.is_(None),
            Cohort.first_day <= day,
            Cohort.last_day >= day,
            PilotFeature.name == any_(Cohort.features),
        )
    )
    names = db.session.scalars(select(PilotFeature.name).where(~given.exists())).all()
    return frozenset(Feature(name) for name in names if name in set(Feature))


def today() -> date:
    """The shop's day: groups begin and end with it."""
    return clock.now().astimezone(ZoneInfo(current().timezone)).date()


def compared(cohort_id: int, since: datetime, until: datetime) -> tuple[Figures, Figures]:
    """A cohort beside everybody else of the circle, in one time."""
    inside = set(
        db.session.scalars(
            select(CohortMember.editor_id).where(
                CohortMember.cohort_id == cohort_id, CohortMember.left_at.is_(None)
            )
        )
    )
    circle = set(
        db.session.scalars(
            select(Editor.id).where(Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]))
        )
    )
    return _figures(inside & circle, since, until), _figures(circle - inside, since, until)


def _figures(editor_ids: Collection[int], since: datetime, until: datetime) -> Figures:
    joined, active = db.session.execute(
        select(
            func.count().filter(Editor.joined_at >= since, Editor.joined_at < until),
            func.count().filter(Editor.status == EditorStatus.ACTIVE),
        ).where(Editor.id.in_(editor_ids))
    ).one()
    looks = db.session.scalars(
        select(func.count()).where(
            Look.editor_id.in_(editor_ids),
            Look.status == LookStatus.PUBLISHED,
            Look.published_at >= since,
            Look.published_at < until,
        )
    ).one()
    done = done_by(editor_ids, since, until)
    sums = [done.get(one, NOTHING) for one in editor_ids]
    return Figures(
        editors=len(editor_ids),
        joined=joined,
        active=active,
        looks=looks,
        clicks=sum(one.clicks for one in sums),
        orders=sum(one.orders for one in sums),
        earned_minor=sum(one.earned_minor for one in sums),
    )
