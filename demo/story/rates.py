"""What editors earn in the story: shoes more than the rest, a step more than none, two weeks of a campaign, a cut to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.rates.actions import CampaignDraft, RateDraft, add_campaign, set_rate
from commissions.rates.policy import RETURNING, Scope
from editors.tiers.queries import tiers
from foundation import clock
from foundation.actors import Actor

# Days before today. Nothing here touches the pieces of the worked example, which earn what the programme earns.
SET, BEGAN, ENDED, ANNOUNCED = 58, 30, 12, 3


def set_rates(owner: Actor, today: datetime) -> None:
    """Rates from nearly the first day on, and a campaign in the middle of it."""
    with clock.held_at(today - timedelta(days=SET)):
        shoes = "Shoes are the hardest to choose: who helps people find theirs earns more"
        set_rate(actor=owner, draft=RateDraft(Scope.CATEGORY, "shoes", 1500, shoes))
        highest = tiers()[-1]
        draft = RateDraft(
            Scope.TIER, str(highest.id), 1400, "Who does this much, earns more", highest.name, highest.name_it
        )
        set_rate(actor=owner, draft=draft)
        add_campaign(
            actor=owner,
            draft=CampaignDraft(
                scope=Scope.CATEGORY,
                subject="shoes",
                bonus_bps=200,
                reason="Boots came in early",
                label="Boots before the rain",
                label_it="Stivali prima della pioggia",
                begins=today - timedelta(days=BEGAN),
                ends=today - timedelta(days=ENDED),
            ),
        )


def announce_cut(owner: Actor, today: datetime) -> None:
    """What every studio reads of just now: less for orders of people who were customers already."""
    reason = "New customers are what the programme is for"
    with clock.held_at(today - timedelta(days=ANNOUNCED)):
        set_rate(actor=owner, draft=RateDraft(Scope.CUSTOMER, RETURNING, 1100, reason))
