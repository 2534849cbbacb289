"""Guests: seats counted in people, a waiting list that moves by itself, and who is asked and told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from editors.membership.models import Editor, EditorStatus
from events.calendar.deciding import approve_event
from events.calendar.errors import RoomTooSmall
from events.calendar.models import Admission, Event
from events.calendar.running import cancel_event, move_event
from events.guests import actions, errors, hosting, moving
from events.guests.coming import Coming
from events.guests.jobs import ask_hosts, remind, sweep
from events.guests.models import Rsvp, RsvpLetter, RsvpSource, RsvpStatus
from events.guests.policy import Party, allot, is_quiet, offer_length, reminder_due
from events.guests.privacy import CHAPTER
from events.guests.queries import place_in_line, rsvp_by_id
from foundation import clock as shop_clock
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from foundation.privacy.chapters import Person
from foundation.states import IllegalMove
from tests.events.conftest import STAFF, TESTS

S = RsvpStatus
hours, minutes = (lambda n: timedelta(hours=n)), (lambda n: timedelta(minutes=n))


@pytest.fixture
def booked(work, proposed, room):
    """`booked(capacity=2)` is the id of an approved event."""

    def book(**more: object) -> int:
        event_id = proposed(**more)
        with work():
            approve_event(actor=STAFF, event_id=event_id, room_id=room)
        return event_id

    return book


def ask(event_id: int, name: str, people: int = 1, **more: object) -> Rsvp:
    values: dict[str, object] = {
        "email": f"{name}@example.test",
        "language": "en",
        "coming": Coming(name=name.title(), party=people, plus_one="Ugo" if people > 1 else ""),
    }
    return actions.ask_for_seats(actor=TESTS, event_id=event_id, **values | more).rsvp  # type: ignore[arg-type]


def standing(event_id: int) -> dict[str, str]:
    rows = db.session.execute(select(Rsvp.name, Rsvp.status).where(Rsvp.event_id == event_id))
    return {name.lower(): str(status) for name, status in rows}


def taken(event_id: int) -> int:
    """The counter of the event, which has to say what its parties say."""
    event = db.session.get_one(Event, event_id, populate_existing=True)
    people = sum(one.seats for one in db.session.scalars(select(Rsvp).where(Rsvp.event_id == event_id)))
    assert event.seats_taken == people <= event.capacity
    return people


def subjects() -> list[str]:
    return list(db.session.scalars(select(Message.subject).order_by(Message.id)))


def test_an_offer_lasts_a_quarter_of_the_time_left_at_most_half_a_day_at_least_half_an_hour():
    assert offer_length(timedelta(days=10)) == hours(12)
    assert offer_length(hours(48)) == hours(12)
    assert offer_length(hours(20)) == hours(5)
    assert offer_length(hours(3)) == minutes(45)
    assert offer_length(minutes(90)) == minutes(30)


def test_the_first_party_that_fits_is_next_and_who_is_passed_over_is_counted():
    line = [Party(1, 2), Party(2, 1), Party(3, 2), Party(4, 1)]
    assert allot(line, 0).offered == []
    assert allot(line, 1) == type(allot(line, 1))([2], {1: 1})
    assert allot(line, 2).offered == [1] and not allot(line, 2).passed
    assert allot(line, 4).offered == [1, 2, 4] and allot(line, 4).passed == {3: 1}


def test_reminders_are_due_once_each_and_never_tell_what_somebody_knows_already():
    assert reminder_due(timedelta(days=7, minutes=1), timedelta(days=30)) is None
    assert reminder_due(timedelta(days=6), timedelta(days=30)) == "week"
    assert reminder_due(timedelta(days=6), hours(1)) is None  # took the seat after its hour
    assert reminder_due(hours(24), timedelta(days=2)) == "day"
    assert reminder_due(hours(2), timedelta(days=2)) == "hours"
    assert reminder_due(timedelta(), timedelta(days=2)) is None
    at = datetime.fromisoformat
    assert is_quiet(at("2026-03-02T22:00Z")) and is_quiet(at("2026-03-02T07:59Z"))
    assert not is_quiet(at("2026-03-02T08:00Z")) and not is_quiet(at("2026-03-02T21:59Z"))


def test_seats_are_counted_in_people_and_groups_are_kept_whole(work, booked, app):
    event_id = booked(capacity=3)
    with work():
        ada, bea = ask(event_id, "ada", 2), ask(event_id, "bea", 2)
        cleo = ask(event_id, "cleo")  # fits on what Bea's two do not
        assert (ada.status, bea.status, cleo.status) == (S.GOING, S.WAITLISTED, S.GOING)
        assert taken(event_id) == 3
        again = actions.ask_for_seats(
            actor=TESTS,
            event_id=event_id,
            coming=Coming(name="Somebody else", party=1),
            email="ADA@example.test",
            language="it",
        )
        assert (again.new, again.rsvp.id, again.rsvp.name, again.rsvp.party) == (False, ada.id, "Ada", 2)
        dora = ask(event_id, "dora")
        assert [place_in_line(one) for one in (bea, dora)] == [1, 2]
        with pytest.raises(errors.TooManyPeople):
            ask(event_id, "eva", 3)
    with work():
        actions.give_back(actor=TESTS, rsvp=cleo)
        found = {one: rsvp_by_id(one.id) for one in (bea, dora)}
        # One seat: Bea's two do not fit and keep their place, Dora is offered it for half a day.
        assert (found[bea].status, found[bea].passed_over) == (S.WAITLISTED, 1)
        assert found[dora].status == S.OFFERED
        assert found[dora].offered_until == shop_clock.now() + hours(12)
        assert taken(event_id) == 3
    with work():
        actions.give_back(actor=TESTS, rsvp=ada)
        assert standing(event_id)["bea"] == S.OFFERED
        actions.take_offer(actor=TESTS, rsvp=bea)
        assert taken(event_id) == 3
    drain(app)
    with work():
        # Where everybody stands in the end; what was passed within a breath is not written of.
        kinds = dict(map(tuple, db.session.execute(select(RsvpLetter.rsvp_id, RsvpLetter.kind))))
        assert kinds == {ada.id: "cancelled", bea.id: "going", cleo.id: "cancelled", dora.id: "offered"}


def test_an_offer_that_is_let_pass_goes_on_and_is_not_taken_late(work, booked, clock, app):
    event_id = booked(capacity=1)
    with work():
        ada, bea, _ = (ask(event_id, name) for name in ("ada", "bea", "cleo"))
        actions.give_back(actor=TESTS, rsvp=ada)
    clock.advance(hours=11, minutes=59)
    run(app, sweep)
    with work():
        assert standing(event_id) == {"ada": S.CANCELLED, "bea": S.OFFERED, "cleo": S.WAITLISTED}
    clock.advance(minutes=1)
    with work(), pytest.raises(errors.OfferOver):
        actions.take_offer(actor=TESTS, rsvp=bea)
    # It is ten at night in Torino by now: the seat waits for the morning, and nobody else is let past.
    clock.advance(hours=1)
    run(app, sweep)
    with work():
        assert standing(event_id) == {"ada": S.CANCELLED, "bea": S.CANCELLED, "cleo": S.WAITLISTED}
        assert rsvp_by_id(bea.id).lapsed and not rsvp_by_id(ada.id).lapsed
        assert ask(event_id, "dora").status == S.WAITLISTED
        assert taken(event_id) == 0
    clock.advance(hours=10)
    run(app, sweep)
    with work():
        assert standing(event_id)["cleo"] == S.OFFERED
        assert actions.come_again(actor=TESTS, rsvp=bea).status == S.WAITLISTED
        assert place_in_line(rsvp_by_id(bea.id)) == 2  # behind Dora, who came meanwhile
        assert taken(event_id) == 1
    run(app, sweep)
    with work():
        offers = select(func.count()).select_from(Message).where(Message.subject.like("A seat is free%"))
        assert db.session.scalar(offers) == 2  # one to Bea, one to Cleo, none twice


def test_under_three_hours_a_seat_is_offered_to_all_who_wait_and_the_first_claim_wins(
    work, booked, clock, app
):
    event_id = booked(capacity=2)
    with work():
        ada = ask(event_id, "ada", 2)
        waits = [ask(event_id, "bea"), ask(event_id, "cleo"), ask(event_id, "dora", 2)]
        starts = db.session.get_one(Event, event_id).starts_at
    clock.freeze(starts - hours(2))
    with work():
        actions.change_coming(actor=TESTS, rsvp=ada, coming=Coming(name="Ada"))
        assert standing(event_id) == {
            "ada": S.GOING,
            "bea": S.OFFERED,
            "cleo": S.OFFERED,
            "dora": S.WAITLISTED,  # two do not fit on one
        }
        assert taken(event_id) == 1  # such offers hold no seat
    with work():
        actions.take_offer(actor=TESTS, rsvp=waits[1])
        with pytest.raises(errors.OfferOver):
            actions.take_offer(actor=TESTS, rsvp=waits[0])
    with work():
        assert standing(event_id)["bea"] == S.WAITLISTED and taken(event_id) == 2
        assert place_in_line(rsvp_by_id(waits[0].id)) == 1
        actions.give_back(actor=TESTS, rsvp=ada)
        assert standing(event_id)["bea"] == S.OFFERED
    drain(app)
    with work():
        open_letters = select(RsvpLetter.rsvp_id).where(RsvpLetter.kind == "offered")
        assert db.session.scalars(open_letters).all() == [waits[0].id]
    clock.freeze(starts)
    with work():
        for late in (lambda: actions.take_offer(actor=TESTS, rsvp=waits[0]), lambda: ask(event_id, "eva")):
            with pytest.raises(errors.NotOpen):
                late()


def test_a_guest_changes_who_comes_without_a_seat_too_many(work, booked):
    event_id = booked(capacity=3)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea", 2)
        with pytest.raises(errors.NoSeatForTwo):
            actions.change_coming(actor=TESTS, rsvp=ada, coming=Coming(name="Ada", party=2, plus_one="Ugo"))
        actions.change_coming(actor=TESTS, rsvp=bea, coming=Coming(name="Bea", plus_one="Ugo"))
        assert rsvp_by_id(bea.id).plus_one == "" and taken(event_id) == 2
        actions.change_coming(
            actor=TESTS, rsvp=ada, coming=Coming(name="Ada", party=2, plus_one="Ugo", needs="A chair")
        )
        assert taken(event_id) == 3
        actions.give_back(actor=TESTS, rsvp=ada)
        with pytest.raises(IllegalMove):
            actions.change_coming(actor=TESTS, rsvp=ada, coming=Coming(name="Ada"))
        assert actions.come_again(actor=TESTS, rsvp=ada).status == S.GOING
        with pytest.raises(IllegalMove):
            actions.come_again(actor=TESTS, rsvp=ada)


def test_where_the_host_admits_nobody_has_a_seat_before(work, booked, host, app):
    event_id = booked(capacity=1, admission=Admission.HOST)
    with work():
        ada, bea, cleo = (ask(event_id, name) for name in ("ada", "bea", "cleo"))
        assert standing(event_id) == dict.fromkeys(("ada", "bea", "cleo"), S.PENDING)
        assert taken(event_id) == 0
        # Whom the host writes down needs no second yes, but a seat like everybody.
        assert ask(event_id, "dora", source=RsvpSource.HOST, email=None).status == S.GOING
        hosting.admit(actor=TESTS, event_id=event_id, rsvp_id=ada.id)
        hosting.decline(actor=TESTS, event_id=event_id, rsvp_id=bea.id)
        assert standing(event_id)["ada"] == S.WAITLISTED
        with pytest.raises(IllegalMove):
            hosting.decline(actor=TESTS, event_id=event_id, rsvp_id=ada.id)
        assert not actions.ask_for_seats(
            actor=TESTS, event_id=event_id, coming=Coming(name="Bea"), email=bea.email, language="en"
        ).new
        with pytest.raises(errors.NoSuchTicket):
            hosting.admit(actor=TESTS, event_id=booked(days=11), rsvp_id=cleo.id)
    with work():
        # Who cannot answer reads nothing of it: what a host left waits for the store.
        db.session.get_one(Editor, host).status = EditorStatus.PAUSED
    run(app, ask_hosts)
    with work():
        assert not [one for one in subjects() if "would like to come" in one]
        db.session.get_one(Editor, host).status = EditorStatus.ACTIVE
    run(app, ask_hosts)
    with work():
        asked = db.session.scalars(select(Message).where(Message.subject.like("%would like to come%"))).one()
        assert asked.subject == "Somebody would like to come: One jacket, three ways"
        assert f"/studio/events/{event_id}/guests" in asked.text
        actions.give_back(actor=TESTS, rsvp=cleo)
    run(app, ask_hosts)
    with work():
        assert "Not this time: One jacket, three ways" in subjects()
        assert len([one for one in subjects() if "would like to come" in one]) == 1
        hosting.admit(actor=TESTS, event_id=event_id, rsvp_id=bea.id)
        assert standing(event_id)["bea"] == S.WAITLISTED


def test_staff_reorder_the_waiting_list_with_a_reason_only(work, booked):
    event_id = booked(capacity=1)
    with work():
        ask(event_id, "ada")
        bea, cleo, dora = (ask(event_id, name) for name in ("bea", "cleo", "dora"))
        with pytest.raises(errors.ReasonNeeded):
            hosting.reorder(actor=STAFF, event_id=event_id, rsvp_id=dora.id, place=1, reason=" ")
        hosting.reorder(actor=STAFF, event_id=event_id, rsvp_id=dora.id, place=1, reason="She drives far")
        assert [place_in_line(rsvp_by_id(one.id)) for one in (dora, bea, cleo)] == [1, 2, 3]
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "guests.reorder")).one()
        assert (row.reason, row.before, row.after) == ("She drives far", {"place": 3}, {"place": 1})
        with pytest.raises(errors.NotWaiting):
            hosting.reorder(actor=STAFF, event_id=event_id, rsvp_id=0, place=1, reason="Why not")


def test_fewer_seats_than_guests_are_refused_and_more_go_to_who_waits(work, booked):
    event_id = booked(capacity=2)
    with work():
        ask(event_id, "ada", 2)
        bea = ask(event_id, "bea")
        with pytest.raises(errors.FewerThanGuests) as told:
            hosting.set_capacity(actor=STAFF, event_id=event_id, capacity=1, reason="The long table goes")
        assert str(told.value) == "Seats taken or offered already: 2. Not fewer than that."
        with pytest.raises(errors.ReasonNeeded):
            hosting.set_capacity(actor=STAFF, event_id=event_id, capacity=4, reason="")
        with pytest.raises(RoomTooSmall):
            hosting.set_capacity(actor=STAFF, event_id=event_id, capacity=25, reason="A larger crowd")
        hosting.set_capacity(actor=STAFF, event_id=event_id, capacity=3, reason="A chair more")
        assert rsvp_by_id(bea.id).status == S.OFFERED and taken(event_id) == 3


def test_reminders_come_once_each_in_the_guests_language_and_not_at_night(work, booked, clock, app):
    event_id = booked(capacity=5)
    with work():
        ada = ask(event_id, "ada", language="it")
        ask(event_id, "bea", source=RsvpSource.STAFF, email=None)
        starts = db.session.get_one(Event, event_id).starts_at
    drain(app)
    before = len(_letters(work))
    for moment in (
        starts - timedelta(days=7, minutes=5),
        starts - timedelta(days=7),
        starts - timedelta(days=6, hours=20),  # at ten at night nothing leaves, and it was written anyway
        starts - timedelta(days=5),
        starts - hours(24),
        starts - hours(23),
        starts - hours(2),
        starts - hours(1),
    ):
        clock.freeze(moment)
        if moment == starts - timedelta(days=5):
            with work():
                assert ask(event_id, "cleo").status == S.GOING  # knows already: no week's reminder
            drain(app)
            before += 1
        run(app, remind)
        run(app, remind)
    with work():
        assert subjects()[before - 1 :] == [
            "Tra una settimana: Una giacca, tre modi",
            "Your seat is kept: One jacket, three ways",
            "Domani: Una giacca, tre modi",
            "Tomorrow: One jacket, three ways",
            "Tra due ore: Una giacca, tre modi",
            "In two hours: One jacket, three ways",
        ]
        assert rsvp_by_id(ada.id).asked
        actions.confirm(actor=TESTS, rsvp=ada)
        assert not rsvp_by_id(ada.id).asked
        assert db.session.scalar(select(func.count()).select_from(RsvpLetter)) == 7


def _letters(work) -> list[str]:
    with work():
        return subjects()


def test_moving_an_event_keeps_its_guests_and_asks_them_and_cancelling_tells_all(
    work, booked, clock, app, room
):
    event_id = booked(capacity=1)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
        actions.confirm(actor=TESTS, rsvp=ada)
        event = db.session.get_one(Event, event_id)
        starts = event.starts_at + timedelta(days=1)
        move_event(
            actor=STAFF,
            event_id=event_id,
            starts_at=starts,
            ends_at=starts + hours(2),
            room_id=room,
            words="The lift is mended",
        )
        move_event(
            actor=STAFF,
            event_id=event_id,
            starts_at=starts + hours(1),
            ends_at=starts + hours(3),
            room_id=room,
            words="And the hairdresser is late",
        )
    drain(app)
    with work():
        assert standing(event_id) == {"ada": S.GOING, "bea": S.WAITLISTED}
        assert rsvp_by_id(ada.id).asked and rsvp_by_id(ada.id).confirmed_at is None
        assert subjects().count("Moved: One jacket, three ways") == 2
        actions.give_back(actor=TESTS, rsvp=bea)
        cancel_event(actor=STAFF, event_id=event_id, words="Water in the cellar")
    drain(app)
    with work():
        assert subjects().count("Called off: One jacket, three ways") == 1
        letter = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
        assert "Water in the cellar" in letter.text and "/tickets/" not in letter.text
        with pytest.raises(errors.NotOpen):
            ask(event_id, "cleo")


def test_a_guest_who_is_forgotten_frees_the_seat_to_come_and_stays_a_number(
    work, booked, clock, app, account
):
    event_id, other = booked(capacity=1), booked(capacity=1, days=30)
    ada_id, stranger = account("ada@example.test"), account("unproved@example.test")
    with work():
        ada = ask(event_id, "ada", account_id=ada_id)
        ask(event_id, "bea")
        later = ask(other, "ada")
        needs = Coming(name="Ada", needs="No nuts")
        actions.change_coming(actor=TESTS, rsvp=later, coming=needs)
        secret = ada.secret
        ends = db.session.get_one(Event, event_id).ends_at
    clock.freeze(ends + hours(1))
    person = Person(ada_id, "ada@example.test")
    with work():
        nobody = ask(other, "noemail", email=None).id
        CHAPTER.forget(Person(stranger, None))
        assert rsvp_by_id(nobody).name == "Noemail"  # no address is nobody's
        actions.give_back(actor=TESTS, rsvp=rsvp_by_id(nobody))
        assert [one["name"] for one in CHAPTER.tell(person)] == ["Ada", "Ada"]
        CHAPTER.forget(person)
    with work():
        past, to_come = rsvp_by_id(ada.id), rsvp_by_id(later.id)
        assert (past.status, past.party, past.name, past.email, past.account_id) == (
            S.GOING,
            1,
            "",
            None,
            None,
        )
        assert past.secret != secret
        assert (to_come.status, to_come.name, to_come.needs) == (S.CANCELLED, "", "")
        assert (taken(event_id), taken(other)) == (1, 0)
        assert CHAPTER.tell(person) == []
    before = len(_letters(work))
    drain(app)
    assert len([one for one in _letters(work)[before:] if "given back" in one]) == 0


def test_what_guests_need_is_erased_a_month_after_and_their_names_a_year_after(work, booked, clock):
    event_id = booked(capacity=2)
    with work():
        coming = Coming(name="Ada Rossi", party=2, plus_one="Ugo", needs="A ramp")
        ada = ask(event_id, "ada", coming=coming)
        ends = db.session.get_one(Event, event_id).ends_at
    for after, left in (
        (timedelta(days=29), ("Ada Rossi", "Ugo", "A ramp")),
        (timedelta(days=31), ("Ada Rossi", "Ugo", "")),
        (timedelta(days=366), ("", "", "")),
    ):
        clock.freeze(ends + after)
        with work():
            moving.forget_old()
            found = rsvp_by_id(ada.id)
            assert (found.name, found.plus_one, found.needs) == left
            assert (found.status, found.party) == (S.GOING, 2)


def run(app, job) -> None:
    with app.app_context():
        job()
        db.session.commit()
    drain(app)
