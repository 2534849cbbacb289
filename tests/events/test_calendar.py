"""Events: proposed, answered, booked; two of them never meet in one room."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from editors.membership.models import Editor, EditorStatus
from events.calendar import errors, ports, running
from events.calendar.actions import change_event, draft_event, propose_event, withdraw_proposal
from events.calendar.deciding import (
    approve_event,
    decline_event,
    refuse_suggestion,
    suggest_time,
    take_suggestion,
)
from events.calendar.facts import EventCancelled, EventClosed, EventMoved
from events.calendar.models import Event, EventStatus, EventTurn, SuggestionStatus, TimeSuggestion
from events.calendar.policy import course_of, moment_at, sensible_length, within_hours
from events.calendar.queries import event_by_id, proposals, rooms_free
from events.calendar.rooms import RoomDraft, close_room, write_room
from events.calendar.running import cancel_event, keep_hours, move_event
from foundation import clock as shop_clock
from foundation import facts
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.seen import ChangedMeanwhile
from foundation.states import IllegalMove
from storefront.places.policy import Hours, Span
from tests.events.conftest import STAFF, TESTS, evening, make_room, make_store
from tests.races import at_once, meeting

S = EventStatus
wall = datetime.fromisoformat  # what a clock shows, of no zone yet


def steps(event_id: int) -> list[str]:
    found = select(EventTurn.step).where(EventTurn.event_id == event_id).order_by(EventTurn.id)
    return list(db.session.scalars(found))


def status(event_id: int) -> str:
    return db.session.get_one(Event, event_id, populate_existing=True).status


def test_a_proposal_is_approved_and_its_room_is_booked(work, proposed, host, room, store):
    event_id = proposed()
    with work():
        assert [one.id for one in proposals(store)] == [event_id]
        approve_event(actor=STAFF, event_id=event_id, room_id=room, words="With pleasure")
    with work():
        found = event_by_id(event_id)
        assert (found.status, found.room_id, found.time_zone) == (S.APPROVED, room, "Europe/Rome")
        assert [(one.step, one.by_staff, one.words) for one in found.turns] == [
            ("proposed", False, ""),
            ("approved", True, "With pleasure"),
        ]
        assert rooms_free(store, found.starts_at, found.ends_at) == []
        assert proposals() == []
        acts = db.session.scalars(select(AuditRow.action).where(AuditRow.subject_type == "event")).all()
        assert acts == ["events.draft", "events.proposed", "events.approved"]
        with pytest.raises(IllegalMove):
            approve_event(actor=STAFF, event_id=event_id, room_id=room)


def test_a_declined_proposal_is_a_draft_again_with_the_reason_beside_it(work, proposed, host, store):
    event_id = proposed()
    with work():
        with pytest.raises(errors.ReasonNeeded):
            decline_event(actor=STAFF, event_id=event_id, words="  ")
        decline_event(actor=STAFF, event_id=event_id, words="We count the stock that night")
    with work():
        assert status(event_id) == S.DRAFT
        seen = event_by_id(event_id).seen
        change_event(actor=TESTS, editor_id=host, event_id=event_id, draft=evening(store, days=11), seen=seen)
        with pytest.raises(ChangedMeanwhile):
            change_event(
                actor=TESTS, editor_id=host, event_id=event_id, draft=evening(store, days=12), seen=seen
            )
        propose_event(actor=TESTS, editor_id=host, event_id=event_id)
        with pytest.raises(IllegalMove):
            change_event(actor=TESTS, editor_id=host, event_id=event_id, draft=evening(store))
        withdraw_proposal(actor=TESTS, editor_id=host, event_id=event_id)
        assert steps(event_id) == ["proposed", "declined", "proposed", "withdrawn"]


def test_another_time_books_nothing_until_the_host_takes_it(work, proposed, host, room, store):
    event_id = proposed()
    with work():
        was = event_by_id(event_id)
        starts = was.starts_at + timedelta(days=1)
        values = {"room_id": room, "starts_at": starts, "ends_at": starts + timedelta(hours=2)}
        first = suggest_time(actor=STAFF, event_id=event_id, words="Rather on Friday", **values).id
        second = suggest_time(actor=STAFF, event_id=event_id, **values).id
        assert rooms_free(store, starts, starts + timedelta(hours=1)) != []
    with work():
        with pytest.raises(errors.NothingSuggested):
            take_suggestion(actor=TESTS, editor_id=host, event_id=event_id, suggestion_id=first)
        refuse_suggestion(
            actor=TESTS, editor_id=host, event_id=event_id, suggestion_id=second, words="I work on Fridays"
        )
        assert status(event_id) == S.PROPOSED
        third = suggest_time(actor=STAFF, event_id=event_id, **values).id
        take_suggestion(actor=TESTS, editor_id=host, event_id=event_id, suggestion_id=third)
    with work():
        found = event_by_id(event_id)
        assert (found.status, found.starts_at, found.room_id) == (S.APPROVED, starts, room)
        said = db.session.scalars(select(TimeSuggestion.status).order_by(TimeSuggestion.id)).all()
        assert said == [SuggestionStatus.REPLACED, SuggestionStatus.REFUSED, SuggestionStatus.TAKEN]


def test_whoever_is_no_active_editor_or_not_eligible_proposes_nothing(work, host, store, room, monkeypatch):
    class Untrained:
        def may_host(self, editor_id: int) -> bool:
            return False

    with monkeypatch.context() as untrained:
        untrained.setattr(ports._Port, "known", Untrained())
        with work(), pytest.raises(errors.NotEligible):
            draft_event(actor=TESTS, editor_id=host, draft=evening(store))
    with work():
        db.session.get_one(Editor, host).status = EditorStatus.PAUSED
        db.session.flush()
        with pytest.raises(errors.NotEligible):
            draft_event(actor=TESTS, editor_id=host, draft=evening(store))
        assert db.session.scalars(select(Event)).all() == []


def test_a_time_when_nobody_can_come_is_not_proposed(work, host, store, room, proposed):
    for more, refused in (
        ({"days": 0, "hour": 17}, errors.TooSoon),
        ({"days": 13}, errors.OutsideOpeningHours),  # a Sunday
        ({"hour": 20}, errors.OutsideOpeningHours),  # until eleven: four hours after it closes
        ({"hour": 3}, errors.OutsideOpeningHours),
    ):
        with work():
            event = draft_event(actor=TESTS, editor_id=host, draft=evening(store, **more))
            with pytest.raises(refused):
                propose_event(actor=TESTS, editor_id=host, event_id=event.id)
            assert status(event.id) == S.DRAFT
    with work(), pytest.raises(errors.NotThatLong):
        start = shop_clock.now() + timedelta(days=5)
        draft = evening(store, starts_at=start, ends_at=start + timedelta(minutes=20))
        draft_event(actor=TESTS, editor_id=host, draft=draft)


def test_a_room_of_another_store_a_small_one_and_a_closed_one_are_refused(work, proposed, store, room):
    event_id = proposed()
    with work():
        elsewhere, small = make_room(make_store("roma")), make_room(store, "Fitting rooms", 4)
        closed = make_room(store, "Cellar")
        close_room(actor=STAFF, place_id=store, room_id=closed)
    for room_id, refused in (
        (elsewhere, errors.NoSuchRoom),
        (closed, errors.NoSuchRoom),
        (small, errors.RoomTooSmall),
    ):
        with work(), pytest.raises(refused):
            approve_event(actor=STAFF, event_id=event_id, room_id=room_id)
    with work():
        assert status(event_id) == S.PROPOSED


def test_events_may_follow_one_another_and_take_place_side_by_side(work, proposed, store, room):
    first, after, beside, meeting = proposed(hour=13), proposed(hour=15), proposed(hour=14), proposed(hour=14)
    with work():
        other = make_room(store, "Upstairs")
        approve_event(actor=STAFF, event_id=first, room_id=room)
        approve_event(actor=STAFF, event_id=after, room_id=room)
        approve_event(actor=STAFF, event_id=beside, room_id=other)
        with pytest.raises(errors.RoomTaken):
            approve_event(actor=STAFF, event_id=meeting, room_id=room)
    with work():
        assert [status(one) for one in (first, after, beside, meeting)] == [S.APPROVED] * 3 + [S.PROPOSED]
        assert steps(meeting) == ["proposed"]


def _approved_at_once(app, work, proposed, room) -> list[str]:
    both = proposed(), proposed(hour=18)
    met = at_once(
        app, *(lambda one=one: approve_event(actor=STAFF, event_id=one, room_id=room) for one in both)
    )
    assert all(isinstance(one, errors.RoomTaken) for one in met), met
    with work():
        return sorted(status(one) for one in both)


def test_two_who_approve_at_once_book_one_of_them(app, work, proposed, room):
    for _ in range(3):
        assert _approved_at_once(app, work, proposed, room) == [S.APPROVED, S.PROPOSED]
        with work():
            db.session.execute(text("UPDATE events SET status = 'cancelled'"))


def test_without_the_constraint_both_would_be_booked(app, work, proposed, room):
    name = "ex_events_room"
    with work():
        shape = db.session.scalar(
            text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"), {"name": name}
        )
        db.session.execute(text(f"ALTER TABLE events DROP CONSTRAINT {name}"))
    try:
        assert _approved_at_once(app, work, proposed, room) == [S.APPROVED, S.APPROVED]
    finally:
        with work():
            db.session.execute(text("UPDATE events SET status = 'cancelled'"))
            db.session.execute(text(f"ALTER TABLE events ADD CONSTRAINT {name} {shape}"))


def test_an_approved_event_is_moved_or_called_off_with_a_reason(work, clock, proposed, host, store, room):
    event_id, other = proposed(), proposed(days=11)
    with work():
        approve_event(actor=STAFF, event_id=event_id, room_id=room)
        approve_event(actor=STAFF, event_id=other, room_id=room)
        taken = event_by_id(other)
        values = {"starts_at": taken.starts_at, "ends_at": taken.ends_at, "room_id": room}
        with pytest.raises(errors.ReasonNeeded):
            move_event(actor=STAFF, event_id=event_id, words="", **values)
        with pytest.raises(errors.RoomTaken):
            move_event(actor=STAFF, event_id=event_id, words="Stock", **values)
    with work():
        found = event_by_id(event_id)
        same = {"starts_at": found.starts_at, "ends_at": found.ends_at, "room_id": room}
        assert not move_event(actor=STAFF, event_id=event_id, words="", **same)
        later = {name: value + timedelta(days=3) for name, value in same.items() if name != "room_id"}
        assert move_event(actor=STAFF, event_id=event_id, words="Stock-taking", room_id=room, **later)
        with pytest.raises(errors.ReasonNeeded):
            cancel_event(actor=TESTS, event_id=event_id, words="", host=host)
        with pytest.raises(errors.NoSuchEvent):
            cancel_event(actor=TESTS, event_id=event_id, words="Not mine", host=host + 1)
        with pytest.raises(errors.RoomBooked):
            close_room(actor=STAFF, place_id=store, room_id=room)
        cancel_event(actor=TESTS, event_id=event_id, words="I broke my leg", host=host)
        assert steps(event_id) == ["proposed", "approved", "moved", "cancelled"]
    clock.advance(days=30)
    with work():
        with pytest.raises(errors.AlreadyBegun):
            cancel_event(actor=STAFF, event_id=other, words="Too late")
        assert status(other) == S.APPROVED


@pytest.fixture
def told(monkeypatch) -> list[object]:
    """The facts that the calendar tells, as they are recorded."""
    heard: list[object] = []
    monkeypatch.setattr(facts, "record", heard.append)
    return heard


def test_calendars_of_guests_follow_what_moves_and_nothing_is_told_of_drafts(
    work, proposed, host, store, room, told
):
    event_id, draft_id = proposed(), proposed(days=12)
    with work():
        other = make_room(store, "Upstairs")
        cancel_event(actor=STAFF, event_id=draft_id, words="No")
        assert approve_event(actor=STAFF, event_id=event_id, room_id=room).sequence == 0
        found = event_by_id(event_id)
        was = {"starts_at": found.starts_at, "ends_at": found.ends_at}
        later = {name: value + timedelta(hours=1) for name, value in was.items()}
        move_event(actor=STAFF, event_id=event_id, words="Late train", room_id=room, **later)
        move_event(actor=STAFF, event_id=event_id, words="Mirrors", room_id=other, **later)
        move_event(actor=STAFF, event_id=event_id, words="Again", room_id=other, **later)
        assert event_by_id(event_id).sequence == 2
        assert cancel_event(actor=STAFF, event_id=event_id, words="Water").sequence == 3
    assert [type(one) for one in told] == [EventMoved, EventMoved, EventCancelled]
    first, second, last = told
    assert (first.sequence, first.was_starts_at, first.other_time) == (1, was["starts_at"], True)
    assert (second.sequence, second.was_ends_at, second.other_time) == (2, later["ends_at"], False)
    assert last.sequence == 3


def test_events_begin_and_end_by_themselves_also_after_a_standstill(app, work, clock, proposed, room, told):
    first, missed, unanswered = proposed(), proposed(days=11), proposed(days=12)
    with work():
        for event_id in (first, missed):
            approve_event(actor=STAFF, event_id=event_id, room_id=room)
        begins = event_by_id(first).starts_at
    clock.freeze(begins - timedelta(seconds=1))
    with work():
        assert keep_hours(actor=TESTS) == 0
    clock.freeze(begins)
    assert at_once(app, *[lambda: keep_hours(actor=TESTS)] * 2) == []
    with work():
        assert (status(first), steps(first)[2:]) == (S.LIVE, ["begun"])
        with pytest.raises(errors.AlreadyBegun):
            cancel_event(actor=STAFF, event_id=first, words="Too late")
        later = {"starts_at": begins + timedelta(days=1), "ends_at": begins + timedelta(days=1, hours=1)}
        with pytest.raises(errors.AlreadyBegun):
            move_event(actor=STAFF, event_id=first, words="Too late", room_id=room, **later)
    assert told == []
    clock.advance(days=20)
    with work():
        assert keep_hours(actor=TESTS) == 3
        assert keep_hours(actor=TESTS) == 0
    with work():
        assert [status(one) for one in (first, missed, unanswered)] == [S.CLOSED, S.CLOSED, S.PROPOSED]
        assert steps(missed)[2:] == ["begun", "closed"]
        assert event_by_id(missed).sequence == 0
        with pytest.raises(IllegalMove):
            move_event(actor=STAFF, event_id=unanswered, words="Late", room_id=room, **later)
    assert [(type(one), one.event_id) for one in told] == [(EventClosed, first), (EventClosed, missed)]


def test_without_the_lock_an_event_would_begin_twice(app, work, clock, proposed, room, monkeypatch):
    event_id = proposed()
    with work():
        approve_event(actor=STAFF, event_id=event_id, room_id=room)
        clock.freeze(event_by_id(event_id).starts_at)
    unlocked = meeting(lambda one: db.session.get_one(Event, one))
    monkeypatch.setattr(running, "locked_event", unlocked)
    assert at_once(app, *[lambda: keep_hours(actor=TESTS)] * 2) == []
    with work():
        assert steps(event_id)[2:] == ["begun", "begun"]


def test_an_address_follows_the_title_until_the_store_says_yes_and_its_secret_stays(work, host, store, room):
    with work():
        event = draft_event(actor=TESTS, editor_id=host, draft=evening(store))
        was, secret = event.slug, event.slug[-10:]
        assert was == f"one-jacket-three-ways-{secret}"
        draft = evening(store, title="☆", visibility="link", admission="host", most_party=1)
        change_event(actor=TESTS, editor_id=host, event_id=event.id, draft=draft)
        assert event.slug == f"event-{secret}"
        again = draft_event(actor=TESTS, editor_id=host, draft=evening(store))
        assert again.slug[:-10] == was[:-10]
        assert again.slug != was


def test_a_room_keeps_its_name_to_itself(work, store, room):
    with work():
        with pytest.raises(errors.RoomNamed):
            make_room(store)
        draft = RoomDraft(name="Ground floor", name_it="Piano terra", seats=10, access="", access_it=None)
        write_room(actor=STAFF, place_id=store, draft=draft, room_id=room)
        with pytest.raises(ChangedMeanwhile):
            write_room(actor=STAFF, place_id=store, draft=draft, room_id=room, seen="something else")
        assert rooms_free(store, shop_clock.now(), shop_clock.now() + timedelta(hours=1))[0].seats == 10


def test_an_hour_that_the_clocks_skip_is_none_and_one_that_comes_twice_is_the_first():
    assert moment_at(wall("2026-03-29 02:30"), "Europe/Rome") is None
    assert moment_at(wall("2026-03-29 03:00"), "Europe/Rome") == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment_at(wall("2026-10-25 02:30"), "Europe/Rome") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_night_with_a_change_of_clocks_counts_what_it_lasts():
    starts, ends = (
        moment_at(wall("2026-03-28 22:00"), "Europe/Rome"),
        moment_at(wall("2026-03-29 11:00"), "Europe/Rome"),
    )
    assert starts and ends
    assert ends - starts == timedelta(hours=12)
    assert sensible_length(starts, ends)


def test_a_store_with_a_pause_or_a_special_day_lets_people_in_as_it_says():
    hours = Hours({0: (Span(600, 780), Span(930, 1140))}, {date(2026, 12, 7): ()})
    monday = wall("2026-11-30 00:00")
    assert within_hours(hours, monday.replace(hour=13), monday.replace(hour=15))
    assert within_hours(hours, monday.replace(hour=20), monday.replace(hour=22))
    assert not within_hours(hours, monday.replace(hour=20), monday.replace(hour=22, minute=1))
    assert within_hours(hours, monday.replace(hour=7), monday.replace(hour=9))
    assert not within_hours(hours, wall("2026-12-07 18:00"), wall("2026-12-07 20:00"))
    assert not within_hours(hours, wall("2026-12-01 18:00"), wall("2026-12-01 20:00"))


def test_the_course_of_an_evening_is_read_line_by_line():
    assert course_of("18:30 Coats off\n\nThen talk\n9:5x odd") == [
        ("18:30", "Coats off"),
        ("", "Then talk"),
        ("", "9:5x odd"),
    ]
