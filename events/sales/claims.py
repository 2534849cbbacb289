"""Whose a sale at the till is when it was rung up as one of an event."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from commissions.bonuses.ports import Earned
from commissions.claims.ports import EventClaim
from events.calendar.models import Event, EventStatus
from events.guests.errors import NoSuchTicket
from events.guests.models import SEATED
from events.guests.queries import rsvp_by_secret
from events.perks.queries import perk_of_code
from events.sales.queries import closed_event, event_of_slug, on_sale_at
from foundation import clock
from storefront.orders.queries import Sale
from storefront.till.ports import Occasion
from storefront.till.queries import occasion_of


def occasion_of_event(event: Event) -> Occasion:
    """An event as a till knows it; its host is loaded."""
    return Occasion(event.slug, _("%(event)s, with %(host)s", event=event.called, host=event.editor.name))


def event_of_ticket(events: Sequence[Event], typed: str) -> Event | None:
    """Which of these events a guest's ticket is for, whose code holds the address of its page; None for
    none, and where they have no seat."""
    try:
        rsvp = rsvp_by_secret(typed.rstrip("/").rpartition("/")[2])
    except NoSuchTicket:
        return None
    return next((one for one in events if one.id == rsvp.event_id and rsvp.status in SEATED), None)


class Evenings:
    """What the till, the receipt and the bonuses ask of events. An event is known to them by its slug."""

    def going_on(self, place_id: int) -> Sequence[Occasion]:
        """What staff may choose at the till of a store now: an hour before it begins to two after its end."""
        return [occasion_of_event(one) for one in on_sale_at(place_id, clock.now())]

    def of_ticket(self, place_id: int, typed: str) -> Occasion | None:
        """The event of a guest's ticket, if it is on here now and they have a seat."""
        event = event_of_ticket(on_sale_at(place_id, clock.now()), typed)
        return occasion_of_event(event) if event is not None else None

    def claim_on(self, sale: Sale) -> EventClaim | None:
        """The host's claim on a basket that staff rang up as one of their evening.

        It begins with the evening, or with the checkout of what is bought in the hour before.
        """
        slug = occasion_of(sale.visit_id) if sale.visit_id else None
        event = event_of_slug(slug) if slug else None
        if event is None or event.place_id != sale.till_place_id:
            return None
        at = min(event.starts_at, sale.checkout_began_at)
        return EventClaim(event.editor_id, at, event.title, event.title_it)

    def host_of_code(self, code: str) -> int | None:
        """Whose guests have this code: what it sells online is credited as a code that was typed."""
        perk = perk_of_code(code)
        return perk.event.editor_id if perk is not None else None

    def earned_at(self, event: str) -> Sequence[Earned]:
        """Its host, once it has taken place."""
        found = closed_event(event)
        return [Earned(found.editor_id, found.ends_at)] if found is not None else []

    def takes_place(self, event: str) -> bool:
        """Whether it took place or still may."""
        found = event_of_slug(event)
        return found is not None and found.status != EventStatus.CANCELLED
