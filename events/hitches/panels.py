"""What stands between an evening and its day, on its pages for staff and host, and on the first page of the
desk."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _

from events.calendar.models import Event, EventStatus
from events.hitches.queries import without_host
from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job


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
    ]


def notices(*, event: Event, staff: bool) -> str:
    """Above everything else on the page of an event."""
    if not event.without_host or event.starts_at <= clock.now():
        return ""
    return render_template(
        "events/hitches/notices.html",
        event=event,
        staff=staff,
        may=staff and _may_decide(),
        named=_named(event),
    )


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
