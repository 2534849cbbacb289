"""Clicks by month and by day: added up once, thrown away after a year, and no figure changes by it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, insert, select, text

from commissions.claims import words
from commissions.claims.queries import receipt_by_number
from commissions.clicks import days
from commissions.clicks.days import next_day, roll_up
from commissions.clicks.jobs import keep_clicks_nightly
from commissions.clicks.models import BaggedPiece, Click, DayClicks, RolledDay
from commissions.clicks.months import REST, drop_months, make_months, month_of, months_there, name_of
from commissions.clicks.policy import Device, Source
from commissions.missing.queries import clicks_towards
from commissions.results.among import Counted
from commissions.results.policy import Cut, Span
from commissions.results.queries import days_of, results_by
from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.membership.models import Editor
from foundation import clock as shop_clock
from foundation.db import db
from storefront.orders.models import Order
from tests.commissions.sales import TESTS, click, sell, tell_paid
from tests.editors.conftest import make_look
from tests.races import at_once, meeting, without_unique

ROME = "Europe/Rome"
DAYS = 75


@pytest.fixture(autouse=True)
def tidy(work):
    """Months that a test made are gone after it."""
    with work():
        there = set(months_there())
    yield
    with work():
        for made in set(months_there()) - there:
            db.session.execute(text(f"DROP TABLE {name_of(made)}"))


@pytest.fixture
def busy(shop, work, clock) -> dict[str, int]:
    """Clicks of seventy-five days, over two changes of month and one of the clock; an order among them."""
    chance = random.Random(5)
    clock.advance(days=40)  # into April: the clocks were put forward on 29 March
    with work():
        now = shop_clock.now()
        looks = [make_look(shop.editor_id, [shop.product_id], f"Look {one}") for one in range(2)]
        links = [
            make_link(actor=TESTS, editor_id=shop.editor_id, target=LinkTarget.LOOK, look_id=look).id
            for look in looks
        ]
        rows = [
            {
                "link_id": links[place],
                "editor_id": shop.editor_id,
                "look_id": chance.choice((looks[place], None)),
                "product_id": chance.choice((shop.product_id, None)),
                "visit_id": f"visit-{number}",
                "visitor_hash": number.to_bytes(16, "big"),
                "hour": at.replace(minute=0, second=0, microsecond=0),
                "first_at": at,
                "last_at": at,
                "own": own,
                "counted": not own and chance.random() < 0.8,
                "device": chance.choice((*Device, None)),
                "country": chance.choice(("IT", "FR", None)),
            }
            for number in range(300)
            for place in [chance.randrange(2)]
            for own in [chance.random() < 0.1]
            for at in [now - timedelta(minutes=chance.randrange(DAYS * 24 * 60))]
        ]
        db.session.execute(insert(Click), rows)
        for one in db.session.scalars(select(Click).order_by(Click.id).limit(20)):
            bagged = {"click_id": one.id, "link_id": one.link_id, "look_id": one.look_id, "at": one.first_at}
            more = {"product_id": shop.product_id, "editor_id": shop.editor_id}
            db.session.execute(insert(BaggedPiece), bagged | more)
        order = sell(shop.product_id)
        for start in (month_of(now), datetime(now.year, now.month, 1, tzinfo=ZoneInfo(ROME))):
            for beside in (-1, 0, 1):
                hit = start + timedelta(microseconds=beside)
                shop_clock_row = rows[0] | {
                    "visit_id": f"midnight-{start.utcoffset()}-{beside}",
                    "visitor_hash": f"{start.utcoffset()} {beside}".encode()[:16],
                    "hour": hit.astimezone(UTC).replace(minute=0, second=0, microsecond=0),
                    "first_at": hit,
                    "last_at": hit,
                }
                db.session.execute(insert(Click), shop_clock_row)
    return {"editor": shop.editor_id, "order": order}


def figures(work, busy) -> list[object]:
    """Every figure that pages show of clicks."""
    with work():
        today = shop_clock.now().astimezone(ZoneInfo(ROME)).date()
        whole, part = Span(today - timedelta(days=90), today), Span(today - timedelta(days=41), today)
        found = days_of(busy["editor"], "EUR", ROME, [whole, part])
        cuts = [
            results_by(cut, busy["editor"], "EUR", ROME, [whole, part]) for cut in Cut if cut is not Cut.DAY
        ]
        since = datetime(part.first.year, part.first.month, part.first.day, tzinfo=ZoneInfo(ROME))
        among = Counted().done([busy["editor"]], since, shop_clock.now() + timedelta(days=1))
        towards = clicks_towards(busy["editor"], busy["order"], ROME, part.first, part.last)
        assert found[0].whole.clicks > 100
        assert towards > 0
        return [found, cuts, among, towards]


def nightly(app) -> None:
    with app.app_context():
        keep_clicks_nightly()


def count(work, what) -> int:
    with work():
        return db.session.scalar(select(func.count()).select_from(what))


def test_added_up_or_thrown_away_no_figure_of_clicks_changes(busy, app, work, clock):
    before, raw = figures(work, busy), count(work, Click)
    nightly(app)
    rolled = count(work, RolledDay)
    assert rolled >= DAYS
    assert figures(work, busy) == before
    with work():
        sums = db.session.execute(
            select(func.sum(DayClicks.clicks + DayClicks.own + DayClicks.again))
        ).scalar_one()
        until = db.session.scalar(select(func.max(RolledDay.until)))
        assert sums == db.session.scalar(select(func.count()).where(Click.first_at < until))
        assert db.session.scalar(select(func.count(DayClicks.device.distinct()))) == 3
    nightly(app)
    assert count(work, RolledDay) == rolled, "a second run finds nothing to do"
    with work():
        drop_months(actor=TESTS, kept=0)
    assert count(work, Click) < raw
    assert figures(work, busy) == before


def test_what_is_not_added_up_is_never_thrown_away(busy, app, work, clock):
    raw = count(work, Click)
    with work():
        assert drop_months(actor=TESTS, kept=0) == []
    assert count(work, Click) == raw
    clock.advance(days=500)
    nightly(app)
    assert count(work, Click) == 0
    with work():
        assert months_there()[0] >= month_of(shop_clock.now(), -13)


def test_a_click_of_a_month_nobody_made_is_kept_and_moves_into_its_month(shop, work, clock):
    clock.advance(days=200)
    with work():
        click(shop.code, "visit-1")
        assert db.session.scalar(text(f"SELECT count(*) FROM {REST}")) == 1
        month = month_of(shop_clock.now())
        assert name_of(month) in make_months(actor=TESTS)
        assert make_months(actor=TESTS) == []
        assert db.session.scalar(text(f"SELECT count(*) FROM {REST}")) == 0
        assert db.session.scalar(text(f"SELECT count(*) FROM {name_of(month)}")) == 1
        click(shop.code, "visit-1")
        assert db.session.scalar(text("SELECT count(*) FROM clicks")) == 1, (
            "one of a visit and hour, as before"
        )


def test_a_receipt_explains_itself_when_its_click_is_gone(shop, app, work, clock, client_of):
    with work():
        click(shop.code, "visit-1", source=Source("instagram.com", Device.PHONE, "IT"))
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        db.session.get_one(Order, order).number = "V-77001"
        tell_paid(order)
        giulia = db.session.get_one(Editor, shop.editor_id).account_id

    def told() -> list[words.Row]:
        found = receipt_by_number("V-77001")
        assert found is not None
        return words.rows(found, None)

    with work():
        before = told()
    assert "instagram.com" in before[0].source
    clock.advance(days=500)
    nightly(app)
    assert count(work, Click) == 0
    with work():
        assert told() == before
    assert client_of(giulia).get("/studio/orders/V-77001").status_code == 200


def sum_of_a_day(work) -> int:
    with work():
        return int(db.session.scalar(select(func.sum(DayClicks.clicks))) or 0)


def yesterday(shop, work, clock) -> None:
    with work():
        click(shop.code, "visit-1")
    clock.advance(days=1, hours=3)


def roll() -> None:
    roll_up(actor=TESTS, zone=ROME)


def test_two_workers_who_add_up_the_same_day_at_once_count_it_once(shop, app, work, clock, monkeypatch):
    yesterday(shop, work, clock)
    monkeypatch.setattr(days, "next_day", meeting(next_day))
    assert at_once(app, roll, roll) == []
    assert sum_of_a_day(work) == 1


def test_without_the_row_of_the_day_it_would_be_counted_twice(shop, app, work, clock, monkeypatch):
    """The twin: both looked before either wrote, and nothing says that the day is taken."""
    yesterday(shop, work, clock)
    monkeypatch.setattr(days, "next_day", meeting(next_day))
    with without_unique(work, "pk_rolled_days"):
        assert at_once(app, roll, roll) == []
        assert sum_of_a_day(work) == 2
        with work():
            db.session.execute(text("TRUNCATE day_clicks"))
