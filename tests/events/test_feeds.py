"""The evenings of one person: in their account, and in a calendar that follows by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from events.calendar.deciding import approve_event
from events.calendar.queries import event_by_id
from events.calendar.running import cancel_event, move_event
from events.feeds.actions import new_address
from events.feeds.privacy import CHAPTER
from events.feeds.queries import secret_of
from events.guests.actions import ask_for_seats, give_back
from events.guests.coming import Coming
from events.guests.queries import rsvp_by_id
from foundation.db import db
from foundation.privacy.chapters import Person
from tests.events.conftest import STAFF, TESTS
from tests.events.test_calendar_files import strictly
from tests.races import at_once


@pytest.fixture
def ada(account) -> int:
    return account("ada@example.test")


@pytest.fixture
def seat(work, proposed, room):
    """`seat(account_id, email, title=..)` is an event and the seat somebody has at it, as ids."""

    def take(account_id: int | None, email: str = "ada@example.test", **more: object) -> tuple[int, int]:
        event_id = proposed(**more)
        with work():
            approve_event(actor=STAFF, event_id=event_id, room_id=room)
            rsvp = ask_for_seats(
                actor=TESTS,
                event_id=event_id,
                coming=Coming(name="Ada", party=1),
                email=email,
                language="en",
                account_id=account_id,
            ).rsvp
            return event_id, rsvp.id

    return take


def read(client, secret: str, language: str = "en") -> list[dict[str, str]]:
    answer = client.get(f"/evenings/{secret}.ics?lang={language}")
    assert answer.status_code == 200
    found: list[dict[str, str]] = []
    for where, name, value in strictly(answer.data):
        if where == "VCALENDAR/VEVENT":
            if name == "SUMMARY":
                found.append({})
            found[-1][name] = value
    return found


def test_a_calendar_has_the_seats_of_its_owner_and_follows_what_becomes_of_them(
    work, client, client_of, ada, seat, room
):
    browser = client_of(ada)
    empty = browser.get("/account/evenings").text
    assert "No evening ahead" in empty
    assert "Make the address" in empty
    first, _rsvp = seat(ada, title="The first")
    off, _rsvp = seat(ada, days=11, title="The second", title_it="La seconda")
    _back, given = seat(ada, days=12, title="The third")
    seat(None, "ugo@example.test", days=14, title="Somebody else's")
    assert browser.post("/account/evenings/calendar").status_code == 303
    with work():
        secret = secret_of(ada)
    assert f"/evenings/{secret}.ics" in browser.get("/account/evenings").text
    assert [one["SUMMARY"] for one in read(client, secret)] == ["The first", "The second", "The third"]
    with work():
        later = event_by_id(first).starts_at + timedelta(days=3)
        move_event(
            actor=STAFF,
            event_id=first,
            room_id=room,
            starts_at=later,
            ends_at=later + timedelta(hours=2),
            words="Stock",
        )
        cancel_event(actor=STAFF, event_id=off, words="Water")
        give_back(actor=TESTS, rsvp=rsvp_by_id(given))
    second, moved = read(client, secret, "it")
    assert (moved["SEQUENCE"], moved["STATUS"]) == ("1", "CONFIRMED")
    assert (second["SUMMARY"], second["SEQUENCE"], second["STATUS"]) == ("La seconda", "1", "CANCELLED")
    assert "/tickets/" in moved["URL"]
    page = browser.get("/account/evenings").text
    assert page.index("The second") < page.index("The first")
    assert "Called off" in page
    assert "Your seat is kept" in page
    assert "The third" not in page
    assert "Somebody else" not in page
    asked = client.get(f"/evenings/{secret}.ics")
    assert "private" in asked.headers["Cache-Control"]
    again = client.get(f"/evenings/{secret}.ics", headers={"If-None-Match": asked.headers["ETag"]})
    assert again.status_code == 304


def test_another_address_ends_the_one_before_and_so_does_a_closed_account(
    app, work, client, client_of, ada, seat
):
    seat(ada)
    browser = client_of(ada)
    with work():
        first = new_address(actor=TESTS, account_id=ada)
    browser.post("/account/evenings/calendar")
    with work():
        second = secret_of(ada)
    assert client.get(f"/evenings/{first}.ics").status_code == 404
    assert client.get(f"/evenings/{second}.ics").status_code == 200
    assert client.get("/account/evenings").status_code != 200
    assert client.post("/account/evenings/calendar").status_code != 200
    assert at_once(app, *[lambda: new_address(actor=TESTS, account_id=ada)] * 2) == []
    with work():
        third = secret_of(ada)
        assert third not in {first, second, None}
        assert "made_at" in str(CHAPTER.tell(Person(ada, "ada@example.test")))
        db.session.execute(text("UPDATE accounts SET closed_at = now()"))
    assert client.get(f"/evenings/{third}.ics").status_code == 404
    with work():
        CHAPTER.forget(Person(ada, "ada@example.test"))
        assert secret_of(ada) is None


def test_a_seat_under_an_address_is_the_accounts_only_once_the_address_is_its_own(work, client, ada, seat):
    seat(None, title="Before the account")
    with work():
        db.session.execute(text("UPDATE accounts SET email_verified_at = NULL"))
        secret = new_address(actor=TESTS, account_id=ada)
    assert read(client, secret) == []
    with work():
        db.session.execute(text("UPDATE accounts SET email_verified_at = now()"))
    assert [one["SUMMARY"] for one in read(client, secret)] == ["Before the account"]
