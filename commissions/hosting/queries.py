from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from commissions.bonuses.models import Award
from commissions.hosting.errors import NoSuchRule
from commissions.hosting.models import HostReward, HostRule
from commissions.hosting.policy import SETTLES, Way
from commissions.hosting.ports import Hosted, hosted_since
from editors.membership.models import Editor
from foundation.db import db

# An event that ended longer ago gave what it gave.
LOOKED_AT = timedelta(days=366)
NEWEST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that will give something, as it is counted now; `due_at` None: once its report is final."""

    hosted: Hosted
    rule: HostRule
    due_at: datetime | None

    def due(self, now: datetime) -> bool:
        return self.hosted.final if self.due_at is None else self.due_at <= now

    @property
    def net_minor(self) -> int:
        return self.hosted.nets.get(self.rule.currency, 0)


def rule_at(place_id: int, moment: datetime, rules: Sequence[HostRule] | None = None) -> HostRule | None:
    """What was promised for an event of that store whose yes came at a moment, by its own rule first.
    `rules`: all there are, where many are asked for."""
    for rule in all_rules() if rules is None else rules:
        ran = rule.begins_at <= moment and (rule.ends_at is None or rule.ends_at > moment)
        if ran and rule.place_id in (None, place_id):
            return rule
    return None


def all_rules() -> Sequence[HostRule]:
    """Those of one store first: they are few, and what they promised is asked for event by event."""
    return db.session.scalars(_rules().order_by(HostRule.place_id.is_(None), HostRule.id)).all()


def rule_by_id(rule_id: int) -> HostRule:
    """With its store; raises `NoSuchRule`."""
    found = db.session.scalars(
        _rules().where(HostRule.id == rule_id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NoSuchRule()
    return found


def every_rule() -> list[tuple[HostRule, int]]:
    """All rules, the newest first, with what each has given in minor units."""
    given = (
        select(func.coalesce(func.sum(HostReward.amount_minor), 0))
        .where(HostReward.rule_id == HostRule.id)
        .scalar_subquery()
    )
    rows = db.session.execute(_rules().add_columns(given).order_by(HostRule.id.desc()))
    return [(row[0], int(row[1])) for row in rows]


def reward_of(event: str) -> HostReward | None:
    """What an event gave, with its rule."""
    return db.session.scalars(
        select(HostReward).where(HostReward.event == event).options(joinedload(HostReward.rule))
    ).one_or_none()


def award_of(reward: HostReward) -> Award:
    """What a reward was booked as, for one that gave something."""
    return db.session.get_one(Award, reward.award_id)


def last_rewards() -> Sequence[HostReward]:
    """What events gave, the newest first, with host and rule."""
    return db.session.scalars(
        select(HostReward)
        .options(joinedload(HostReward.editor), joinedload(HostReward.rule))
        .order_by(HostReward.id.desc())
        .limit(NEWEST)
    ).all()


def waiting(now: datetime) -> list[Waiting]:
    """The events for which something was promised and nothing decided yet, the first to end first."""
    over = hosted_since(now - LOOKED_AT)
    decided = _decided([one.event for one in over])
    rules = all_rules()
    found = [waiting_for(one, rules) for one in over if one.event not in decided]
    return [one for one in found if one is not None]


def waiting_for(one: Hosted, rules: Sequence[HostRule] | None = None) -> Waiting | None:
    """What an event that is over will give by the rule that was promised; None where there was none."""
    rule = rule_at(one.place_id, one.agreed_at, rules)
    if rule is None:
        return None
    return Waiting(one, rule, one.ended_at + SETTLES if rule.way == Way.GUEST else None)


def _decided(events: Collection[str]) -> set[str]:
    return set(db.session.scalars(select(HostReward.event).where(HostReward.event.in_(events))))


def _rules() -> Select[HostRule]:
    return select(HostRule).options(joinedload(HostRule.place))


def hosts_named(ids: Collection[int]) -> dict[int, Editor]:
    """Editors by their ids."""
    return {one.id: one for one in db.session.scalars(select(Editor).where(Editor.id.in_(ids)))}
