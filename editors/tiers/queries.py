from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from editors.looks.models import Look, LookStatus
from editors.membership.models import Editor, EditorStatus
from editors.membership.ports import NOTHING, done_by
from editors.share.ports import Group
from editors.tiers.errors import NoSuchTier
from editors.tiers.models import EditorTier, Tier
from editors.tiers.policy import COUNTED_DAYS, Measure
from foundation import clock
from foundation.db import db


def tiers() -> Sequence[Tier]:
    """The steps there are, from the easiest on."""
    return db.session.scalars(
        select(Tier).where(Tier.retired_at.is_(None)).order_by(Tier.orders_needed, Tier.looks_needed, Tier.id)
    ).all()


def tier_by_id(tier_id: int) -> Tier:
    """Raises `NoSuchTier`."""
    found = db.session.get(Tier, tier_id)
    if found is None or found.retired_at is not None:
        raise NoSuchTier()
    return found


def place_of(editor_id: int) -> EditorTier | None:
    return db.session.get(EditorTier, editor_id)


def tier_of(editor_id: int) -> Tier | None:
    """The step an editor stands on: for whoever pays by it."""
    return db.session.scalars(
        select(Tier).join(EditorTier, EditorTier.tier_id == Tier.id).where(EditorTier.editor_id == editor_id)
    ).one_or_none()


def how_many_on() -> Mapping[int, int]:
    """Editors of today by the step they stand on."""
    rows = db.session.execute(
        select(EditorTier.tier_id, func.count())
        .join(Editor, Editor.id == EditorTier.editor_id)
        .where(Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]))
        .group_by(EditorTier.tier_id)
    )
    return {row[0]: row[1] for row in rows}


def standing_on() -> Sequence[Group]:
    """The steps from the easiest on, each with the active editors who stand on it."""
    rows = db.session.execute(
        select(EditorTier.tier_id, Editor.id)
        .join(Editor, Editor.id == EditorTier.editor_id)
        .where(Editor.status == EditorStatus.ACTIVE)
    ).all()
    return [
        Group(tier.id, tier.called, frozenset(row[1] for row in rows if row[0] == tier.id))
        for tier in tiers()
    ]


def active_ids() -> Sequence[int]:
    return db.session.scalars(
        select(Editor.id).where(Editor.status == EditorStatus.ACTIVE).order_by(Editor.id)
    ).all()


def measures_of(editor_ids: Collection[int]) -> Mapping[int, Measure]:
    """What counts for a step, for each of them; two statements, however many they are."""
    now = clock.now()
    shown = db.session.execute(
        select(Look.editor_id, func.count())
        .where(Look.editor_id.in_(editor_ids), Look.status == LookStatus.PUBLISHED)
        .group_by(Look.editor_id)
    )
    looks = {row[0]: row[1] for row in shown}
    done = done_by(editor_ids, now - COUNTED_DAYS, now)
    return {one: Measure(looks.get(one, 0), done.get(one, NOTHING).orders) for one in editor_ids}
