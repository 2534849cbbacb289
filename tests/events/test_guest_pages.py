"""A seat by a form without an account, the ticket, and the lists of host and staff."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from events.calendar.models import Admission, Event, Visibility
from events.guests import actions
from events.guests.models import Rsvp, RsvpSource
from events.guests.queries import rsvp_by_id
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from tests.commissions.conftest import make_staff
from tests.events.conftest import TESTS, account_of
from tests.events.test_guests import S, ask, booked, standing, taken

__all__ = ["booked"]
ADA = {"people": "1", "name": "Ada Rossi", "email": "Ada@Example.test", "plus_one": "", "needs": ""}


@pytest.fixture
def people(work, host, client_of):
    """The host, staff of the store, and a member of staff who only reads."""
    with work():
        paola, reads = make_staff("Paola", Role.STORE), make_staff("Carla", Role.COMMUNITY)
        account = account_of(host)
    return client_of(account), client_of(paola), client_of(reads)


def page_of(work, event_id: int) -> str:
    with work():
        return f"/events/{db.session.get_one(Event, event_id).slug}"


def test_a_seat_without_an_account_and_everything_by_the_ticket(work, booked, client, app):
    event_id = booked(capacity=2)
    page = page_of(work, event_id)
    there = client.get(page)
    assert "2 of 2 free" in there.text and "Keep a seat for me" in there.text
    for wrong, words in (
        ({"name": " "}, "What may we call you?"),
        ({"email": "ada"}, "does not look like an e-mail address"),
        ({"people": "2"}, "Who comes with you? A first name is enough."),
        ({"people": "3"}, "Choose one from the list."),
        ({"needs": "x" * 501}, "That is too long."),
    ):
        refused = client.post(f"{page}/rsvp", data=ADA | wrong)
        assert refused.status_code == 422 and words in refused.text
        assert "Ada" in refused.text
    with work():
        assert db.session.scalar(select(func.count()).select_from(Rsvp)) == 0
    answer = client.post(
        f"{page}/rsvp",
        data=ADA | {"people": "2", "plus_one": "Ugo", "needs": "No nuts"},
        headers={"Accept-Language": "it"},
    )
    ticket = answer.headers["Location"]
    assert answer.status_code == 303 and re.fullmatch(r"/tickets/[\w-]{22}", ticket)
    shown = client.get(ticket)
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    for words in (
        "Your seats are kept",
        "<svg",
        "Ada Rossi",
        "and Ugo",
        "calendar.ics",
        "No nuts",
        "noindex",
    ):
        assert words in shown.text
    # The same again leads to the same ticket; from another browser it opens nothing, and a letter brings it.
    assert client.post(f"{page}/rsvp", data=ADA).headers["Location"] == ticket
    assert client.get(f"{page}/rsvp").headers["Location"] == ticket
    assert "Open your ticket" in client.get(page).text
    stranger = app.test_client()
    elsewhere = stranger.post(f"{page}/rsvp", data=ADA | {"name": "Somebody"})
    assert elsewhere.headers["Location"] == f"{page}/rsvp" and ticket not in stranger.get(page).text
    drain(app)
    with work():
        found = db.session.scalars(select(Rsvp)).one()
        assert (found.name, found.party, found.email, found.language) == (
            "Ada Rossi",
            2,
            "ada@example.test",
            "it",
        )
        letters = db.session.scalars(select(Message).where(Message.recipient == "ada@example.test")).all()
        assert {one.subject for one in letters} == {
            "Il tuo posto è tenuto: Una giacca, tre modi",
            "Il tuo biglietto: Una giacca, tre modi",
        }
        assert all(ticket in one.text and one.carries_key for one in letters)
        bea = ask(event_id, "bea").secret
    assert "All taken; there is a waiting list" in stranger.get(page).text
    waits = stranger.get(f"/tickets/{bea}")
    assert "You are number 1 in the line" in waits.text and "<svg" not in waits.text
    fewer = client.post(f"{ticket}/change", data=ADA | {"name": "Ada R.", "plus_one": "Ugo"})
    assert fewer.headers["Location"] == ticket and "and Ugo" not in client.get(ticket).text
    offered = stranger.get(f"/tickets/{bea}").text
    assert "A seat is free for you" in offered and "Take the seat" in offered
    assert (
        "There is no seat free for one more"
        in client.post(f"{ticket}/change", data=ADA | {"people": "2", "plus_one": "Ugo"}).text
    )
    assert stranger.post(f"/tickets/{bea}", data={"do": "take"}).status_code == 303
    late = stranger.post(f"/tickets/{bea}", data={"do": "take"})
    assert late.status_code == 409 and "This seat went to somebody else meanwhile." in late.text
    assert client.post(ticket, data={"do": "give_back"}).status_code == 303
    assert "Your seat is given back" in client.get(ticket).text
    assert client.post(ticket, data={"do": "again"}).status_code == 303
    with work():
        assert standing(event_id) == {"ada r.": S.GOING, "bea": S.GOING} and taken(event_id) == 2
    for nothing in ("/tickets/none", f"{page}x/rsvp"):
        assert client.get(nothing).status_code == 404
    assert client.post(ticket, data={"do": "steal"}).status_code == 404


def test_an_evening_by_invitation_opens_to_its_guests_alone(work, booked, client, app):
    event_id = booked(capacity=2, visibility=Visibility.INVITED, admission=Admission.HOST)
    page = page_of(work, event_id)
    with work():
        secret = ask(event_id, "ada", source=RsvpSource.HOST).secret
    assert client.get(page).status_code == client.get(f"{page}/rsvp").status_code == 404
    assert client.post(f"{page}/rsvp", data=ADA).status_code == 404
    shown = client.get(f"/tickets/{secret}")
    assert shown.status_code == 200 and f"{secret}/calendar.ics" in shown.text
    assert client.get(f"{page}?guest={secret}").status_code == 200
    assert client.get(f"{page}/calendar.ics?guest={secret}").status_code == 200


def test_the_form_can_be_sent_so_often_and_no_more(work, booked, client, monkeypatch):
    page = page_of(work, booked())
    monkeypatch.setattr("events.guests.views.TRIES", 2)
    sent = [
        client.post(f"{page}/rsvp", data=ADA | {"email": f"a{n}@example.test"}).status_code for n in range(3)
    ]
    assert sent == [303, 303, 429]


def test_the_host_answers_and_writes_down_and_staff_order_who_waits(work, booked, people, client):
    event_id = booked(capacity=1, admission=Admission.HOST)
    host, paola, reads = people
    mine, theirs = f"/studio/events/{event_id}/guests", f"/staff/events/{event_id}/guests"
    assert "Nobody yet" in host.get(mine).text and "Nobody waits for an answer." in host.get(mine).text
    answer = client.post(f"{page_of(work, event_id)}/rsvp", data=ADA | {"needs": "A ramp"})
    assert "answers you" in client.get(answer.headers["Location"]).text
    listed = host.get(mine).text
    assert "A ramp" in listed and "ada@example.test" not in listed
    with work():
        ada = db.session.scalars(select(Rsvp)).one()
    assert host.post(mine, data={"do": "admit", "rsvp": ada.id}).status_code == 303
    again = host.post(mine, data={"do": "admit", "rsvp": ada.id})
    assert again.status_code == 409 and "no longer possible" in again.text
    for name in ("Bea", "Cleo"):
        filled = {"do": "add", "people": "1", "name": name, "email": "", "needs": ""}
        assert host.post(mine, data=filled).status_code == 303
    assert "Every seat is taken: Cleo is on the waiting list." in host.get(mine).text
    wrong = host.post(mine, data={"do": "add", "people": "1", "name": "", "email": "x"})
    assert wrong.status_code == 422 and "What may we call you?" in wrong.text
    listed = paola.get(theirs).text
    assert "ada@example.test" in listed and "by the host" in listed
    with work():
        cleo = db.session.scalars(select(Rsvp).where(Rsvp.name == "Cleo")).one()
    unsaid = paola.post(theirs, data={"do": "reorder", "rsvp": cleo.id, "place": "1", "reason": ""})
    assert unsaid.status_code == 400 and "Say why in a sentence" in unsaid.text
    moved = {"do": "reorder", "rsvp": cleo.id, "place": "1", "reason": "She drives far"}
    assert host.post(mine, data=moved).status_code == 404
    assert paola.post(theirs, data=moved).status_code == 303
    assert paola.post(theirs, data=moved | {"place": "first"}).status_code == 422
    few = paola.post(theirs, data={"do": "seats", "capacity": "0", "reason": "x"})
    assert few.status_code == 422
    many = paola.post(theirs, data={"do": "seats", "capacity": "25", "reason": "Chairs"})
    assert many.status_code == 400 and "The room has fewer seats than that" in many.text
    more = {"do": "seats", "capacity": "2", "reason": "A chair more"}
    assert paola.post(theirs, data=more).status_code == 303
    with work():
        assert standing(event_id) == {"ada rossi": S.GOING, "bea": S.WAITLISTED, "cleo": S.OFFERED}
        said = select(AuditRow.reason).where(AuditRow.action.in_(("guests.reorder", "guests.capacity")))
        assert db.session.scalars(said.order_by(AuditRow.id)).all() == ["She drives far", "A chair more"]
    fewer = paola.post(theirs, data=more | {"capacity": "1"})
    assert fewer.status_code == 409 and "Seats taken or offered already: 2" in fewer.text
    assert paola.post(theirs, data={"do": "give_back", "rsvp": ada.id}).status_code == 303
    with work():
        assert rsvp_by_id(ada.id).status == S.CANCELLED
    # Who only reads sees who comes, not how they are, and changes nothing; a stranger sees none of it.
    listed = reads.get(theirs).text
    assert "Ada Rossi" in listed
    assert not [words for words in ("A ramp", "ada@example.test", "Write them down") if words in listed]
    assert reads.post(theirs, data=more).status_code == 403
    assert client.get(mine).status_code in (302, 303, 401)


def test_a_free_seat_takes_five_statements_and_a_long_line_adds_none_to_waiting(
    work, booked, client, statements
):
    event_id = booked(capacity=2)
    page, counts = page_of(work, event_id), []
    for n in (0, 1, 2, 12):  # the first two sit down; of the others one stands behind nobody, one behind ten
        with work():
            for before in range(2, n):
                ask(event_id, f"waits{before}")
        browser = client.application.test_client()
        browser.get(f"{page}/rsvp")
        with statements() as ran:
            answer = browser.post(f"{page}/rsvp", data=ADA | {"email": f"ada{n}@example.test"})
        assert answer.status_code == 303
        counts.append(ran.count)
    with work():
        waits = select(func.count()).where(Rsvp.event_id == event_id, Rsvp.status == S.WAITLISTED)
        assert (taken(event_id), db.session.scalar(waits)) == (2, 12)
    assert counts[0] == counts[1] <= 5 and counts[2] == counts[3] <= 16, counts


def test_a_list_of_guests_asks_as_often_for_one_as_for_many(work, booked, people, statements):
    event_id = booked(capacity=4)
    host, paola, _ = people
    pages = [(host, f"/studio/events/{event_id}/guests"), (paola, f"/staff/events/{event_id}/guests")]
    counts = []
    for some in (range(1), range(1, 12)):
        with work():
            for n in some:
                ask(event_id, f"guest{n}")
        for browser, path in pages:
            browser.get(path)
            with statements() as ran:
                assert browser.get(path).status_code == 200
            counts.append(ran.count)
    assert counts[:2] == counts[2:]


def test_who_types_the_address_of_somebody_who_gave_back_is_not_handed_their_ticket(
    work, booked, client, app, client_of, account
):
    event_id, ada = booked(capacity=5), account("ada@example.test")
    with work():
        mine = ask(event_id, "ada", account_id=ada)
        actions.give_back(actor=TESTS, rsvp=mine)
        secret = mine.secret
    page = f"{page_of(work, event_id)}/rsvp"
    told = client.post(page, data=ADA, follow_redirects=True)
    assert "the way to the ticket is in a letter to it" in told.text and secret not in told.text
    drain(app)
    with work():
        assert standing(event_id) == {"ada rossi": "going"}
        letter = db.session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert letter.recipient == "ada@example.test" and secret in letter.text
        actions.give_back(actor=TESTS, rsvp=db.session.get_one(Rsvp, mine.id))
    # Who is signed in as the guest is led to the ticket, as before.
    assert client_of(ada).post(page, data=ADA).location == f"/tickets/{secret}"
