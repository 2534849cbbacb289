"""Full houses at full size, run by hand (`pytest tests/events/full_house.py -n0 -s`): they take a minute.

What every run of the tests proves with tens of guests, here with hundreds: each begins together with the
others, in a transaction of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Event, Thread
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm.attributes import set_committed_value

from events.calendar import actions as calendar_actions
from events.calendar.models import Event as Evening
from events.guests import actions, moving, seats
from events.guests.models import Rsvp, RsvpStatus
from foundation.db import db, unit_of_work
from tests.events.conftest import TESTS, make_room
from tests.events.test_guest_races import people, press, unproved
from tests.events.test_guests import S, ask, booked, taken
from tests.races import read_without_lock

__all__ = ["booked"]
pytestmark = pytest.mark.timeout(600)
CLIENTS, ROUNDS = 200, 20
PARTIES, SEATS = 1000, 100
LOOKS = 20  # a second


@pytest.fixture
def room(work, store) -> int:
    with work():
        return make_room(store, seats=2 * SEATS)


def together(app: Flask, jobs: Sequence[Callable[[], object]]) -> float:
    """All at once, a thread each; the seconds until the last was answered."""
    gate = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        gate.wait()
        with app.app_context(), unit_of_work():
            job()

    began = perf_counter()
    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(run, jobs))
    return perf_counter() - began


def test_two_hundred_for_the_last_seat(work, booked, app):
    seconds = []
    weekdays = [days for days in range(7, 60) if days % 7 != 6]  # on Sundays the store is closed
    for days in weekdays[:ROUNDS]:
        event_id = booked(capacity=3, days=days)
        with work():
            ask(event_id, "first", 2)
        seconds.append(together(app, [partial(press, event_id, f"guest{n}") for n in range(CLIENTS)]))
        with work():
            assert taken(event_id) == people(event_id, S.GOING) == 3
            assert people(event_id, S.WAITLISTED) == CLIENTS - 1
    print(
        f"\n{CLIENTS} for the last seat, {ROUNDS} rounds: one has it each time; {max(seconds):.1f} s at most"
    )


def test_without_lock_and_proof_two_hundred_overfill_it(work, booked, app, monkeypatch):
    event_id = booked(capacity=3)
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    with unproved(work):
        together(app, [partial(ask, event_id, f"guest{n}") for n in range(CLIENTS)])
        with work():
            going = people(event_id, S.GOING)
    print(f"\nwithout lock and proof: {going} people on 3 seats")
    assert going > 3


def test_a_thousand_parties_for_a_hundred_seats(work, booked, app, clock):
    """Looked at from outside twenty times a second: never more people than seats, all sold in the end."""
    event_id = booked(capacity=SEATS, hour=14)
    with watching(app, event_id) as seen:
        seconds = through_the_house(work, app, clock, event_id, PARTIES)
    with work():
        assert db.session.scalar(select(func.count()).where(Rsvp.event_id == event_id)) == PARTIES
        lapsed = sum(one.lapsed for one in standing_at(event_id, S.CANCELLED))
        gave_back = len(standing_at(event_id, S.CANCELLED)) - lapsed
        going, offered = people(event_id, S.GOING), people(event_id, S.OFFERED)
        assert taken(event_id) == going + offered == SEATS
    assert max(seen) == SEATS
    print(
        f"\n{PARTIES} parties for {SEATS} seats in {seconds:.1f} s: {going} people come, {offered} are"
        f" offered a seat, {gave_back} gave back, {lapsed} offers lapsed; never more than {max(seen)} people,"
        f" looked at {len(seen)} times"
    )


def test_without_lock_and_proof_a_thousand_parties_overfill_it(work, booked, app, clock, monkeypatch):
    event_id = booked(capacity=SEATS, hour=14)
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    with unproved(work), watching(app, event_id) as seen:
        through_the_house(work, app, clock, event_id, 2 * CLIENTS, way=ask)
    print(f"\nwithout lock and proof: {max(seen)} people on {SEATS} seats, seen in {len(seen)} looks")
    assert max(seen) > SEATS


def through_the_house(work, app: Flask, clock, event_id: int, parties: int, way=press) -> float:
    """A party of one or two each, in waves a day apart. One in ten who have a seat gives it back; of those
    who are offered one, three in ten let it lie until it goes on. The seconds all of them took."""
    dice, seconds = random.Random(50), 0.0
    asked = [partial(way, event_id, f"guest{n}", dice.randint(1, 2)) for n in range(parties)]
    for start in range(0, parties, CLIENTS):
        seconds += together(app, asked[start : start + CLIENTS])
        for _ in range(2):
            with work():
                come = standing_at(event_id, S.GOING)
                takers = [one for one in standing_at(event_id, S.OFFERED) if dice.random() > 0.3]
            jobs = [partial(actions.take_offer, actor=TESTS, rsvp=one) for one in takers]
            jobs += [
                partial(actions.give_back, actor=TESTS, rsvp=one)
                for one in dice.sample(come, len(come) // 10)
            ]
            seconds += together(app, [*jobs, *[partial(moving.settle_event, event_id=event_id)] * 4])
        clock.advance(hours=24)
        with work():
            moving.settle_event(event_id=event_id)
    return seconds


@contextmanager
def watching(app: Flask, event_id: int) -> Iterator[list[int]]:
    """How many people hold seats, twenty times a second, counted from the parties and not from the number."""
    over, seen = Event(), list[int]()
    holds = text(
        "SELECT coalesce(sum(party), 0) FROM rsvps WHERE event_id = :event_id AND"
        " (status = 'going' OR status = 'offered' AND NOT open_to_all)"
    )

    def look() -> None:
        with app.app_context(), db.engine.connect() as outside:
            began = perf_counter()
            while not over.wait(max(0.0, began + (len(seen) + 1) / LOOKS - perf_counter())):
                seen.append(int(outside.scalar(holds, {"event_id": event_id}) or 0))
                outside.rollback()

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def standing_at(event_id: int, status: RsvpStatus) -> Sequence[Rsvp]:
    found = select(Rsvp).where(Rsvp.event_id == event_id, Rsvp.status == status).order_by(Rsvp.id)
    return db.session.scalars(found).all()


def test_fifty_give_back_against_eighty_who_wait(work, booked, app):
    event_id = booked(capacity=50)
    with work():
        come = [ask(event_id, f"guest{n}") for n in range(50)]
        wait = [ask(event_id, f"waits{n}") for n in range(80)]
    seconds = together(app, [partial(actions.give_back, actor=TESTS, rsvp=one) for one in come])
    with work():
        turns = select(Rsvp.turn).where(Rsvp.id.in_([one.id for one in wait]))
        assert sorted(db.session.scalars(turns)) == [1] * 30 + [2] * 50
        assert taken(event_id) == people(event_id, S.OFFERED) == 50
    print(f"\n50 give back at once against 80 who wait: 50 are moved, none twice, in {seconds:.1f} s")


def test_who_counts_by_looking_moves_the_same_ones_again(work, booked, app, monkeypatch):
    """The twin: no lock, and no number under it; each looks how many parties there are and who is next."""
    event_id = booked(capacity=50)
    with work():
        come = [ask(event_id, f"guest{n}") for n in range(50)]
        for n in range(80):
            ask(event_id, f"waits{n}")
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    monkeypatch.setattr(seats, "count", count_by_looking)
    together(app, [partial(actions.give_back, actor=TESTS, rsvp=one) for one in come])
    with work():
        moved = people(event_id, S.OFFERED)
    print(f"\nwithout lock and number: 50 give back, {moved} are moved, and the others never hear of it")
    assert moved < 50


def count_by_looking(event: Evening, rsvp: Rsvp, held: int) -> None:
    db.session.flush()
    parties = db.session.scalars(select(Rsvp).where(Rsvp.event_id == event.id)).all()
    set_committed_value(event, "seats_taken", sum(one.seats for one in parties))


def test_two_hundred_against_fewer_seats(work, booked, app):
    event_id = booked(capacity=20)

    def lower(capacity: int) -> None:
        with db.session.begin_nested():
            event = calendar_actions.locked_event(event_id)
            event.capacity = max(capacity, event.seats_taken, 1)

    jobs: list[Callable[[], object]] = [
        partial(ask, event_id, f"guest{n}", 1 + n % 2) for n in range(CLIENTS - 20)
    ]
    jobs += [partial(lower, 20 - n) for n in range(20)]
    random.Random(51).shuffle(jobs)
    together(app, jobs)
    with work():
        capacity = db.session.get_one(Evening, event_id).capacity
        assert taken(event_id) <= capacity
    print(f"\nseats were lowered to {capacity} while {CLIENTS - 20} asked: {capacity} at most")
