"""What stands between an evening and its day, on its pages for staff and host, and on the first page of the
desk."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from events.calendar.models import Event, EventStatus
from events.hitches.queries import with_other_hours, without_host
from events.hitches.showing import fits, hours_on, touched_in
from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job
from storefront.places.models import Place


def waiting_jobs() -> list[Job]:
    """For who may decide: evenings to come that somebody has to look after."""
    if not _may_decide():
        return []
    return [
        Job(
            kind=_("Events"),
            what=_("%(title)s has no host: %(name)s rests or has left", title=one.called, name=_named(one)),
            href=url_for("staff_events.event", event_id=one.id),
            since=one.editor.ended_at or one.changed_at,
            note=one.place.name,
            action=_("Find another host, or call it off"),
            late=True,
        )
        for one in without_host(clock.now())
    ] + [
        Job(
            kind=_("Events"),
            what=_("%(title)s is outside of the store’s new hours", title=one.called),
            href=url_for("staff_events.event", event_id=one.id),
            since=at,
            note=one.place.name,
            action=_("Move it, call it off, or hold it"),
        )
        for one, at in with_other_hours(clock.now())
        if not fits(one)
    ]


def notices(*, event: Event, staff: bool) -> str:
    """Above everything else on the page of an event."""
    now = clock.now()
    if event.starts_at <= now or event.status not in (EventStatus.PROPOSED, EventStatus.APPROVED):
        return ""
    waits = event.status == EventStatus.APPROVED and bool(with_other_hours(now, event.id))
    closed = (waits or (staff and event.status == EventStatus.PROPOSED)) and not fits(event)
    if not event.without_host and not closed:
        return ""
    return render_template(
        "events/hitches/notices.html",
        event=event,
        staff=staff,
        may=staff and _may_decide(),
        named=_named(event),
        hours=hours_on(event) if closed else "",
    )


def in_place(*, place: Place) -> str:
    """Below the days of a store: which evenings its hours touch."""
    touched = touched_in(place.id) if place.is_store else []
    if not touched:
        return ""
    account = current_account()
    links = account is not None and Permission.EVENTS_VIEW in account.permissions
    return render_template("events/hitches/in_place.html", touched=touched, links=links)


def host_link(*, event: Event, staff: bool) -> str:
    """The way to another host, from the page of an event of staff, while it is to come."""
    if (
        not staff
        or event.status != EventStatus.APPROVED
        or event.starts_at <= clock.now()
        or not _may_decide()
    ):
        return ""
    return render_template("events/hitches/link.html", event=event)


def _named(event: Event) -> str:
    return event.editor.name or _("its host")


def _may_decide() -> bool:
    account = current_account()
    return account is not None and Permission.EVENTS_DECIDE in account.permissions
