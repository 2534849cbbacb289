"""Many at the same moment: never more people than seats, nobody moved twice; and twins that go wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from events.calendar import actions as calendar_actions
from events.calendar.models import Event
from events.guests import actions, hosting, moving, seats
from events.guests import at_once as quick
from events.guests.at_once import take_free_seat
from events.guests.coming import Coming
from events.guests.errors import FewerThanGuests, NotOpen, OfferOver, TooManyPeople
from events.guests.models import Rsvp, RsvpStatus
from foundation.accounts.models import Account
from foundation.audit.models import AuditRow
from foundation.db import db, lock_rows
from foundation.privacy.actions import forget
from tests.editors.conftest import make_editor
from tests.events.conftest import STAFF, TESTS, account_of
from tests.events.test_guests import S, ask, booked, standing, taken
from tests.races import at_once, blocking, meeting, read_without_lock, until

__all__ = ["booked"]


PROOF = "CHECK (seats_taken BETWEEN 0 AND capacity)"


def people(event_id: int, *status: RsvpStatus) -> int:
    chosen = select(func.coalesce(func.sum(Rsvp.party), 0)).where(
        Rsvp.event_id == event_id, Rsvp.status.in_(status)
    )
    return int(db.session.scalar(chosen) or 0)


@contextmanager
def unproved(work: Callable) -> Iterator[None]:
    """The database does not count what is taken meanwhile."""
    with work():
        db.session.execute(text("ALTER TABLE events DROP CONSTRAINT ck_events_seats"))
    try:
        yield
    finally:
        with work():
            db.session.execute(update(Event).values(seats_taken=0))
            db.session.execute(text(f"ALTER TABLE events ADD CONSTRAINT ck_events_seats {PROOF}"))


def press(event_id: int, name: str, people: int = 1) -> None:
    """As the form of the web does it: a seat in one statement, or the longer way."""
    wish = {
        "actor": TESTS,
        "event_id": event_id,
        "email": f"{name}@example.test",
        "language": "en",
        "coming": Coming(name=name.title(), party=people, plus_one="Ugo" if people > 1 else ""),
        "account_id": None,
    }
    if take_free_seat(**wish) is None:
        actions.ask_for_seats(**wish)


@pytest.mark.parametrize("way", [press, ask])
def test_forty_for_the_last_seat_three_times_over(work, booked, app, way):
    for days in (8, 9, 10):
        event_id = booked(capacity=5, days=days)
        with work():
            ask(event_id, "ada", 2), ask(event_id, "bea", 2)
        several = [partial(way, event_id, f"guest{n}", 1 + n % 2) for n in range(40)]
        for some in (several[:20], several[20:]):
            assert at_once(app, *some) == []
        with work():
            assert taken(event_id) == 5 and people(event_id, S.GOING) == 5
            assert db.session.scalar(select(func.count()).where(Rsvp.event_id == event_id)) == 42
            numbers = db.session.scalars(
                select(Rsvp.queue_number).where(Rsvp.status == S.WAITLISTED, Rsvp.event_id == event_id)
            ).all()
            assert sorted(numbers) == list(range(1, 40))


def test_without_the_lock_the_database_refuses_and_without_its_proof_two_have_one_seat(
    work, booked, app, monkeypatch
):
    first, second = booked(capacity=1), booked(capacity=1, days=11)
    monkeypatch.setattr(calendar_actions, "lock_rows", meeting(read_without_lock))
    met = at_once(app, lambda: ask(first, "ada"), lambda: ask(first, "bea"))
    assert ["ck_events_seats" in str(error) for error in met] == [True]
    with work():
        assert people(first, S.GOING) == taken(first) == 1
    with unproved(work):
        assert at_once(app, lambda: ask(second, "ada"), lambda: ask(second, "bea")) == []
        with work():
            assert people(second, S.GOING) == 2


def test_one_address_twice_at_once_stands_on_the_list_once(work, booked, app, monkeypatch):
    event_id = booked(capacity=5)
    assert at_once(app, *[lambda: ask(event_id, "ada")] * 6) == []
    with work():
        assert db.session.scalar(select(func.count()).where(Rsvp.event_id == event_id)) == 1
        assert taken(event_id) == 1
    other = booked(capacity=5, days=11)
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    met = at_once(app, *[blocking(lambda: ask(other, "ada"))] * 2)
    assert [type(error) for error in met] == [IntegrityError]


def test_one_address_twice_at_once_by_the_web_has_one_seat_and_without_the_lock_an_error(
    work, booked, app, monkeypatch
):
    first, second = booked(capacity=5), booked(capacity=5, days=11)
    assert at_once(app, *[lambda: press(first, "ada")] * 6) == []
    with work():
        assert (taken(first), standing(first)) == (1, {"ada": "going"})
    monkeypatch.setattr(quick, "hold_event", lambda _event_id: None)
    met = at_once(app, *[blocking(lambda: press(second, "ada"))] * 2)
    assert [type(error) for error in met] == [UniqueViolation]


def test_a_seat_in_one_statement_is_the_same_as_the_longer_way(work, booked):
    """Rows, counter, what is written down and what is told, side by side."""
    told = []
    for days, way in ((8, press), (9, ask)):
        event_id = booked(capacity=3, days=days)
        with work():
            for name, number in (("ada", 2), ("bea", 1), ("cleo", 1), ("ada", 1)):
                way(event_id, name, number)
            rows = db.session.execute(
                select(*(one for one in Rsvp.__table__.c if one.name not in ("id", "event_id", "secret")))
                .where(Rsvp.event_id == event_id)
                .order_by(Rsvp.id)
            ).all()
            ids = db.session.scalars(select(Rsvp.id).where(Rsvp.event_id == event_id).order_by(Rsvp.id)).all()
            noted = db.session.execute(
                select(AuditRow.action, AuditRow.actor_label, AuditRow.after)
                .where(AuditRow.subject_type == "rsvp", AuditRow.subject_id.in_(ids))
                .order_by(AuditRow.id)
            ).all()
            facts = db.session.execute(
                text(
                    "SELECT task_name, args -> 'fact' ->> 'status', args -> 'fact' ->> 'turn',"
                    " args -> 'fact' ->> 'was' FROM procrastinate_jobs"
                    " WHERE (args -> 'fact' ->> 'event_id')::bigint = :event ORDER BY id"
                ),
                {"event": event_id},
            ).all()
            told.append((rows, noted, facts, taken(event_id)))
    assert told[0] == told[1] and len(told[0][0]) == 3 and len(told[0][2]) >= 3


@pytest.mark.parametrize(
    ("spoiled", "raised"),
    [
        ({"status": "cancelled"}, NotOpen),
        ({"starts_at": text("starts_at - interval '30 days'")}, NotOpen),
        ({"most_party": 1}, TooManyPeople),
        ({"admission": "host"}, None),
    ],
)
def test_what_is_not_as_simple_as_a_free_seat_goes_the_longer_way(work, booked, spoiled, raised):
    event_id = booked(capacity=5)
    with work():
        for column, value in spoiled.items():
            db.session.execute(update(Event).where(Event.id == event_id).values({column: value}))
        db.session.expire_all()
        if raised is not None:
            with pytest.raises(raised):
                press(event_id, "ada", 2)
        else:
            press(event_id, "ada", 2)
            assert standing(event_id) == {"ada": "pending"}
        assert db.session.scalar(select(Event.seats_taken).where(Event.id == event_id)) == 0


def test_fifteen_give_back_against_thirty_who_wait_and_nobody_is_moved_twice(work, booked, app):
    event_id = booked(capacity=15)
    with work():
        come = [ask(event_id, f"guest{n}") for n in range(15)]
        wait = [ask(event_id, f"waits{n}") for n in range(30)]
    assert at_once(app, *(lambda one=one: actions.give_back(actor=TESTS, rsvp=one) for one in come)) == []
    with work():
        moved = db.session.scalars(
            select(Rsvp.id).where(Rsvp.event_id == event_id, Rsvp.status == S.OFFERED)
        ).all()
        assert sorted(moved) == [one.id for one in wait[:15]]
        turns = select(Rsvp.turn).where(Rsvp.id.in_([one.id for one in wait]))
        assert sorted(db.session.scalars(turns)) == [1] * 15 + [2] * 15
        assert taken(event_id) == 15


def test_two_sweeps_at_once_offer_once_and_without_the_lock_they_count_every_offer_twice(
    work, booked, app, monkeypatch
):
    first, second = booked(capacity=1), booked(capacity=1, days=11)
    with work():
        for event_id in (first, second):
            for name in ("ada", "bea", "cleo"):
                ask(event_id, name)
        db.session.execute(update(Event).values(capacity=5))
    assert at_once(app, *[lambda: moving.settle_event(event_id=first)] * 4) == []
    with work():
        assert people(first, S.OFFERED) == 2 and taken(first) == 3
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    monkeypatch.setattr(seats, "allot", meeting(seats.allot))
    assert at_once(app, *[lambda: moving.settle_event(event_id=second)] * 2) == []
    with work():
        assert people(second, S.OFFERED) == 2
        assert db.session.get_one(Event, second).seats_taken == 5  # two seats that nobody sits on


def test_the_last_hours_have_one_first_claim(work, booked, app, clock):
    event_id = booked(capacity=1)
    with work():
        ada = ask(event_id, "ada")
        waits = [ask(event_id, f"waits{n}") for n in range(8)]
        starts = db.session.get_one(Event, event_id).starts_at
    clock.freeze(starts - timedelta(hours=1))
    with work():
        actions.give_back(actor=TESTS, rsvp=ada)
        assert people(event_id, S.OFFERED) == 8
    met = at_once(app, *(lambda one=one: actions.take_offer(actor=TESTS, rsvp=one) for one in waits))
    assert [type(error) for error in met] == [OfferOver] * 7
    with work():
        assert people(event_id, S.GOING) == taken(event_id) == 1


def test_fewer_seats_and_a_guest_at_once_never_leave_a_guest_without_a_seat(work, booked, app):
    for days in (8, 9, 10):
        event_id = booked(capacity=3, days=days)
        with work():
            ask(event_id, "ada", 2)
        met = at_once(
            app,
            lambda event_id=event_id: hosting.set_capacity(
                actor=STAFF, event_id=event_id, capacity=2, reason="The table goes"
            ),
            lambda event_id=event_id: ask(event_id, "bea"),
        )
        with work():
            capacity = db.session.get_one(Event, event_id).capacity
            assert taken(event_id) == (2 if capacity == 2 else 3)
            assert [type(error) for error in met] == ([] if capacity == 2 else [FewerThanGuests])


def test_the_database_itself_refuses_a_seat_too_many(work, booked):
    event_id = booked(capacity=2)
    with pytest.raises(IntegrityError, match="ck_events_seats"), work():
        db.session.execute(update(Event).where(Event.id == event_id).values(seats_taken=3))
    with work():
        ask(event_id, "ada", 2)
    with pytest.raises(IntegrityError, match="ck_events_seats"), work():
        db.session.execute(update(Event).where(Event.id == event_id).values(capacity=1))


@pytest.mark.parametrize("unprotected", [False, True])
def test_who_gives_back_while_they_are_forgotten_frees_one_seat_and_without_reading_afresh_two(
    work, booked, app, account, monkeypatch, unprotected
):
    event_id, account_id = booked(capacity=5), account("ada@example.test")
    with work():
        ada = ask(event_id, "ada", account_id=account_id)
        ask(event_id, "bea")
    found = moving.parties_of_account

    def slow(account_id: int, email: str | None) -> Sequence[tuple[int, int]]:
        parties, as_read = found(account_id, email), db.session.get_one(Rsvp, ada.id)
        if unprotected:
            monkeypatch.setattr(moving, "rsvp_of", lambda event, rsvp_id: as_read)
        assert at_once(app, lambda: actions.give_back(actor=TESTS, rsvp=ada)) == []
        return parties

    monkeypatch.setattr(moving, "parties_of_account", slow)
    with work():
        moving.forget_guest(account_id=account_id, email="ada@example.test")
    with work():
        left = db.session.get_one(Event, event_id).seats_taken
        assert left == (0 if unprotected else 1)
        assert people(event_id, S.GOING) == 1


@pytest.mark.parametrize("unprotected", [False, True])
def test_who_hosts_one_evening_and_comes_to_another_is_forgotten_beside_whoever_locks_both(
    work, booked, host, app, monkeypatch, unprotected
):
    first, second = booked(capacity=5), booked(capacity=5, days=11)
    with work():
        account_id = account_of(host)
        other = make_editor("Marta Riva", "marta")
        db.session.get_one(Event, first).editor_id = other
        ask(first, "giulia", account_id=account_id)
    monkeypatch.setattr("foundation.privacy.actions.matches", lambda kept, typed: True)
    monkeypatch.setattr("foundation.privacy.actions.obstacles", lambda person: [])
    if unprotected:
        monkeypatch.setattr(moving, "evenings_of_account", lambda account_id, email: [])

    def both() -> None:
        lock_rows(Event, [first])
        until(threading.Event())
        lock_rows(Event, [second])

    met = at_once(
        app, both, lambda: forget(account=db.session.get_one(Account, account_id), password="known")
    )
    assert [type(error) for error in met] == ([OperationalError] if unprotected else [])
