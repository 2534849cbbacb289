"""Guests in the reader’s words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from events.guests.models import Rsvp, RsvpSource, RsvpStatus
from foundation.web.formats import moment

TONES = {
    RsvpStatus.INVITED: "",
    RsvpStatus.PENDING: "warn",
    RsvpStatus.GOING: "good",
    RsvpStatus.WAITLISTED: "",
    RsvpStatus.OFFERED: "warn",
    RsvpStatus.DECLINED: "bad",
    RsvpStatus.CANCELLED: "",
    RsvpStatus.ATTENDED: "good",
    RsvpStatus.NO_SHOW: "",
}


def status_words(rsvp: Rsvp) -> str:
    """Where somebody stands, for host and staff."""
    if rsvp.lapsed:
        return _("Let the offer pass")
    if rsvp.released:
        return _("Did not confirm")
    if rsvp.status == RsvpStatus.GOING and rsvp.confirmed_at:
        return _("Confirmed")
    return {
        RsvpStatus.INVITED: _("Invited"),
        RsvpStatus.PENDING: _("Would like to come"),
        RsvpStatus.GOING: _("Asked whether they come") if rsvp.asked else _("Will come"),
        RsvpStatus.WAITLISTED: _("Waits"),
        RsvpStatus.OFFERED: _("A seat is offered"),
        RsvpStatus.DECLINED: _("Declined"),
        RsvpStatus.CANCELLED: _("Seat given back"),
        RsvpStatus.ATTENDED: _("Came"),
        RsvpStatus.NO_SHOW: _("Did not come"),
    }[RsvpStatus(rsvp.status)]


def standing_words(rsvp: Rsvp, *, host: str, place: int, zone: str, online: bool = False) -> tuple[str, str]:
    """The same for the guest: a line, and what it means."""
    if rsvp.lapsed:
        return _("The seat went on"), _("You did not say yes in time, so somebody else was asked.")
    if rsvp.released:
        return (
            _("The seat went on"),
            _("Nobody confirmed it the day before, so somebody else was asked. You can ask for one again."),
        )
    if rsvp.status == RsvpStatus.OFFERED and rsvp.open_to_all:
        return (
            _("A seat is free"),
            _("Everybody who waits can take it now. Whoever says yes first has it."),
        )
    until = moment(rsvp.offered_until, "day", zone=zone)
    return {
        RsvpStatus.INVITED: (
            _("%(host)s invites you", host=host),
            _("Say yes, and a seat is kept for you as long as there are seats. No is fine, too."),
        ),
        RsvpStatus.PENDING: (
            _("%(host)s answers you", host=host),
            _("Every guest is looked at. We write to you as soon as there is an answer."),
        ),
        RsvpStatus.GOING: (
            ngettext("Your seat is kept", "Your seats are kept", rsvp.party),
            _("You join from this page: no code to show, no account to make.")
            if online
            else _("Show this page at the door, on your phone or on paper."),
        ),
        RsvpStatus.WAITLISTED: (
            _("You are number %(place)s in the line", place=place),
            _("When a seat is free that fits you, we write at once. Nobody is put before you in secret."),
        ),
        RsvpStatus.OFFERED: (
            ngettext("A seat is free for you", "Two seats are free for you", rsvp.party),
            ngettext(
                "We keep it until %(until)s. After that it goes to whoever is next.",
                "We keep them until %(until)s. After that they go to whoever is next.",
                rsvp.party,
                until=until,
            ),
        ),
        RsvpStatus.DECLINED: (
            _("Not this time"),
            _("%(host)s cannot welcome everybody who asked. There will be other evenings.", host=host),
        ),
        RsvpStatus.CANCELLED: (
            _("Your seat is given back"),
            _("Thank you for telling: somebody who waits is glad of it."),
        ),
        RsvpStatus.ATTENDED: (_("You are in"), _("Have a good time.")),
        RsvpStatus.NO_SHOW: (_("We missed you"), _("There will be other evenings.")),
    }[RsvpStatus(rsvp.status)]


def source_words(source: str) -> str:
    """Who wrote them down."""
    return {
        RsvpSource.WEB: _("by themselves"),
        RsvpSource.STAFF: _("by the store"),
        RsvpSource.HOST: _("by the host"),
        RsvpSource.IMPORT: _("by an import"),
        RsvpSource.WALKIN: _("at the door"),
    }[RsvpSource(source)]
