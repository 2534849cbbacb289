"""The door: what was seen is written down once, who came is counted, nothing that happened is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from events.calendar import actions as calendar_actions
from events.calendar.models import Event
from events.calendar.running import keep_hours
from events.door import admitting
from events.door.admitting import Answer, Sighting, take_in
from events.door.closing import close_doors
from events.door.errors import ConsentNeeded, DoorShut, FullHouse, NotYetOpen, TooManyScans
from events.door.jobs import forget
from events.door.models import DoorConsent, Scan, ScanMode, ScanResult
from events.door.policy import by_our_clock, holds_list
from events.door.privacy import CHAPTER
from events.door.queries import admissions_of, people_in, second_admissions
from events.door.walking_in import WalkIn, walk_in
from events.guests import actions
from events.guests.models import Rsvp
from events.guests.moving import forget_old
from events.reports.figures import figures_of
from foundation import clock as shop_clock
from foundation import ids
from foundation.db import db
from foundation.mail.models import Message
from foundation.privacy.chapters import Person
from tests.events.conftest import STAFF, TESTS
from tests.events.test_guests import S, ask, booked, standing, taken
from tests.races import at_once, meeting, read_without_lock

__all__ = ["booked"]
R, M = ScanResult, ScanMode


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@pytest.fixture
def tonight(work, booked, clock):
    """`tonight(capacity=3)` is the id of an event whose doors have been open for ten minutes."""

    def open_doors(**more: object) -> int:
        event_id = booked(**more)
        with work():
            clock.freeze(db.session.get_one(Event, event_id).starts_at - minutes(50))
        return event_id

    return open_doors


def saw(rsvp: Rsvp | None = None, **more: object) -> Sighting:
    values: dict[str, object] = {"nonce": ids.token(), "at": shop_clock.now(), "mode": M.ONLINE}
    if rsvp is not None and "secret" not in more:
        values["rsvp_id"] = rsvp.id
    return Sighting(**values | more)  # type: ignore[arg-type]


def tell(event_id: int, *seen: Sighting, device: str = "phone", off: timedelta = timedelta()) -> list[Answer]:
    return take_in(
        actor=STAFF, event_id=event_id, device=device, sent_at=shop_clock.now() + off, sightings=seen
    )


def since(rsvp: Rsvp) -> datetime | None:
    return db.session.scalar(select(Rsvp.arrived_at).where(Rsvp.id == rsvp.id))


def results(answers: list[Answer]) -> list[tuple[ScanResult, int]]:
    return [(one.result, one.people) for one in answers]


def at_the_door(event_id: int, name: str, people: int = 1, **more: object) -> Answer:
    values: dict[str, object] = {"nonce": ids.token(), "at": shop_clock.now(), "name": name, "people": people}
    return walk_in(
        actor=STAFF,
        event_id=event_id,
        device="phone",
        sent_at=shop_clock.now(),
        who=WalkIn(**values | more),  # type: ignore[arg-type]
    )


def test_a_ticket_lets_in_whom_it_is_for_and_says_so_when_it_comes_again(work, booked, tonight, clock):
    other = booked(days=21)
    event_id = tonight(capacity=4)
    with work():
        ada, bea, cleo = ask(event_id, "ada", 2), ask(event_id, "bea"), ask(event_id, "cleo")
        dora, eva = ask(event_id, "dora"), ask(other, "eva")  # dora waits, eva comes another day
        actions.give_back(actor=TESTS, rsvp=bea)
    with work():
        letters = len(db.session.scalars(select(Message.id)).all())
        answers = tell(
            event_id,
            saw(secret=ada.secret),
            saw(secret=ada.secret, at=shop_clock.now() + minutes(1)),
            saw(bea),
            saw(secret=eva.secret),
            saw(secret="nobody-knows-it"),
            saw(eva),  # a number of another list is nobody here
        )
        assert results(answers) == [
            (R.OK, 2),
            (R.AGAIN, 0),
            (R.CANCELLED, 0),
            (R.WRONG_EVENT, 0),
            (R.UNKNOWN, 0),
            (R.UNKNOWN, 0),
        ]
        assert answers[1].since == shop_clock.now() and answers[3].rsvp.event_id == other
        assert standing(event_id)["ada"] == S.ATTENDED and people_in(event_id) == 2
        assert taken(event_id) == 3  # bea's seat is offered to everybody who waits: dora has it by coming
        assert results(tell(event_id, saw(dora))) == [(R.OK, 1)]
        assert results(tell(event_id, saw(cleo, people=1))) == [(R.OK, 1)]
        assert people_in(event_id) == taken(event_id) == 4
        assert len(db.session.scalars(select(Message.id)).all()) == letters  # nobody is written to


def test_before_the_doors_open_nobody_is_in_and_long_before_there_is_no_list(work, booked, clock):
    event_id = booked()
    with work():
        ada = ask(event_id, "ada")
        event = db.session.get_one(Event, event_id)
        starts, ends = event.starts_at, event.ends_at
        with pytest.raises(DoorShut):
            tell(event_id, saw(ada))
        clock.freeze(starts - minutes(61))
        assert results(tell(event_id, saw(ada))) == [(R.TOO_EARLY, 0)]
        with pytest.raises(NotYetOpen):
            at_the_door(event_id, "Zoe")
        clock.freeze(starts - minutes(60))
        assert results(tell(event_id, saw(ada))) == [(R.OK, 1)]
        clock.freeze(ends + timedelta(days=14))
        with pytest.raises(DoorShut):
            tell(event_id, saw(ada))
        with pytest.raises(TooManyScans):
            tell(event_id, *[saw(ada)] * 501)
    hours = timedelta(hours=1)
    assert [holds_list(starts, ends, starts - 24 * hours), holds_list(starts, ends, ends + 12 * hours)] == [
        1,
        0,
    ]
    assert not holds_list(starts, ends, starts - 25 * hours)


def test_who_comes_later_on_the_same_ticket_is_let_in_and_a_third_is_noted(work, tonight):
    event_id = tonight(capacity=4)
    with work():
        ada = ask(event_id, "ada", 2)
        assert results(tell(event_id, saw(ada, people=1))) == [(R.OK, 1)]
        assert results(tell(event_id, saw(ada))) == [(R.OK, 1)]
        assert results(tell(event_id, saw(ada))) == [(R.AGAIN, 0)]
        assert results(tell(event_id, saw(ada, insists=True, people=1))) == [(R.AGAIN, 1)]
        (twice,) = second_admissions(event_id)
        assert (twice.rsvp.name, twice.about.people, twice.about.was) == ("Ada", 1, S.GOING)
        assert people_in(event_id) == 2 and taken(event_id) == 2


def test_repeating_an_upload_changes_nothing_and_answers_the_same(work, tonight):
    event_id = tonight()
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
    batch = [saw(ada), saw(bea), saw(secret="forged")]
    with work():
        once = results(tell(event_id, *batch))
    with work():
        assert results(tell(event_id, *batch[:2])) == once[:2] == [(R.OK, 1), (R.OK, 1)]
        assert results(tell(event_id, *batch)) == once
        assert len(db.session.scalars(select(Scan.id)).all()) == 3 and people_in(event_id) == 2


def test_two_phones_without_a_network_let_one_ticket_in_twice_and_neither_is_refused(work, tonight, clock):
    event_id = tonight()
    with work():
        ada = ask(event_id, "ada")
        early, late = shop_clock.now() + minutes(1), shop_clock.now() + minutes(3)
        clock.advance(minutes=40)
        # The later one is heard first, from a phone that is an hour ahead.
        hour = timedelta(hours=1)
        second = saw(ada, mode=M.OFFLINE, at=late + hour, people=1)
        assert results(tell(event_id, second, device="back door", off=hour)) == [(R.OK, 1)]
        assert results(tell(event_id, saw(ada, mode=M.OFFLINE, at=early, people=1))) == [(R.AGAIN, 1)]
        (twice,) = second_admissions(event_id)
        assert twice.at == early and twice.about.at == late and twice.about.device == "back door"
        assert people_in(event_id) == 1 and ada.arrived_at == late


def test_a_clock_that_is_wrong_is_put_right_and_nothing_was_seen_after_it_was_told():
    now = shop_clock.now()
    for off in (timedelta(hours=1), timedelta(hours=-1), timedelta(days=400)):
        assert by_our_clock(now - minutes(20) + off, now + off, now) == now - minutes(20)
    assert by_our_clock(now + minutes(5), now, now) == now


def test_an_admission_is_taken_back_to_where_they_stood(work, tonight):
    event_id = tonight(capacity=2)
    with work():
        ada, bea = ask(event_id, "ada", 2), ask(event_id, "bea")
        one, other = saw(ada, people=1), saw(ada, people=1)
        wrong = saw(bea, insists=True, reason="Room to stand")
        tell(event_id, one, other, wrong)
        assert standing(event_id) == {"ada": S.ATTENDED, "bea": S.ATTENDED} and bea.beyond == "Room to stand"
        assert results(tell(event_id, saw(undoes=one.nonce), saw(undoes=wrong.nonce))) == [(R.UNDONE, 0)] * 2
        assert (ada.arrived, standing(event_id)) == (1, {"ada": S.ATTENDED, "bea": S.WAITLISTED})
        again = saw(undoes=one.nonce)
        assert results(tell(event_id, again, saw(undoes="never sent"))) == [(R.UNKNOWN, 0)] * 2
        assert results(tell(event_id, saw(undoes=other.nonce))) == [(R.UNDONE, 0)]
        assert (ada.arrived, ada.arrived_at, standing(event_id)["ada"]) == (0, None, S.GOING)
        assert taken(event_id) == 2 and people_in(event_id) == 0
        assert results(tell(event_id, saw(ada))) == [(R.OK, 2)]


def test_beyond_the_seats_somebody_is_let_in_for_a_reason_or_by_a_phone_that_could_not_ask(work, tonight):
    event_id = tonight(capacity=1)
    with work():
        ada, bea, cleo = ask(event_id, "ada"), ask(event_id, "bea"), ask(event_id, "cleo")
        assert results(tell(event_id, saw(bea))) == [(R.NO_SEAT, 0)]
        assert results(tell(event_id, saw(bea, insists=True))) == [(R.NO_SEAT, 0)]
        assert results(tell(event_id, saw(bea, insists=True, mode=M.OFFLINE))) == [(R.OK, 1)]
        assert results(tell(event_id, saw(cleo, insists=True, reason="Ada is late"))) == [(R.OK, 1)]
        assert results(tell(event_id, saw(ada))) == [(R.OK, 1)]
        assert (people_in(event_id), taken(event_id)) == (3, 1)
        with pytest.raises(FullHouse):
            at_the_door(event_id, "Zoe")
        assert "zoe" not in standing(event_id)
        zoe = at_the_door(event_id, "Zoe", reason="Came with Ada")
        assert (zoe.result, zoe.rsvp.beyond, zoe.rsvp.seats) == (R.OK, "Came with Ada", 0)
        assert (people_in(event_id), taken(event_id)) == (4, 1)


def test_who_walks_in_is_a_guest_and_an_address_is_kept_of_who_agreed(work, tonight, clock):
    event_id = tonight(capacity=5)
    with work():
        ada = ask(event_id, "ada")
        with pytest.raises(ConsentNeeded):
            at_the_door(event_id, "Zoe", email="zoe@example.test")
        zoe = at_the_door(event_id, "Zoe", 2, nonce="z", email="ZOE@example.test", agreed="May we write?")
        again = at_the_door(event_id, "Zoe", 2, nonce="z", email="ZOE@example.test", agreed="May we write?")
        assert (zoe.rsvp.id, zoe.result, zoe.people) == (again.rsvp.id, R.OK, 2) and taken(event_id) == 3
        assert (zoe.rsvp.source, zoe.rsvp.email) == ("walkin", "zoe@example.test")
        assert db.session.get_one(DoorConsent, zoe.rsvp.id).words == "May we write?"
        # Who is on the list by that address comes as that guest, and keeps what they said before.
        known = at_the_door(event_id, "Somebody", email="ada@example.test", agreed="Yes")
        assert (known.rsvp.id, known.result, known.rsvp.name) == (ada.id, R.OK, "Ada")
        assert at_the_door(event_id, "A", email="ada@example.test", agreed="Yes").result == R.AGAIN
        assert db.session.get(DoorConsent, ada.id) is None and people_in(event_id) == 3
        anybody = at_the_door(event_id, "Ugo")
        assert anybody.rsvp.email is None and people_in(event_id) == 4
        told = CHAPTER.tell(Person(0, "zoe@example.test"))
        assert [(row["mode"], row["people"], row["agreed_to"]) for row in told] == [
            ("walkin", 2, "May we write?")
        ]
    clock.advance(days=400)
    with work():
        forget_old()
        forget()
        assert not db.session.scalars(select(DoorConsent.rsvp_id)).all() and people_in(event_id) == 4


def test_two_hours_later_who_did_not_come_is_a_no_show_and_a_late_phone_is_believed(
    work, booked, tonight, clock
):
    unused = booked(capacity=5, days=9)
    with work():
        ask(unused, "ada")
    event_id = tonight(capacity=5)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
        ask(event_id, "cleo")
        tell(event_id, saw(ada))
        ends = db.session.get_one(Event, event_id).ends_at
    clock.freeze(ends + minutes(119))
    with work():
        keep_hours(actor=TESTS)
        assert close_doors(actor=TESTS) == 0
        clock.freeze(ends + minutes(120))
        assert close_doors(actor=TESTS) == 2 == close_doors(actor=TESTS) + 2
        assert standing(event_id) == {"ada": S.ATTENDED, "bea": S.NO_SHOW, "cleo": S.NO_SHOW}
        assert standing(unused) == {"ada": S.GOING}  # a door nobody used knows nothing
        seen = saw(bea, mode=M.OFFLINE, at=ends - minutes(30))
        assert results(tell(event_id, seen)) == [(R.OK, 1)] and since(bea) == ends - minutes(30)
        assert results(tell(event_id, saw(undoes=seen.nonce))) == [(R.UNDONE, 0)]
        assert standing(event_id)["bea"] == S.NO_SHOW and taken(event_id) == 3


def test_one_ticket_at_two_doors_at_once_is_one_admission_and_two_without_the_lock(
    work, tonight, app, monkeypatch
):
    event_id = tonight(capacity=5)
    with work():
        ada, bea, cleo = ask(event_id, "ada"), ask(event_id, "bea"), ask(event_id, "cleo")
        mine, same = saw(ada), saw(bea)

    def firsts(rsvp: Rsvp) -> int:
        chosen = select(Scan.id).where(Scan.rsvp_id == rsvp.id, Scan.result == R.OK)
        return len(db.session.scalars(chosen).all())

    def at(*seen: Sighting) -> Callable[[], object]:
        return lambda: tell(event_id, *seen)

    assert at_once(app, at(mine), at(saw(ada)), at(mine), at(saw(ada))) == []
    with work():
        assert firsts(ada) == 1 and people_in(event_id) == 1
        assert len(db.session.scalars(select(Scan.id)).all()) == 3  # mine was told twice
    # Without the lock both have read what there is before either writes.
    monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
    monkeypatch.setattr(admitting, "admissions_of", meeting(admissions_of))
    met = at_once(app, at(same), at(same))
    assert ["uq_scans_nonce" in str(error) for error in met] == [True]
    assert at_once(app, at(saw(cleo)), at(saw(cleo))) == []
    with work():
        assert firsts(cleo) == 2


def test_who_was_taken_back_walks_in_again_under_the_same_address_with_the_last_yes(work, tonight):
    event_id = tonight(capacity=5)
    zoe = {"email": "zoe@example.test", "agreed": "You may keep it."}
    with work():
        first = at_the_door(event_id, "Zoe", **zoe)
        tell(event_id, saw(undoes=first.nonce))
        assert people_in(event_id) == 0
    with work():
        at_the_door(event_id, "Zoe", **zoe | {"agreed": "You may write, too."})
        assert people_in(event_id) == 1
        assert list(db.session.scalars(select(DoorConsent.words))) == ["You may write, too."]


def test_a_second_admission_that_was_taken_back_is_none_in_the_report(work, tonight):
    event_id = tonight(capacity=5)
    with work():
        ada = ask(event_id, "ada")
        tell(event_id, saw(ada))
        (again,) = tell(event_id, saw(ada, insists=True, people=1))
        assert figures_of(db.session.get_one(Event, event_id))["twice"] == 1
        tell(event_id, saw(undoes=again.nonce))
        assert figures_of(db.session.get_one(Event, event_id))["twice"] == 0
