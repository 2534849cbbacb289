"""The report of one event: for its host, and for staff."""

from __future__ import annotations

from flask import Blueprint, render_template

from editors.membership.guards import current_editor, style_editor
from events.calendar.errors import NoSuchEvent
from events.calendar.models import Event, EventStatus
from events.calendar.queries import event_by_id
from events.reports.figures import figures_of
from events.reports.queries import final_report
from events.reports.showing import shown
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.settings import current

staff = Blueprint("staff_reports", __name__, url_prefix="/staff/events/<int:event_id>/report")
studio = Blueprint("my_reports", __name__, url_prefix="/studio/events/<int:event_id>/report")


@staff.get("", endpoint="report")
@permitted(Permission.EVENTS_VIEW)
def staff_report(event_id: int) -> str:
    """All of it."""
    return _page(_begun(event_id), host=False)


@studio.get("", endpoint="report")
@style_editor
def studio_report(event_id: int) -> str:
    """The same without sums that could tell one guest from another."""
    found = _begun(event_id)
    if found.editor_id != current_editor().id:
        raise NoSuchEvent()
    return _page(found, host=True)


def report_link(*, event: Event, staff: bool) -> str:
    """The way to it, once the event has begun."""
    if event.status not in (EventStatus.LIVE, EventStatus.CLOSED):
        return ""
    return render_template("events/reports/link.html", event=event, here="staff" if staff else "my")


def _page(event: Event, *, host: bool) -> str:
    report = final_report(event.id)
    figures = report.figures if report is not None else figures_of(event)
    return render_template(
        "events/reports/studio_report.html" if host else "events/reports/staff_report.html",
        event=event,
        **shown(event, figures, report, days=current().return_days, host=host),
    )


def _begun(event_id: int) -> Event:
    found = event_by_id(event_id)
    if found.status not in (EventStatus.LIVE, EventStatus.CLOSED):
        raise NoSuchEvent()
    return found
