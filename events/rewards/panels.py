"""Where an event says what it gives its host: what is promised, how it is counted, what it gave."""

from __future__ import annotations

from flask import render_template

from commissions.hosting.models import HostReward, HostRule
from commissions.hosting.queries import Waiting, reward_of, rule_at, waiting_for
from commissions.hosting.words import rule_words
from events.calendar.models import Event, EventStatus
from events.calendar.queries import agreed_at
from events.rewards.queries import over_of
from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.money import Money


def for_host(*, event: Event) -> str:
    """To its host, from the draft on."""
    return _panel(event, staff=False)


def for_staff(*, event: Event, may_decide: bool) -> str:
    """To staff who read rates."""
    del may_decide
    reader = current_account()
    if reader is None or Permission.RATES_VIEW not in reader.permissions:
        return ""
    return _panel(event, staff=True)


def _panel(event: Event, *, staff: bool) -> str:
    given = reward_of(event.slug)
    over = over_of(event.slug) if given is None and event.status == EventStatus.CLOSED else None
    found = waiting_for(over) if over is not None else None
    rule = given.rule if given else _promised(event)
    if rule is None or (event.status == EventStatus.CANCELLED and given is None):
        return ""
    return render_template(
        "events/rewards/panel.html",
        event=event,
        staff=staff,
        words=rule_words(rule),
        rule=rule,
        given=given,
        waits=found,
        amount=rule.gives(found.hosted.guests, found.net_minor) if found else None,
        net=_net(rule, given, found),
        may_refuse=staff and found is not None and _may_set(),
    )


def _promised(event: Event) -> HostRule | None:
    """By the store that said yes when it did; before that, by what holds now."""
    return rule_at(event.agreed_place_id or event.place_id, agreed_at(event.id) or clock.now())


def _net(rule: HostRule, given: HostReward | None, found: Waiting | None) -> Money | None:
    """What guests kept, as it was given or as it is counted now."""
    told = given or found
    return Money(told.net_minor, rule.currency) if told is not None else None


def _may_set() -> bool:
    reader = current_account()
    return reader is not None and Permission.RATES_SET in reader.permissions
