"""What an evening tells the rule for hosts: who came, and what was bought that nobody earns by."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from commissions.claims.models import Receipt
from commissions.hosting import actions, jobs
from commissions.hosting.actions import RuleDraft
from commissions.hosting.models import HostReward
from commissions.statements.proof import verify
from editors.membership.models import Editor
from events.calendar.models import Event, EventStatus
from events.calendar.running import cancel_event, keep_hours
from events.door.closing import close_doors
from events.reports.counting import count_sales, freeze
from events.rewards.queries import over_of, over_since
from foundation import clock as shop_clock
from foundation.accounts.models import Account
from foundation.db import db
from storefront.orders.models import Order
from tests.events.conftest import STAFF, TESTS
from tests.events.test_door import saw, tell, tonight
from tests.events.test_guest_pages import people
from tests.events.test_guests import ask, booked
from tests.events.test_reports import buy

__all__ = ["booked", "buy", "people", "tonight"]
DAYS = 30


def rule(**more: object) -> None:
    values: dict[str, object] = {"currency": "EUR", "begins": shop_clock.now(), "reason": "A first season"}
    actions.begin_rule(actor=TESTS, draft=RuleDraft(**values | more))  # type: ignore[arg-type]


def credited(order_id: int, editor_id: int) -> None:
    """Somebody earns a commission by an order."""
    db.session.add(
        Receipt(
            order_id=order_id,
            order_number=db.session.get_one(Order, order_id).number,
            editor_id=editor_id,
            rule="code",
            window_days=30,
            cookie_days=30,
            checkout_began_at=shop_clock.now(),
            decided_at=shop_clock.now(),
        )
    )
    db.session.flush()


def test_a_share_is_of_what_guests_kept_and_nobody_is_credited_for_nor_the_host_bought(
    app, work, tonight, host, store, buy, clock, people
):
    with work():
        rule(rate_bps=1000)
    clock.advance(minutes=1)
    event_id = tonight(capacity=5)
    with work():
        event = db.session.get_one(Event, event_id)
        begins, ends, slug = event.starts_at, event.ends_at, event.slug
        account = db.session.get_one(Editor, host).account_id
        own = db.session.get_one(Account, account).email
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea", 2)
        tell(event_id, saw(ada), saw(bea))
        myself = ask(event_id, "host")
        myself.email = own
        tell(event_id, saw(myself))
        assert over_of(slug) is None and over_since(begins - timedelta(days=1)) == [], "it is not over"
    hour = timedelta(hours=1)
    plain = buy("ada", 122_00, begins + hour, till_place_id=store)
    earned_by_another = buy("bea", 244_00, begins + hour, till_place_id=store)
    bought_by_host = buy("host", 366_00, begins + hour, till_place_id=store)
    with work():
        db.session.get_one(Order, bought_by_host).email = own
        credited(earned_by_another, host)
    studio, _paola, _reads = people
    clock.freeze(ends + timedelta(hours=3))
    with work():
        keep_hours(actor=TESTS)
        close_doors(actor=TESTS)
        count_sales(return_days=DAYS)
    with work():
        told = over_of(slug)
        assert told is not None and (told.guests, dict(told.nets), told.final) == (3, {"EUR": 100_00}, False)
        assert told.agreed_at < begins and told.place_id == store
    shown = studio.get(f"/studio/events/{event_id}").text
    assert "As it is counted now: €10.00." in shown and "once the report is final" in shown
    with app.app_context():
        assert jobs.give_what_is_due() == 0
    clock.freeze(ends + timedelta(days=40))
    with work():
        count_sales(return_days=DAYS)
        freeze(actor=TESTS, return_days=DAYS)
    with app.app_context():
        assert jobs.give_what_is_due() == 1
    with work():
        given = db.session.scalars(select(HostReward)).one()
        assert (given.editor_id, given.amount_minor, given.net_minor) == (host, 10_00, 100_00)
        assert {plain} == {
            one for one in (plain, earned_by_another) if not db.session.scalars(
                select(Receipt.id).where(Receipt.order_id == one)).all()
        }  # fmt: skip
        assert verify().ok
    shown = studio.get(f"/studio/events/{event_id}", headers={"Accept-Language": "it"}).text
    assert "10,00\xa0€" in shown and "Per aver ospitato" in shown
    assert "Hosting: One jacket, three ways" in studio.get("/studio/earnings").text


def test_hosts_read_the_promise_where_they_propose_and_an_evening_called_off_gives_nothing(
    app, work, proposed, booked, clock, people
):
    studio, paola, _reads = people
    waits = proposed(days=12)
    assert "For hosting" not in studio.get(f"/studio/events/{waits}").text
    with work():
        rule(each_minor=5_00, most_minor=60_00)
    clock.advance(minutes=1)
    shown = studio.get(f"/studio/events/{waits}").text
    assert "You are given €5.00 for each guest who comes, €60.00 at most." in shown
    assert "What was promised when the store says yes holds." in shown
    assert "For hosting" not in paola.get(f"/staff/events/{waits}").text, "a store reads no rates"
    event_id = booked(days=9)
    with work():
        cancel_event(actor=STAFF, event_id=event_id, words="The lift is broken.")
    assert "For hosting" not in studio.get(f"/studio/events/{event_id}").text
    clock.advance(days=40)
    with work():
        db.session.execute(update(Event).where(Event.id == waits).values(status=EventStatus.DRAFT))
    with app.app_context():
        assert jobs.give_what_is_due() == 0
    with work():
        assert db.session.scalars(select(HostReward)).all() == []


def test_the_longest_address_is_rewarded_too_and_a_host_is_no_guest_of_theirs(
    app, work, tonight, host, clock
):
    with work():
        rule(each_minor=5_00)
    clock.advance(minutes=1)
    event_id = tonight(capacity=5, title="W" * 120)
    with work():
        event = db.session.get_one(Event, event_id)
        ends, slug = event.ends_at, event.slug
        assert len(slug) > 80
        myself = ask(event_id, "host", 2)
        myself.email = db.session.get_one(Account, db.session.get_one(Editor, host).account_id).email
        tell(event_id, saw(myself), saw(ask(event_id, "ada", 2)))
    clock.freeze(ends + timedelta(hours=3))
    with work():
        keep_hours(actor=TESTS)
        close_doors(actor=TESTS)
    clock.freeze(ends + timedelta(days=8))
    with app.app_context():
        assert jobs.give_what_is_due() == 1
    with work():
        given = db.session.scalars(select(HostReward)).one()
        assert (given.event, given.guests, given.amount_minor) == (slug, 3, 15_00)
        assert verify().ok
