"""Evenings online: no room and no opening hours, a link that nobody reads but who comes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from events.calendar import errors
from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event, suggest_time, take_suggestion
from events.calendar.models import Event, EventFormat, Visibility
from events.calendar.policy import is_joining_link
from events.calendar.queries import event_by_id, open_suggestion
from events.calendar.running import cancel_event, keep_hours, move_event
from events.door.closing import close_doors
from events.door.models import Scan
from events.door.queries import people_in
from events.guests import actions
from events.guests.hosting import set_capacity
from events.guests.jobs import remind
from events.guests.models import Rsvp
from events.reports.counting import count_sales
from events.reports.figures import figures_of
from events.sales.queries import on_sale_at
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from tests.commissions.conftest import make_staff
from tests.events.conftest import STAFF, TESTS, account_of, evening
from tests.events.test_calendar_files import of_event
from tests.events.test_guest_pages import page_of, people
from tests.events.test_guests import ask, standing
from tests.events.test_proposals import FILLED, only_event
from tests.events.test_reports import bases, buy
from tests.races import at_once

__all__ = ["buy", "people"]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
LINK = "https://meet.example.org/giulia?pwd=abc-123"


@pytest.fixture
def online(work, host, store):
    """`online()` is the id of an approved evening online. The store has no room at all."""

    def book(*, approved: bool = True, **more: object) -> int:
        with work():
            values = {"format": EventFormat.ONLINE, "joining_url": LINK} | more
            event = draft_event(actor=TESTS, editor_id=host, draft=evening(store, **values))
            propose_event(actor=TESTS, editor_id=host, event_id=event.id)
            if approved:
                approve_event(actor=STAFF, event_id=event.id, room_id=None)
            return event.id

    return book


def test_a_link_is_https_and_breaks_no_letter():
    right = (
        LINK,
        "https://us02web.zoom.us/j/123?pwd=a.b%20c#x",
        "https://meet.example.org:8443/a",
        "https://a.io",
    )
    wrong = ("http://meet.example.org", "https://meet", "https://a@evil.test/x", "javascript:alert(1)", "")
    torn = (
        "https://a.io/x y",
        "https://a.io/x)",
        'https://a.io/"',
        "https://a.io/<b>",
        f"{LINK}\n",
        "https://",
    )
    assert [is_joining_link(one) for one in right] == [True] * 4
    assert [is_joining_link(one) for one in (*wrong, *torn)] == [False] * 11


def test_it_needs_no_room_no_open_store_and_a_link(work, host, store, room, online):
    # In the night of a Sunday, twice at the same time.
    night = datetime(2026, 3, 15, 22, tzinfo=UTC)
    times = {"starts_at": night, "ends_at": night + timedelta(hours=2)}
    first, second, third = online(**times), online(**times), online(approved=False)
    with work():
        for event_id in (first, second):
            event = event_by_id(event_id)
            assert event.booked and event.room_id is None and event.joining_url == LINK
        for wrong in ("http://meet.example.org", "meet.example.org/x"):
            with pytest.raises(errors.LinkNeeded):
                draft_event(
                    actor=TESTS,
                    editor_id=host,
                    draft=evening(store, format=EventFormat.ONLINE, joining_url=wrong),
                )
        bare = draft_event(actor=TESTS, editor_id=host, draft=evening(store, format=EventFormat.ONLINE))
        with pytest.raises(errors.LinkNeeded):
            propose_event(actor=TESTS, editor_id=host, event_id=bare.id)
        # A link with an evening in the store is dropped, and a room with one online refused.
        inside = draft_event(actor=TESTS, editor_id=host, draft=evening(store, joining_url=LINK))
        assert inside.joining_url is None
        with pytest.raises(errors.NoSuchRoom):
            approve_event(actor=STAFF, event_id=third, room_id=room)
        propose_event(actor=TESTS, editor_id=host, event_id=inside.id)
        with pytest.raises(errors.NoSuchRoom):
            approve_event(actor=STAFF, event_id=inside.id, room_id=None)
        set_capacity(actor=STAFF, event_id=first, capacity=300, reason="It is online")


def test_the_database_refuses_what_the_actions_would(work, host, store, room, online):
    event_id = online()
    for change in (
        {"joining_url": None},
        {"joining_url": "http://meet.example.org"},
        {"room_id": room},
        {"format": "styling"},
    ):
        with pytest.raises(IntegrityError), work():
            db.session.execute(update(Event).where(Event.id == event_id).values(**change))
    with pytest.raises(IntegrityError, match="has_a_room"), work():
        db.session.execute(
            update(Event).where(Event.id == event_id).values(format="styling", joining_url=None)
        )


def test_another_time_is_suggested_taken_and_moved_without_a_room(work, host, online):
    event_id = online(approved=False)
    with work():
        event = event_by_id(event_id)
        day = timedelta(days=1)
        later = {
            "starts_at": event.starts_at + day,
            "ends_at": event.ends_at + day,
        }
        suggest_time(actor=STAFF, event_id=event_id, room_id=None, **later)
        suggestion = open_suggestion(event_id)
        take_suggestion(actor=TESTS, editor_id=host, event_id=event_id, suggestion_id=suggestion.id)
        assert event_by_id(event_id).status == "approved"
        last = {name: at + day for name, at in later.items()}
        assert move_event(actor=STAFF, event_id=event_id, room_id=None, words="A match", **last)
        assert event_by_id(event_id).sequence == 1


def test_no_sale_at_the_till_is_one_of_an_evening_online(work, store, online, clock):
    event_id = online()
    with work():
        starts = event_by_id(event_id).starts_at
        assert list(on_sale_at(store, starts)) == []


def test_the_page_and_its_data_say_online_and_keep_the_link(work, online, client, host):
    event_id = online()
    page = page_of(work, event_id)
    shown = client.get(page).text
    for words in ("an online evening", "OnlineEventAttendanceMode", "VirtualLocation", "By a link, at home"):
        assert words in shown
    for words in (
        "meet.example.org",
        "How to get there",
        "plan__pin",
        "PostalAddress",
        "The store and its hours",
    ):
        assert words not in shown
    file = client.get(f"{page}/calendar.ics").data
    assert of_event(file)["LOCATION"] == "Online" and b"meet.example" not in file
    assert client.get(f"{page}/card.jpg").status_code == 200
    lists = client.get("/events").text
    assert "Online" in lists and "meet.example" not in lists and "Via Lagrange 12" not in lists
    assert "One jacket" in client.get("/events?where=online").text
    assert "One jacket" not in client.get("/stores/torino").text
    assert "meet.example" not in client.get("/").text


def test_only_who_comes_is_led_in_from_ticket_reminder_and_calendar(work, online, client, clock, app):
    event_id = online(capacity=1)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
        starts = event_by_id(event_id).starts_at
    ticket = client.get(f"/tickets/{ada.secret}")
    joins = f"/tickets/{ada.secret}/join"
    assert "Online" in ticket.text and "The way in opens on this page at 17:00." in ticket.text
    assert "meet.example" not in ticket.text and joins not in ticket.text
    assert "the camera at the door" not in ticket.text and "Show this page at the door" not in ticket.text
    own = client.get(f"/tickets/{ada.secret}/calendar.ics")
    assert own.headers["Cache-Control"] == "private, no-store"
    entry = of_event(own.data)
    assert entry["LOCATION"].endswith(joins) and joins in entry["DESCRIPTION"]
    assert entry["URL"].endswith(f"/tickets/{ada.secret}")
    assert icalendar.Calendar.from_ical(own.data).walk("VEVENT")
    public = client.get(f"{page_of(work, event_id)}/calendar.ics").data
    assert entry["UID"] == of_event(public)["UID"]
    assert client.get(f"/tickets/{bea.secret}/calendar.ics").status_code == 404
    clock.freeze(starts - timedelta(hours=23))
    with work():
        remind()
    drain(app)
    with work():
        letters = {one.subject: one.text for one in db.session.scalars(select(Message))}
    assert joins in letters["Tomorrow: One jacket, three ways"]
    assert not [words for subject, words in letters.items() if joins in words and "Tomorrow" not in subject]
    assert not [words for words in letters.values() if "meet.example" in words]
    clock.freeze(starts - timedelta(minutes=30))
    with work():
        actions.give_back(actor=TESTS, rsvp=ada)
        assert standing(event_id) == {"ada": "cancelled", "bea": "offered"}
    for one in (ada, bea):  # given back; offered is not coming yet
        assert lead(client, one) == f"/tickets/{one.secret}"
    with work():
        actions.take_offer(actor=TESTS, rsvp=db.session.get_one(Rsvp, bea.id))
        cancel_event(actor=STAFF, event_id=event_id, words="The line is down")
        assert event_by_id(event_id).announced
    assert lead(client, bea) == f"/tickets/{bea.secret}"
    with work():
        assert scans() == []
    assert "called off" in client.get(page_of(work, event_id)).text


def test_an_editor_proposes_one_staff_say_yes_and_another_link_is_nobodys_news(
    work, people, host, store, room, client
):
    me, paola, _ = people
    filled = FILLED | {"place": str(store), "format": "online", "visibility": "public"}
    assert "Guests join by a link" in me.post("/studio/events/new", data=filled | {"joining_url": "x"}).text
    me.post("/studio/events/new", data=filled | {"joining_url": LINK})
    event_id = only_event(work, host)
    mine, desk = f"/studio/events/{event_id}", f"/staff/events/{event_id}"
    assert "Online evening" in me.get(mine).text and LINK in me.get(mine).text
    assert me.post(mine, data={"do": "propose"}).status_code == 303
    asked = paola.get(desk).text
    assert "Approve and book the room" not in asked and 'name="room"' not in asked and LINK in asked
    done = paola.post(desk, data={"do": "approve", "words": ""}, follow_redirects=True).text
    assert "Approved. The host gets a letter." in done
    words = {name: FILLED[name] for name in ("title", "title_it", "words", "words_it", "happens")}
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', me.get(f"{mine}/words").text)[1]
    gone = me.post(f"{mine}/words", data=words | {"joining_url": "", "seen": seen})
    assert gone.status_code == 400 and "Guests join by a link" in gone.text
    other = "https://other.example.org/room"
    assert me.post(f"{mine}/words", data=words | {"joining_url": other, "seen": seen}).status_code == 303
    with work():
        event = event_by_id(event_id)
        assert event.joining_url == other and event.sequence == 0
        assert event.visibility == Visibility.PUBLIC
    assert "has changed" not in client.get(page_of(work, event_id)).text


def lead(client, rsvp: Rsvp, method: str = "GET", agent: str = PHONE) -> str:
    """Where the way in leads."""
    answer = client.open(f"/tickets/{rsvp.secret}/join", method=method, headers={"User-Agent": agent})
    assert answer.status_code == 303 and answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    return str(answer.location)


def scans() -> list[tuple[int | None, str, int]]:
    return [(one.rsvp_id, str(one.result), one.people) for one in db.session.scalars(select(Scan))]


def test_the_way_in_opens_an_hour_before_and_writes_down_who_came_once(work, online, client, clock):
    event_id = online(capacity=3)
    with work():
        ada, bea, cleo = ask(event_id, "ada", 2), ask(event_id, "bea"), ask(event_id, "cleo")
        starts, ends = event_by_id(event_id).starts_at, event_by_id(event_id).ends_at
    hour = timedelta(hours=1)
    clock.freeze(starts - hour - timedelta(seconds=1))
    assert lead(client, ada) == f"/tickets/{ada.secret}"
    with work():
        assert scans() == []
    clock.freeze(starts - hour)
    assert f"/tickets/{ada.secret}/join" in client.get(f"/tickets/{ada.secret}").text
    # A program that follows what stands in letters came to nothing, and who waits has no way in.
    assert lead(client, ada, agent="Mozilla/5.0 (compatible; bingbot/2.0)") == f"/tickets/{ada.secret}"
    assert lead(client, ada, method="HEAD") == f"/tickets/{ada.secret}"
    assert lead(client, cleo) == f"/tickets/{cleo.secret}"
    assert client.get("/tickets/nobody/join").status_code == 404
    with work():
        assert scans() == [] and people_in(event_id) == 0
    assert [lead(client, ada) for _ in range(3)] == [LINK] * 3
    with work():
        assert scans() == [(ada.id, "ok", 2)] and people_in(event_id) == 2
        assert standing(event_id) == {"ada": "attended", "bea": "going", "cleo": "waitlisted"}
        # The host changes the link in the middle of it: the same ticket leads there.
        event_by_id(event_id).joining_url = "https://other.example.org/room"
    clock.freeze(starts + hour)
    assert lead(client, ada) == "https://other.example.org/room"
    clock.freeze(ends)
    assert lead(client, bea) == f"/tickets/{bea.secret}"
    clock.freeze(ends + 3 * hour)
    with work():
        keep_hours(actor=TESTS)
        close_doors(actor=TESTS)
        assert standing(event_id) == {"ada": "attended", "bea": "no_show", "cleo": "waitlisted"}
        figures = figures_of(event_by_id(event_id))
        assert (figures["came"], figures["no_shows"], figures["seconds"]) == (2, 1, None)


def test_two_taps_at_once_are_one_arrival(app, work, online, client_of, clock):
    event_id = online(capacity=2)
    with work():
        ada, bea = ask(event_id, "ada"), ask(event_id, "bea")
        clock.freeze(event_by_id(event_id).starts_at)
    led: list[str] = []
    taps = [lambda one=one: led.append(lead(app.test_client(), one)) for one in (ada, bea, ada, bea, ada)]
    assert at_once(app, *taps) == []
    assert led == [LINK] * 5
    with work():
        assert people_in(event_id) == 2
        assert sorted(one for one in scans() if one[2]) == [(ada.id, "ok", 1), (bea.id, "ok", 1)]


def test_its_board_shows_who_joined_its_door_is_none_and_no_order_is_one_of_the_same_visit(
    work, online, store, host, client, client_of, buy, clock
):
    event_id = online(capacity=5)
    with work():
        ada = ask(event_id, "ada")
        starts, ends = event_by_id(event_id).starts_at, event_by_id(event_id).ends_at
        mine, paola = client_of(account_of(host)), client_of(make_staff("Paola", Role.STORE))
    clock.freeze(starts)
    for who, at in ((mine, "/studio"), (paola, "/staff")):
        page = who.get(f"{at}/events/{event_id}").text
        assert f"{at}/events/{event_id}/board" in page and f"{at}/events/{event_id}/door" not in page
        assert who.get(f"{at}/events/{event_id}/door").status_code == 404
        board = who.get(f"{at}/events/{event_id}/board").text
        assert "Whoever joins by their ticket stands here within seconds." in board
        assert "The door" not in board and "Walked in" not in board
    assert lead(client, ada) == LINK
    assert "In since 18:00" in mine.get(f"/studio/events/{event_id}/board").text
    there = buy("ada", 122_00, starts + timedelta(hours=1), till_place_id=store)
    clock.freeze(ends + timedelta(days=9))
    with work():
        keep_hours(actor=TESTS)
        count_sales(return_days=30)
        assert bases() == {there: (event_id, "week", 100_00)}
        shown = mine.get(f"/studio/events/{event_id}/report").text
    assert "In the week after" in shown and "On the same visit" not in shown and "walked in" not in shown
