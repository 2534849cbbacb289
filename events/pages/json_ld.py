"""An event as search engines read it (schema.org Event)."""

from __future__ import annotations

from typing import Any

from events.calendar.models import Event, EventStatus
from foundation import settings


def event_data(event: Event, url: str, host_url: str, image: str) -> dict[str, Any]:
    """A public event, with its address and that of its host. Its times carry the distance of the store's
    clock from UTC on that day."""
    shop = settings.current()
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.called,
        "description": event.says,
        "url": url,
        "image": image,
        "startDate": event.local(event.starts_at).isoformat(),
        "endDate": event.local(event.ends_at).isoformat(),
        "eventStatus": "https://schema.org/"
        + ("EventCancelled" if event.status == EventStatus.CANCELLED else "EventScheduled"),
        "eventAttendanceMode": "https://schema.org/"
        + ("OnlineEventAttendanceMode" if event.online else "OfflineEventAttendanceMode"),
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": event.capacity,
        "location": _location(event, url),
        "organizer": {"@type": "Organization", "name": shop.shop_name, "url": shop.base_url},
        **_performer(event, host_url),
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": shop.currency, "url": url},
    }


def _performer(event: Event, host_url: str) -> dict[str, Any]:
    """Who hosts it; nobody while somebody else is looked for."""
    if event.without_host:
        return {}
    return {"performer": {"@type": "Person", "name": event.editor.name, "url": host_url}}


def _location(event: Event, url: str) -> dict[str, Any]:
    """The store; or of what is online its page, never the link to join by."""
    if event.online:
        return {"@type": "VirtualLocation", "url": url}
    place = event.place
    return {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressCountry": place.country,
        },
    }
