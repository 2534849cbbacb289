"""All evenings together: figures beside a count by hand, a file without formulas, the month of a store."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest

from events.calendar.models import Event, EventStatus
from events.overview.asking import month_of, neighbours, span_of
from events.overview.policy import added_up, weeks_of
from events.overview.queries import evenings_between
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.commissions.conftest import make_staff
from tests.events.conftest import account_of
from tests.events.test_door import at_the_door, saw, tell, tonight
from tests.events.test_guests import ask, booked

__all__ = ["booked", "tonight"]


@pytest.fixture
def two(work, booked, tonight) -> tuple[int, int]:
    """An evening with three of four seats used and one from the waiting list, and one to come."""
    later = booked(days=17, title="=SUM(A1)", title_it=None)
    first = tonight(capacity=3)
    with work():
        ada, bea, cleo = ask(first, "ada", 2), ask(first, "bea"), ask(first, "cleo")
        tell(first, saw(ada, people=1), saw(cleo, insists=True, reason="Room"))
        assert bea.status == "going"
        at_the_door(first, "Zoe", reason="Room")
        db.session.get_one(Event, first).status = EventStatus.LIVE
    return first, later


def test_lines_are_what_a_hand_adds_up(work, two, clock):
    now = shop_clock.now()
    with work():
        (one,) = evenings_between(now - timedelta(days=1), now + timedelta(days=1))
        assert (one.capacity, one.going, one.came, one.absent) == (3, 3, 3, 1)
        assert (one.waited, one.waited_and_came) == (1, 1)
    (line,) = added_up([one, one], lambda evening: evening.store)
    assert (line.name, line.evenings, line.seats, line.going, line.came) == ("Via Lagrange", 2, 6, 6, 6)
    assert (line.absent_bps, line.waited_bps) == (3333, 10_000)
    assert added_up([], lambda evening: evening.host) == []


def test_days_and_months_that_are_none_are_the_usual():
    today = date(2026, 3, 12)
    usual = (date(2025, 3, 12), today)
    for asked in ({}, {"from": "x"}, {"from": "2026-04-01"}, {"from": "1900-01-01", "until": "0000-00-00"}):
        assert span_of(asked, today) == usual
    assert span_of({"from": "2026-03-01", "until": "2026-03-02"}, today) == (
        date(2026, 3, 1),
        date(2026, 3, 2),
    )
    assert month_of("2026-02", today) == date(2026, 2, 1) and month_of("2026-13", today) == date(2026, 3, 1)
    assert neighbours(date(2026, 1, 1)) == (date(2025, 12, 1), date(2026, 2, 1))
    weeks = weeks_of(2026, 3)
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 2, 23), date(2026, 4, 5))


def test_staff_read_it_as_a_page_a_file_and_a_month(work, two, host, store, client_of, clock):
    first, later = two
    with work():
        staff, mine = client_of(make_staff("Paola", Role.STORE)), client_of(account_of(host))
    page = staff.get("/staff/events/overview?until=2026-12-31").text
    assert (
        "By store" in page
        and "Via Lagrange" in page
        and "Giulia Ferri" in page
        and re.search(r"33\.3+%", page)
    )
    empty = staff.get("/staff/events/overview?from=2024-01-01&until=2024-02-01").text
    assert "No evening in these days" in empty
    with work():
        db.session.get_one(Event, later).status = EventStatus.CLOSED
    sheet = staff.get("/staff/events/overview.csv?until=2026-12-31")
    rows = list(csv.reader(io.StringIO(sheet.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows[1][:3] == ["2026-03-12", "One jacket, three ways", "Styling evening"]
    assert rows[1][3:] == ["Via Lagrange", "Giulia Ferri", "3", "3", "3", "1", "1", "1"]
    assert rows[2][1] == "'=SUM(A1)" and "Ada" not in sheet.text
    month = staff.get(f"/staff/events/month?store={store}&month=2026-03").text
    assert "One jacket, three ways" in month and "18:00–20:00" in month
    assert "Shop floor, Giulia Ferri" in month and "Via Lagrange, Shop floor" not in month
    everywhere = staff.get("/staff/events/month?month=2026-03").text
    assert "All stores" in everywhere and "Via Lagrange, Shop floor, Giulia Ferri" in everywhere
    assert "Nothing is booked" in staff.get(f"/staff/events/month?store={store}&month=2026-07").text
    assert staff.get("/staff/events/month?store=999&month=never").status_code == 200
    assert "Overview" in staff.get("/staff/events").text
    for page in ("overview", "overview.csv", "month"):
        assert mine.get(f"/staff/events/{page}").status_code == 403
    assert first
