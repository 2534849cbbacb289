"""The writers of rates. A rate is never changed: another word is written beside it, with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from commissions.rates import policy
from commissions.rates.errors import EndsBefore, NoSuchCampaign, NothingChanges
from commissions.rates.models import CampaignEnd, RateCap, RateCard
from commissions.rates.policy import CardKind, Per, Scope
from commissions.rates.queries import every_cap, every_card
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, unless_taken
from foundation.jobs.queue import defer

_IN_TURN = text("LOCK TABLE rate_cards, rate_caps IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class RateDraft:
    """A rate for something, by its name in both languages. `rate_bps` None ends the rate of its own."""

    scope: Scope
    subject: str
    rate_bps: int | None
    reason: str
    label: str = ""
    label_it: str | None = None
    wished: datetime | None = None


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """Basis points on top, from a moment to another, under a name."""

    scope: Scope
    subject: str
    bonus_bps: int
    reason: str
    label: str
    label_it: str | None
    begins: datetime
    ends: datetime


def set_rate(*, actor: Actor, draft: RateDraft) -> RateCard:
    """Write a rate down: a rise counts at once, a cut after thirty days, and whom it concerns gets a letter.

    One at a time, so that nobody judges by a rate that another is just changing. Raises `NothingChanges`.
    """
    take_turn()
    now = clock.now()
    known = [one.card for one in every_card()]
    change = policy.judge(known, draft.scope, draft.subject, draft.rate_bps, now)
    if not change.changes:
        raise NothingChanges()
    card = RateCard(
        kind=CardKind.RATE,
        scope=draft.scope,
        subject=draft.subject,
        label=draft.label,
        label_it=draft.label_it,
        rate_bps=draft.rate_bps,
        valid_from=policy.starts_at(is_cut=change.is_cut, now=now, wished=draft.wished),
        is_cut=change.is_cut,
        reason=draft.reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    return _written(actor, card, "cut" if change.is_cut else "set")


def add_campaign(*, actor: Actor, draft: CampaignDraft) -> RateCard:
    """Write a campaign down. It runs to its end, unless that is brought forward after the usual notice."""
    now = clock.now()
    card = RateCard(
        kind=CardKind.CAMPAIGN,
        scope=draft.scope,
        subject=draft.subject,
        label=draft.label,
        label_it=draft.label_it,
        rate_bps=draft.bonus_bps,
        valid_from=max(now, draft.begins),
        valid_until=draft.ends,
        is_cut=False,
        reason=draft.reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    return _written(actor, card, "campaign")


def end_campaign(*, actor: Actor, card_id: int, reason: str) -> CampaignEnd:
    """Stop a campaign before its last day: thirty days from now, with a letter to whom it concerns, for that
    is a cut. One that begins later than that never does.

    Raises `NoSuchCampaign`, and `EndsBefore` when it is over by then anyway or was ended already.
    """
    card = db.session.get(RateCard, card_id)
    if card is None or card.kind != CardKind.CAMPAIGN or card.until is None:
        raise NoSuchCampaign()
    now = clock.now()
    ends_at = policy.starts_at(is_cut=True, now=now, wished=None)
    if card.until <= ends_at:
        raise EndsBefore()
    end = CampaignEnd(
        card_id=card_id, ends_at=ends_at, reason=reason, created_at=now, created_by=actor.label[:200]
    )
    with unless_taken(EndsBefore, "pk_campaign_ends"):
        db.session.add(end)
        db.session.flush()
    audit.record(
        actor=actor,
        action="rates.end_campaign",
        subject=("rate_card", card_id),
        before={"until": card.valid_until.isoformat() if card.valid_until else None},
        after={"until": ends_at.isoformat()},
        reason=reason,
    )
    defer("rates.tell_end", card_id=card_id)
    return end


def set_cap(*, actor: Actor, per: Per, amount_minor: int | None, currency: str, reason: str) -> RateCap:
    """Write a cap down, or with None that there is none: a lower one counts after thirty days, a higher at
    once.

    Raises `NothingChanges`.
    """
    take_turn()
    now = clock.now()
    known = [one.cap for one in every_cap() if one.per == per]
    counting = {cap.per: cap.amount_minor for cap in policy.caps_in_force(known, now)}
    before = counting.get(per)
    if amount_minor == before and not any(cap.valid_from > now for cap in known):
        raise NothingChanges()
    is_cut = amount_minor is not None and (before is None or amount_minor < before)
    cap = RateCap(
        per=per,
        amount_minor=amount_minor,
        currency=currency,
        valid_from=policy.starts_at(is_cut=is_cut, now=now, wished=None),
        is_cut=is_cut,
        reason=reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    db.session.add(cap)
    db.session.flush()
    audit.record(
        actor=actor,
        action="rates.cap",
        subject=("rate_cap", cap.id),
        before={"amount_minor": before},
        after={"per": per.value, "amount_minor": amount_minor, "from": cap.valid_from.isoformat()},
        reason=reason,
    )
    if is_cut:
        defer("rates.tell_cap", cap_id=cap.id)
    return cap


def take_turn() -> None:
    """Nobody else writes a rate until this transaction ends; sales go on."""
    db.session.execute(_IN_TURN)


def _written(actor: Actor, card: RateCard, act: str) -> RateCard:
    db.session.add(card)
    db.session.flush()
    audit.record(
        actor=actor,
        action=f"rates.{act}",
        subject=("rate_card", card.id),
        after={
            "scope": str(card.scope),
            "subject": card.label or card.subject,
            "rate_bps": card.rate_bps,
            "from": card.valid_from.isoformat(),
        },
        reason=card.reason,
    )
    if card.is_cut:
        defer("rates.tell_cut", card_id=card.id)
    return card
