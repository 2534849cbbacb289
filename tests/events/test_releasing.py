"""Seats that nobody confirms the day before go on, where it was announced; and who may come is changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from events.calendar import actions as calendar_actions
from events.calendar.errors import AlreadyBegun, ReasonNeeded
from events.calendar.models import Admission, Event, Visibility
from events.calendar.queries import event_by_id
from events.calendar.running import change_terms
from events.guests import actions, errors, releasing
from events.guests.coming import Coming
from events.guests.jobs import remind
from events.guests.models import Rsvp
from events.guests.queries import rsvp_by_id
from events.guests.releasing import release, silent_ones
from events.guests.seats import rsvp_of
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from foundation.seen import ChangedMeanwhile
from foundation.states import IllegalMove
from tests.events.conftest import STAFF, TESTS
from tests.events.test_guest_pages import page_of, people
from tests.events.test_guests import S, ask, booked, standing, subjects, taken
from tests.events.test_proposals import FILLED, only_event
from tests.races import at_once, meeting, read_without_lock

__all__ = ["booked", "people"]


@pytest.fixture
def asked(work, booked, clock, app):
    """An event whose three guests were asked the day before: ada confirmed, bea and cleo did not."""

    def ask_all(**more: object) -> int:
        event_id = booked(capacity=4, confirm_required=True, **more)
        with work():
            rsvps = [ask(event_id, "ada"), ask(event_id, "bea", 2), ask(event_id, "cleo")]
            ask(event_id, "dora", email=None)  # written down without an address: nobody can ask her
            ask(event_id, "enzo", 2)
            starts = db.session.get_one(Event, event_id).starts_at
        clock.freeze(starts - timedelta(hours=23))
        with work():
            remind()
        drain(app)
        with work():
            actions.confirm(actor=TESTS, rsvp=rsvps[0])
        return event_id

    return ask_all


def every(event_id: int) -> list[int]:
    return list(db.session.scalars(select(Rsvp.id).where(Rsvp.event_id == event_id)))


def test_who_was_asked_and_is_silent_for_twelve_hours_gives_the_seat_on_and_is_told(work, asked, clock, app):
    event_id = asked()
    with work():
        (dora,) = db.session.scalars(select(Rsvp).where(Rsvp.name == "Dora"))
        assert dora.status == S.WAITLISTED  # four seats were taken when she came
        assert {one.rsvp.name for one in silent_ones(event_by_id(event_id))} == {"Bea", "Cleo"}
        with pytest.raises(errors.NobodyToRelease):
            release(actor=STAFF, event_id=event_id, rsvp_ids=every(event_id))
        body = db.session.scalars(select(Message).where(Message.subject.like("Tomorrow%"))).first()
        assert "within twelve hours" in body.text
    clock.advance(hours=14)  # twelve would be seven in the morning, when nothing is offered
    with work():
        ids = {one.rsvp.name: one.rsvp.id for one in silent_ones(event_by_id(event_id))}
        # The host leaves Cleo out, who has called.
        assert release(actor=STAFF, event_id=event_id, rsvp_ids=[ids["Bea"], dora.id]) == 1
        assert standing(event_id) == {
            "ada": "going", "bea": "cancelled", "cleo": "going", "dora": "offered", "enzo": "waitlisted",
        }  # fmt: skip
        assert taken(event_id) == 3
        (row,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "guests.release"))
        assert row.actor_label == "Paola" and row.subject_id == ids["Bea"]
        with pytest.raises(errors.NobodyToRelease):
            release(actor=STAFF, event_id=event_id, rsvp_ids=[ids["Bea"]])
    drain(app)
    with work():
        assert len([one for one in subjects() if "Your seat went on:" in one]) == 1
        assert not [one for one in subjects() if "given back" in one]
        bea = rsvp_by_id(ids["Bea"])
        assert bea.released and not bea.lapsed
        actions.come_again(actor=TESTS, rsvp=bea)
        # She asks like everybody, is asked anew, and is not silent about a letter of before.
        assert bea.status == S.WAITLISTED and not bea.released
        assert {one.rsvp.name for one in silent_ones(event_by_id(event_id))} == {"Cleo"}


def test_without_the_word_of_the_event_nobody_loses_a_seat(work, booked, clock, app):
    event_id = booked(capacity=4)
    with work():
        ask(event_id, "ada")
        starts = db.session.get_one(Event, event_id).starts_at
    clock.freeze(starts - timedelta(hours=23))
    with work():
        remind()
    drain(app)
    clock.advance(hours=13)
    with work(), pytest.raises(errors.NotAnnounced):
        release(actor=STAFF, event_id=event_id, rsvp_ids=every(event_id))
    with work():
        assert standing(event_id) == {"ada": "going"}


@pytest.mark.parametrize("unprotected", [False, True])
def test_a_yes_and_a_release_at_once_leave_one_of_both_and_without_the_lock_a_seat_is_confirmed_and_gone(
    work, asked, clock, app, monkeypatch, unprotected
):
    event_id = asked()
    clock.advance(hours=12)
    with work():
        cleo = db.session.scalars(select(Rsvp).where(Rsvp.name == "Cleo")).one()
    if unprotected:
        both = meeting(lambda found: found)
        monkeypatch.setattr(calendar_actions, "lock_rows", read_without_lock)
        monkeypatch.setattr(actions, "rsvp_of", lambda *named: both(rsvp_of(*named)))
        monkeypatch.setattr(releasing, "silent_ones", lambda event: both(silent_ones(event)))
    met = at_once(
        app,
        lambda: actions.confirm(actor=TESTS, rsvp=cleo),
        lambda: release(actor=STAFF, event_id=event_id, rsvp_ids=[cleo.id]),
    )
    with work():
        now = rsvp_by_id(cleo.id)
        if unprotected:
            assert met == [] and now.released and now.confirmed_at is not None
        else:
            assert [type(error) for error in met] in ([errors.NobodyToRelease], [IllegalMove])
            assert now.released == (now.confirmed_at is None)


def terms(event_id: int, **more: object) -> bool:
    values: dict[str, object] = {
        "visibility": Visibility.PUBLIC,
        "admission": Admission.AUTO,
        "most_party": 2,
        "words": "The press comes",
    }
    return change_terms(actor=STAFF, event_id=event_id, **values | more)  # type: ignore[arg-type]


def test_staff_change_who_may_come_with_a_reason_and_no_calendar_hears_of_it(work, booked, clock, app):
    event_id = booked(capacity=3, admission=Admission.HOST)
    with work():
        ada, bea = ask(event_id, "ada", 2), ask(event_id, "bea", 2)
        seen = event_by_id(event_id).seen
        with pytest.raises(ReasonNeeded):
            terms(event_id, words="  ")
        assert not terms(event_id, admission=Admission.HOST, words="")
        assert terms(event_id, visibility=Visibility.INVITED, most_party=1, seen=seen)
        with pytest.raises(ChangedMeanwhile):
            terms(event_id, seen=seen)
        event = event_by_id(event_id)
        assert (event.visibility, event.admission, event.most_party) == ("invited", "auto", 1)
        assert event.sequence == 0 and event.turns[-1].words == "The press comes"
        (row,) = db.session.scalars(select(AuditRow).where(AuditRow.action == "events.terms"))
        assert row.reason == "The press comes" and row.before["admission"] == "host"
        assert row.after["most_party"] == 1
        assert standing(event_id) == {"ada": "pending", "bea": "pending"}
    drain(app)
    with work():
        # Whoever asked first has a seat before anybody who comes now, for as many as they are.
        assert standing(event_id) == {"ada": "going", "bea": "waitlisted"} and taken(event_id) == 2
        actions.change_coming(actor=TESTS, rsvp=ada, coming=Coming(name="Ada R", party=2, plus_one="Ugo"))
        with pytest.raises(errors.TooManyPeople):
            ask(event_id, "cleo", 2)
        assert bea.party == 2
        starts = event_by_id(event_id).starts_at
    clock.freeze(starts)
    with work(), pytest.raises(AlreadyBegun):
        terms(event_id, most_party=2)


def test_a_change_of_terms_before_the_yes_is_none(work, proposed):
    event_id = proposed()
    with work(), pytest.raises(IllegalMove):
        terms(event_id)


def test_the_pages_announce_release_and_change(work, booked, asked, clock, client, people, app):
    host, paola, reads = people
    event_id = asked()
    page = page_of(work, event_id)
    assert "A seat that nobody confirms within twelve hours" in client.get(page).text
    desk = f"/studio/events/{event_id}/guests"
    early = host.get(desk).text
    assert (
        "Asked, and not confirmed" in early
        and "may answer until" in early
        and "Give their seats on" not in early
    )
    clock.advance(hours=12)
    with work():
        ids = [one.rsvp.id for one in silent_ones(event_by_id(event_id))]
    assert "Give their seats on" in host.get(desk).text
    assert host.post(desk, data={"do": "release"}).status_code == 409
    assert host.post(desk, data={"do": "release", "party": [str(one) for one in ids]}).status_code == 303
    with work():
        assert standing(event_id)["bea"] == standing(event_id)["cleo"] == "cancelled"
        secret = db.session.scalars(select(Rsvp.secret).where(Rsvp.name == "Cleo")).one()
    assert "Nobody confirmed it the day before" in client.get(f"/tickets/{secret}").text
    # Who may come, by staff alone.
    other = booked(days=14)
    way = f"/staff/events/{other}/terms"
    assert reads.get(way).status_code == 403 and host.get(way).status_code in (403, 404)
    shown = paola.get(way)
    assert "Who may come" in shown.text and way in paola.get(f"/staff/events/{other}").text
    data = {"visibility": "invited", "admission": "host", "most_party": "1", "why": ""}
    refused = paola.post(way, data=data)
    assert refused.status_code == 422 and "Say why in a sentence" in refused.text
    assert paola.post(way, data=data | {"why": "Too many for the room"}).status_code == 303
    drain(app)
    with work():
        letter = db.session.scalars(select(Message).where(Message.subject.like("Who may come%"))).one()
        assert "Too many for the room" in letter.text
    assert client.get(page_of(work, other)).status_code == 404
    assert "Who may come changed" in host.get(f"/studio/events/{other}").text
    assert paola.get("/staff/events/999/terms").status_code == 404


def test_a_host_says_beforehand_that_seats_must_be_confirmed(work, host, store, room, people):
    me = people[0]
    me.post("/studio/events/new", data=FILLED | {"place": str(store), "confirm_required": "y"})
    event_id = only_event(work, host)
    assert "A seat that nobody confirms may go on" in me.get(f"/studio/events/{event_id}").text
    with work():
        assert db.session.get_one(Event, event_id).confirm_required
