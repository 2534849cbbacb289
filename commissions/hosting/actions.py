"""The writers of rules for hosts, and of what events give by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.bonuses.actions import award_at_once
from commissions.hosting.errors import GivenAlready, NothingToGive, OneOfTwo, RuleOver, RuleRuns, ShareTooHigh
from commissions.hosting.models import HostReward, HostRule
from commissions.hosting.policy import HIGHEST_BPS, Way
from commissions.hosting.ports import hosted
from commissions.hosting.queries import Waiting, reward_of, waiting_for
from commissions.hosting.words import award_names
from commissions.rates.policy import NOTICE
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule to be: an amount for each guest in minor units, or a rate in basis points. `place_id` None is
    for every store."""

    currency: str
    begins: datetime
    reason: str
    each_minor: int | None = None
    rate_bps: int | None = None
    most_minor: int | None = None
    place_id: int | None = None


def begin_rule(*, actor: Actor, draft: RuleDraft) -> HostRule:
    """Write a rule down. It holds for what a store says yes to from its first day, never for before.

    Raises `OneOfTwo`, `ShareTooHigh`, and `RuleRuns` while another one for the same does.
    """
    if (draft.each_minor is None) == (draft.rate_bps is None):
        raise OneOfTwo()
    if draft.rate_bps is not None and not 0 < draft.rate_bps <= HIGHEST_BPS:
        raise ShareTooHigh()
    now = clock.now()
    rule = HostRule(
        way=Way.GUEST if draft.rate_bps is None else Way.SHARE,
        place_id=draft.place_id,
        each_minor=draft.each_minor,
        rate_bps=draft.rate_bps,
        most_minor=draft.most_minor,
        currency=draft.currency,
        begins_at=max(now, draft.begins),
        reason=draft.reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    with unless_taken(RuleRuns, "ex_host_rules_place"):
        db.session.add(rule)
        db.session.flush()
    audit.record(
        actor=actor,
        action="hosting.begin",
        subject=("host_rule", rule.id),
        after={
            "way": str(rule.way),
            "each_minor": rule.each_minor,
            "rate_bps": rule.rate_bps,
            "most_minor": rule.most_minor,
            "place": rule.place_id,
            "from": rule.begins_at.isoformat(),
        },
        reason=rule.reason,
    )
    return rule


def end_rule(*, actor: Actor, rule_id: int, reason: str) -> HostRule:
    """Stop a rule: one that runs thirty days from now, one that has not begun at once. What a store said yes
    to by then gives what was promised. Raises `RuleOver` when it was ended."""
    (rule,) = lock_rows(HostRule, [rule_id])
    now = clock.now()
    if rule.ends_at is not None:
        raise RuleOver()
    rule.ends_at = rule.begins_at if rule.begins_at > now else now + NOTICE
    rule.end_reason = reason
    db.session.flush()
    audit.record(
        actor=actor,
        action="hosting.end",
        subject=("host_rule", rule.id),
        after={"until": rule.ends_at.isoformat()},
        reason=reason,
    )
    return rule


def give_reward(*, actor: Actor, event: str) -> HostReward | None:
    """Give a host what was promised for an event, once it is certain; what it gave, or None when it is not
    certain yet, nothing was promised, or it was decided before. Payable at once."""
    found = _promised(event)
    if found is None or not found.due(clock.now()):
        return None
    return _decide(actor, found, refused="")


def refuse_reward(*, actor: Actor, event: str, reason: str) -> HostReward:
    """Staff say why an event gives nothing, before it has given. Raises `NothingToGive`, `GivenAlready`."""
    found = _promised(event)
    if found is None:
        raise GivenAlready() if reward_of(event) is not None else NothingToGive()
    made = _decide(actor, found, refused=reason)
    if made is None:
        raise GivenAlready()
    audit.record(actor=actor, action="hosting.refuse", subject=("host_reward", made.id), reason=reason)
    return made


def _promised(event: str) -> Waiting | None:
    """What is promised for an event and not decided, as it is counted now."""
    one = hosted(event)
    if one is None or reward_of(event) is not None:
        return None
    return waiting_for(one)


def _decide(actor: Actor, found: Waiting, *, refused: str) -> HostReward | None:
    """Written once, by the constraint: of two who decide, one books."""
    one, rule = found.hosted, found.rule
    amount = rule.gives(one.guests, found.net_minor).minor if not refused else 0
    made = db.session.scalars(
        insert_or_skip(HostReward)
        .values(
            rule_id=rule.id,
            event=one.event,
            title=one.title[:120],
            title_it=one.title_it[:120],
            editor_id=one.editor_id,
            guests=one.guests,
            net_minor=max(0, found.net_minor),
            amount_minor=amount,
            currency=rule.currency,
            refused=refused,
            given_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["event"])
        .returning(HostReward)
    ).one_or_none()
    if made is not None and amount:
        name, name_it = award_names(one)
        made.award_id = award_at_once(
            actor=actor,
            editor_id=one.editor_id,
            amount_minor=amount,
            currency=rule.currency,
            name=name,
            name_it=name_it,
            rule_id=rule.id,
            event=one.event,
        )
        db.session.flush()
    return made
