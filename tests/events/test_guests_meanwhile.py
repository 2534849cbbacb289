"""Guests of an evening that is another by the time something is heard of: moved, given back, asked anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.calendar.models import Admission, Event
from events.calendar.running import move_event
from events.guests import actions, errors, hosting
from events.guests.jobs import letter
from foundation.db import db
from foundation.states import IllegalMove
from tests.events.conftest import STAFF, TESTS
from tests.events.test_guests import ask, booked, standing, subjects, taken

__all__ = ["booked"]


def test_offers_to_all_wait_in_line_again_when_the_evening_is_moved_to_another_week(
    work, booked, room, clock, app
):
    event_id = booked(capacity=1)
    with work():
        ada, bea, cleo = (ask(event_id, name) for name in ("ada", "bea", "cleo"))
        event = db.session.get_one(Event, event_id)
        starts, ends, week = event.starts_at, event.ends_at, timedelta(days=7)
    clock.freeze(starts - timedelta(hours=2))
    with work():
        actions.give_back(actor=TESTS, rsvp=ada)
        assert standing(event_id) == {"ada": "cancelled", "bea": "offered", "cleo": "offered"}
        move_event(
            actor=STAFF,
            event_id=event_id,
            starts_at=starts + week,
            ends_at=ends + week,
            room_id=room,
            words="Snow",
        )
    with work():
        with pytest.raises(errors.OfferOver):  # one after the other again: the seat is offered to bea alone
            actions.take_offer(actor=TESTS, rsvp=cleo)
        assert standing(event_id) == {"ada": "cancelled", "bea": "offered", "cleo": "waitlisted"}
        actions.take_offer(actor=TESTS, rsvp=bea)
        assert taken(event_id) == 1


def test_a_reminder_that_was_due_is_not_written_to_who_gave_back_or_of_another_day(work, booked, room, app):
    event_id = booked(capacity=5)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
        actions.give_back(actor=TESTS, rsvp=ada)
        event = db.session.get_one(Event, event_id)
        move_event(
            actor=STAFF,
            event_id=event_id,
            starts_at=event.starts_at + timedelta(days=1),
            ends_at=event.ends_at + timedelta(days=1),
            room_id=room,
            words="Snow",
        )
    with work():
        letter(rsvp_id=ada.id, kind="day", about=1)
        letter(rsvp_id=bea.id, kind="day", about=0)
        assert not [one for one in subjects() if one.startswith("Tomorrow")]
        letter(rsvp_id=bea.id, kind="day", about=1)
        assert [one for one in subjects() if one.startswith("Tomorrow")] == [
            "Tomorrow: One jacket, three ways"
        ]


def test_a_yes_is_for_who_asked_for_it_and_asks_nobody_else_to_the_end_of_the_line(work, booked):
    event_id = booked(capacity=1)
    with work():
        ada, bea, cleo = (ask(event_id, name) for name in ("ada", "bea", "cleo"))
        actions.give_back(actor=TESTS, rsvp=ada)
        before = {"ada": "cancelled", "bea": "offered", "cleo": "waitlisted"}
        for one in (ada, bea, cleo):
            with pytest.raises(IllegalMove):
                hosting.admit(actor=TESTS, event_id=event_id, rsvp_id=one.id)
        assert standing(event_id) == before


def test_who_waited_before_asks_the_host_after_those_who_asked_earlier(work, booked):
    event_id = booked(capacity=1)
    with work():
        ask(event_id, "ada")
        bea = ask(event_id, "bea")  # waits, and gives it up
        actions.give_back(actor=TESTS, rsvp=bea)
        db.session.get_one(Event, event_id).admission = Admission.HOST
        ask(event_id, "cleo")
        actions.come_again(actor=TESTS, rsvp=bea)
        assert standing(event_id) == {"ada": "going", "bea": "pending", "cleo": "pending"}
        assert bea.queue_number is None
