"""Giving the guests of an event a code, and keeping its days those of the event."""

from __future__ import annotations

from events.calendar.actions import locked_event
from events.calendar.models import EventStatus
from events.perks.errors import NotBooked
from events.perks.models import EventPerk
from events.perks.policy import window_of
from events.perks.queries import perk_of
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db
from storefront.promotions.actions import VoucherDraft, make_voucher, move_voucher, pause_voucher
from storefront.promotions.models import VoucherStatus
from storefront.promotions.policy import Kind


def give_perk(*, actor: Actor, event_id: int, code: str, percent_bps: int, reason: str) -> EventPerk:
    """Whoever types the code has so much taken off, once a person, from the beginning of the event to seven
    days after its end. The code it had before ends; orders that hold it keep it.

    Raises `NoSuchEvent`, `NotBooked`, and `CodeTaken` for a code that is a voucher's already.
    """
    event = locked_event(event_id)
    if event.status not in (EventStatus.APPROVED, EventStatus.LIVE):
        raise NotBooked()
    before = perk_of(event_id)
    if before is not None:
        _end(actor, before, reason)
        before.replaced_at = clock.now()
        db.session.flush()
    days = window_of(event.starts_at, event.ends_at)
    draft = VoucherDraft(
        code=code,
        kind=Kind.PERCENT,
        percent_bps=percent_bps,
        starts_at=days.starts_at,
        ends_at=days.ends_at,
        person_limit=1,
    )
    voucher = make_voucher(actor=actor, draft=draft, reason=reason)
    perk = EventPerk(event_id=event_id, voucher_id=voucher.id, percent_bps=percent_bps, given_at=clock.now())
    perk.voucher = voucher
    db.session.add(perk)
    db.session.flush()
    audit.record(
        actor=actor,
        action="perks.give",
        subject=("event", event_id),
        reason=reason,
        after={"code": voucher.code, "percent_bps": percent_bps},
    )
    return perk


def follow_event(*, actor: Actor, event_id: int) -> None:
    """The code counts in the days its event has by now; when the event is called off, never again."""
    event, perk = locked_event(event_id), perk_of(event_id)
    if perk is None:
        return
    if event.status == EventStatus.CANCELLED:
        _end(actor, perk, "The event was called off.")
        return
    days = window_of(event.starts_at, event.ends_at)
    move_voucher(actor=actor, voucher_id=perk.voucher_id, starts_at=days.starts_at, ends_at=days.ends_at)


def _end(actor: Actor, perk: EventPerk, reason: str) -> None:
    if perk.voucher.status == VoucherStatus.ACTIVE:
        pause_voucher(actor=actor, voucher_id=perk.voucher_id, reason=reason)
