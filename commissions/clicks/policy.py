"""What is a visit by a person, and how a person is recognised for a day without being known."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from foundation.web.readers import counts, is_bot

__all__ = ["counts", "is_bot"]
DIGEST = 16
SIGNATURE = 12
LONGEST_HOST = 100
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Silk/|Kindle|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Windows Phone")
# A name with a top level of letters: an address in figures may be somebody's own machine.
_HOST = re.compile(r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_NOWHERE = frozenset({"XX", "ZZ"})  # what proxies write where they do not know, or nobody may


class Device(StrEnum):
    """On what somebody reads, as coarsely as can be."""

    PHONE = "phone"
    TABLET = "tablet"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a click came from: host of the page before, kind of device, country. None: unknown."""

    referrer: str | None = None
    device: Device | None = None
    country: str | None = None


def source_of(headers: Callable[[str], str | None], *, host: str, country_header: str | None) -> Source:
    """What a request says of where it comes from, and no more of it than is kept.

    `host` is the shop's own, which is no source. `country_header` is what a proxy of ours writes, if any.
    """
    country = (headers(country_header) or "").strip().upper() if country_header else ""
    known = _COUNTRY.fullmatch(country) and country not in _NOWHERE
    return Source(
        _host_of(headers("Referer") or "", host),
        device_of(headers("User-Agent") or ""),
        country if known else None,
    )


def device_of(user_agent: str) -> Device:
    """The kind of device a browser says it runs on; what does not say stands on a desk."""
    if _TABLET.search(user_agent):
        return Device.TABLET
    return Device.PHONE if _PHONE.search(user_agent) else Device.DESK


def _host_of(referrer: str, own: str) -> str | None:
    try:
        found = urlsplit(referrer).hostname or ""
    except ValueError:
        return None
    known = len(found) <= LONGEST_HOST and _HOST.fullmatch(found) and found != own.partition(":")[0]
    return found.removeprefix("www.") if known else None


def visitor_hash(salt: bytes, address: str, user_agent: str) -> bytes:
    """A name for a visitor that holds for a day: a hash of address and browser, neither of them kept, under
    the random salt of that day. Once the salt is gone nobody can try addresses against it.
    """
    message = f"{address}\n{user_agent}".encode()
    return hmac.digest(salt, message, hashlib.sha256)[:DIGEST]


def hour_of(moment: datetime) -> datetime:
    """The full hour a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def via_token(secret: str, code: str, visitor: bytes) -> str:
    """What the link's address carries, in case the browser loses the cookie on the way.

    It names the link and nothing of the visit: whoever pastes the address begins a visit of their own. It is
    signed together with the visitor's hash of the day, which is not in it: copied to somebody elsewhere, or
    used tomorrow, it opens nothing.
    """
    return f"{code}.{_signature(secret, code, visitor)}"


def read_via(secret: str, token: str, visitor: bytes) -> str | None:
    """The code of a token that is ours, of today and this visitor's; None for any other text."""
    if len(token) > 80 or not token.isascii() or token.count(".") != 1:
        return None
    code, signature = token.split(".")
    if not hmac.compare_digest(signature, _signature(secret, code, visitor)):
        return None
    return code


def _signature(secret: str, code: str, visitor: bytes) -> str:
    message = f"{code}.".encode() + visitor
    return hmac.digest(secret.encode() + b"clicks.via", message, hashlib.sha256).hex()[: 2 * SIGNATURE]
