"""What is sold at an evening: chosen at the till, its host's before any code, and said so on the receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from commissions.accruals.models import Commission
from commissions.bonuses import ports as bonus_ports
from commissions.claims.policy import Reason, Rule
from commissions.claims.queries import receipt_by_number
from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import Event, EventStatus
from events.calendar.running import cancel_event, keep_hours
from events.guests.actions import ask_for_seats, give_back
from events.guests.coming import Coming
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.till.models import TillBasket
from tests.events.conftest import STAFF, TESTS, evening, make_room, make_store
from tests.journeys.shop import Town, found_town, make_editor
from tests.storefront.goods import variant_of
from tests.storefront.test_movements import bring
from tests.storefront.tills import AT, Till

Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int]) -> Town:
    return found_town(work, account)


@pytest.fixture
def amina(work: Work, account: Callable[..., int]) -> int:
    with work():
        return make_editor(account("amina@example.test"), "Amina Sesay", "amina")


@pytest.fixture
def event(town: Town, amina: int, work: Work) -> int:
    """Amina's evening in the store of the till."""
    with work():
        return approved(amina, town.store)


def approved(host: int, place: int) -> int:
    room = make_room(place)
    event = draft_event(actor=TESTS, editor_id=host, draft=evening(place))
    propose_event(actor=TESTS, editor_id=host, event_id=event.id)
    approve_event(actor=STAFF, event_id=event.id, room_id=room, words="")
    return event.id


@pytest.fixture
def till(town: Town, work: Work, client_of: Callable[[int], FlaskClient]) -> Till:
    """Sara's."""
    with work():
        bring(variant_of(town.products["lina-blouse"]), 9, town.store)
    client = client_of(town.sara)
    client.post(f"{AT}/store", data={"place": town.store})
    return Till(client, town.store)


@pytest.fixture
def ring(till: Till, town: Town, work: Work) -> Callable[[], None]:
    def one_blouse() -> None:
        with work():
            blouse = variant_of(town.products["lina-blouse"])
        till.ring(blouse)

    return one_blouse


def hour_of(work: Work, clock: Any, event_id: int, **after: int) -> str:
    """Go to the hour an event begins, or so long after it; the event's slug."""
    with work():
        event = db.session.get_one(Event, event_id)
        clock.advance(seconds=(event.starts_at + timedelta(**after) - clock.now).total_seconds())
        return event.slug


def test_a_sale_of_the_evening_is_its_hosts_before_any_code_and_the_receipt_says_so(
    till, town, event, amina, ring, work, clock, run_jobs, client_of
):
    slug = hour_of(work, clock, event, minutes=30)
    ring()
    assert "One jacket, three ways, with Amina Sesay" in till.page()
    assert till.press("/occasion", ref=slug).status_code == 303
    till.press("/credit", code="giulia")
    assert "Sold at the event" in till.page()
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.EVENT)
        assert {Reason.BY_EVENT, Reason.BEATEN} <= {one.reason for one in receipt.claims}
        (earned,) = db.session.scalars(select(Commission)).all()
        assert earned.editor_id == amina, "the code beside it earns nothing"
        (written,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "till.occasion")).all()
        assert written.after == {"event": slug}
    page = client_of(town.olga).get(f"/staff/receipts/{number}", headers={"Accept-Language": "it"}).text
    assert "Una giacca, tre modi" in page


def test_the_ticket_of_a_guest_says_which_evening_it_is(till, event, amina, ring, work, clock, run_jobs):
    with work():
        coming = Coming(name="Anna Bruni", party=1)
        going, gone = (
            ask_for_seats(actor=TESTS, event_id=event, coming=coming, email=email, language="it").rsvp
            for email in ("anna@example.test", "bea@example.test")
        )
        give_back(actor=TESTS, rsvp=gone)
        ticket, old = going.secret, gone.secret
    hour_of(work, clock, event, minutes=30)
    ring()
    for typed in (old, f"https://shop.example/tickets/{old}", "x" * 301, "not-a-ticket", "/"):
        refused = till.press("/occasion", ref=typed)
        assert refused.status_code in (404, 422) and typed[:300] in refused.text
    with work():
        assert db.session.scalars(select(TillBasket.occasion_ref)).one() is None
    assert till.press("/occasion", ref=f"https://shop.example/tickets/{ticket}").status_code == 303
    assert "One jacket, three ways, with Amina Sesay" in till.page()
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.EVENT)


def test_a_sale_nobody_called_one_of_the_evening_is_none(till, event, ring, work, clock, run_jobs):
    slug = hour_of(work, clock, event, minutes=30)
    ring()
    till.press("/occasion", ref=slug)
    till.press("/occasion", ref="")
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and receipt.editor_id is None
        assert Reason.BY_EVENT not in {one.reason for one in receipt.claims}


@pytest.mark.parametrize(
    ("after", "offered"),
    [
        ({"minutes": -61}, False),
        ({"minutes": -59}, True),
        ({"hours": 2}, True),
        ({"hours": 3, "minutes": 59}, True),
        ({"hours": 4}, False),
    ],
)
def test_the_till_offers_an_event_from_an_hour_before_to_two_after(
    till, event, ring, work, clock, after, offered
):
    slug = hour_of(work, clock, event, **after)
    ring()
    assert ("with Amina Sesay" in till.page()) is offered
    answer = till.press("/occasion", ref=slug)
    assert answer.status_code == (303 if offered else 404)
    assert offered or "No event that goes on here has this ticket." in answer.text
    with work():
        assert db.session.scalars(select(TillBasket.occasion_ref)).one() == (slug if offered else None)


def test_what_is_bought_in_the_hour_before_is_claimed_too(till, event, amina, ring, work, clock, run_jobs):
    slug = hour_of(work, clock, event, minutes=-40)
    ring()
    till.press("/occasion", ref=slug)
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and receipt.editor_id == amina


def test_an_event_of_another_store_or_one_called_off_is_not_offered(till, event, amina, ring, work, clock):
    with work():
        elsewhere = db.session.get_one(Event, approved(amina, make_store("genova"))).slug
        cancel_event(actor=STAFF, event_id=event, words="The lift is broken.")
    slug = hour_of(work, clock, event, minutes=30)
    ring()
    assert "Sold at an event" not in till.page()
    for other in (elsewhere, slug, "../admin"):
        assert till.press("/occasion", ref=other).status_code == 404
    with work():
        assert db.session.scalars(select(TillBasket.occasion_ref)).one() is None


def test_a_host_earns_the_bonus_of_an_event_once_it_is_over(event, amina, work, clock):
    slug = hour_of(work, clock, event, minutes=30)
    with work():
        keep_hours(actor=TESTS)
    with work():
        assert db.session.get_one(Event, event).status == EventStatus.LIVE
        assert bonus_ports.earned_at(slug) == [] == bonus_ports.earned_at("no-such-evening")
        assert (bonus_ports.takes_place(slug), bonus_ports.takes_place("no-such-evening")) == (True, False)
    clock.advance(hours=2)
    with work():
        keep_hours(actor=TESTS)
    with work():
        closed = db.session.get_one(Event, event)
        assert closed.status == EventStatus.CLOSED
        (earned,) = bonus_ports.earned_at(slug)
        assert (earned.editor_id, earned.at) == (amina, closed.ends_at)


def test_a_bonus_of_an_event_that_was_called_off_is_refused(event, work):
    with work():
        slug = db.session.get_one(Event, event).slug
        cancel_event(actor=STAFF, event_id=event, words="The lift is broken.")
    with work():
        assert not bonus_ports.takes_place(slug)
