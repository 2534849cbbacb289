"""What the screen at the door says, in one way for the page and for the device that has no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.door.models import ScanResult


@dataclass(frozen=True, slots=True)
class Said:
    """A screen: what it says at the top and below, its sign, and how it looks (see `door.css`)."""

    head: str
    line: str
    sign: str
    tone: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen may name. A device fills in what stands in braces."""

    name: str = "{name}"
    since: str = "{since}"
    opens: str = "{opens}"
    title: str = "{title}"
    date: str = "{date}"
    free: str = "{free}"


def say(result: ScanResult, told: Told, *, people: int = 1) -> Said:
    """What is said to whoever stands there."""
    if result == ScanResult.OK:
        if people > 1:
            return Said(_("%(name)s and one more", name=told.name), _("Two seats. Welcome."), "check", "in")
        return Said(told.name, _("One seat. Welcome."), "check", "in")
    free = _("Free seats: %(free)s.", free=told.free)
    return {
        ScanResult.AGAIN: Said(
            _("%(name)s is in already", name=told.name),
            _("Checked in at %(since)s. Is this another guest with the same code?", since=told.since),
            "",
            "twice",
        ),
        ScanResult.NO_SEAT: Said(_("%(name)s has no seat yet", name=told.name), free, "clock", "twice"),
        ScanResult.CANCELLED: Said(
            _("This seat was given back"),
            f"{told.name} – {free}",
            "x",
            "no",
        ),
        ScanResult.WRONG_EVENT: Said(
            _("This seat is for %(date)s", date=told.date), f"{told.title}. {free}", "x", "no"
        ),
        ScanResult.TOO_EARLY: Said(
            _("The doors are not open yet"),
            _("%(name)s is on the list. They open at %(opens)s.", name=told.name, opens=told.opens),
            "clock",
            "twice",
        ),
        ScanResult.UNKNOWN: Said(
            _("We do not know this code"),
            _("It is no ticket of ours. Look for the name, or write them down as a walk-in."),
            "x",
            "no",
        ),
    }[result]


# Why somebody is let in beyond the seats: a tap, not a sentence to be typed while people wait.
REASONS = (
    _l("Somebody who has a seat has not come"),
    _l("There is room to stand"),
    _l("The host wants them there"),
)


def consent_words(shop: str) -> str:
    """What somebody who walks in says yes to; kept as it was said."""
    return _(
        "%(shop)s may keep my name and address as those of a guest, and thank me by e-mail afterwards.",
        shop=shop,
    )


def standing(status: str) -> Any:
    """Where a party of the list stands, in a word for whoever looks for a name."""
    return {
        "seat": "",
        "in": _("In"),
        "waits": _("Waits for a seat"),
        "gone": _("Gave the seat back"),
    }[status]
