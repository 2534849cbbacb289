"""Staff: evenings by store, kind and host over some days, as a page and a file; and a month of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from events.calendar.models import Event, EventFormat
from events.overview.asking import moments, month_of, neighbours, span_of
from events.overview.policy import added_up, line_of, weeks_of
from events.overview.queries import Evening, booked_in, evenings_between
from events.proposals.words import format_words
from foundation import clock
from foundation.accounts.guards import permitted
from foundation.accounts.permissions import Permission
from foundation.i18n import pick
from foundation.settings import current
from foundation.web.downloads import sheet_answer
from foundation.web.numbers import asked_number
from storefront.places.queries import stores

bp = Blueprint("staff_evenings", __name__, url_prefix="/staff/events")


@bp.get("/overview")
@permitted(Permission.EVENTS_VIEW)
def overview() -> str:
    """Figures by store, by kind and by host."""
    first, last, evenings = _asked()
    return render_template(
        "events/overview/overview.html",
        first=first,
        last=last,
        whole=line_of(_("All evenings"), evenings),
        groups=[
            (_("By store"), added_up(evenings, lambda one: one.store)),
            (_("By kind"), added_up(evenings, lambda one: format_words()[EventFormat(one.format)])),
            (_("By host"), added_up(evenings, lambda one: one.host)),
        ],
        sheet=f"{url_for('staff_evenings.sheet')}?from={first.isoformat()}&until={last.isoformat()}",
    )


@bp.get("/overview.csv")
@permitted(Permission.EVENTS_VIEW)
def sheet() -> Response:
    """A line for each evening; names are of hosts and stores, never of guests."""
    first, last, evenings = _asked()
    name = f"evenings-{first.isoformat()}-{last.isoformat()}.csv"
    return sheet_answer(_lines(evenings), name)


@bp.get("/month")
@permitted(Permission.EVENTS_VIEW)
def month() -> str:
    """What is booked in a store, or in all of them, day by day; a list on a phone."""
    every = stores()
    wanted = asked_number("store")
    place = next((one for one in every if one.id == wanted), None)
    zone = place.time_zone if place else current().timezone
    today = clock.today(zone)
    first = month_of(request.args.get("month", ""), today)
    before, after = neighbours(first)
    weeks = weeks_of(first.year, first.month)
    by_day: dict[date, list[Event]] = {}
    begins, ends = moments(weeks[0][0], weeks[-1][-1], zone)
    for event in booked_in(place.id if place else None, begins, ends):
        by_day.setdefault(event.local(event.starts_at).date(), []).append(event)
    return render_template(
        "events/overview/month.html",
        place=place,
        stores=[("", _("All stores")), *((str(one.id), one.name) for one in every)] if every else [],
        called=format_date(first, "LLLL yyyy"),
        weekdays=[format_date(day, "EEE") for day in weeks[0]],
        weeks=weeks,
        by_day=by_day,
        this=first.month,
        month=f"{first:%Y-%m}",
        today=today,
        at=lambda day: url_for(
            "staff_evenings.month", store=place.id if place else None, month=f"{day:%Y-%m}"
        ),
        before=before,
        after=after,
        day_words=lambda day: format_date(day, "EEEE d MMMM"),
    )


def _asked() -> tuple[date, date, list[Evening]]:
    zone = current().timezone
    first, last = span_of(request.args, clock.today(zone))
    return first, last, evenings_between(*moments(first, last, zone))


def _lines(evenings: list[Evening]) -> Iterator[list[str]]:
    head = [_("Day"), _("Evening"), _("Kind"), _("Store"), _("Host"), _("Seats"), _("Going"), _("Present")]
    yield [*head, _("Absent"), _("Waited"), _("Waited and came")]
    for one in evenings:
        words = [
            one.starts_at.astimezone(ZoneInfo(one.time_zone)).date().isoformat(),
            pick(one.title, one.title_it),
            format_words()[EventFormat(one.format)],
            one.store,
            one.host,
        ]
        figures = [one.capacity, one.going, one.came, one.absent, one.waited, one.waited_and_came]
        yield [*words, *map(str, figures)]
