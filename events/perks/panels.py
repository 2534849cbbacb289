"""Where the pages of an event name its code: to staff, and to its host."""

from __future__ import annotations

from flask import render_template

from events.calendar.models import Event, EventStatus
from events.perks.policy import window_of
from events.perks.queries import perk_of
from storefront.promotions.models import VoucherStatus


def for_staff(*, event: Event, may_decide: bool) -> str:
    """The code, and the way to give one."""
    return _panel(event, may_give=may_decide and event.status in (EventStatus.APPROVED, EventStatus.LIVE))


def for_host(*, event: Event) -> str:
    """The code to tell one's guests."""
    return _panel(event, may_give=False)


def _panel(event: Event, *, may_give: bool) -> str:
    perk = perk_of(event.id)
    if perk is not None and perk.voucher.status != VoucherStatus.ACTIVE:
        perk = None
    if perk is None and not may_give:
        return ""
    return render_template(
        "events/perks/panel.html",
        event=event,
        perk=perk,
        may_give=may_give,
        window=window_of(event.starts_at, event.ends_at),
    )
