"""Letters that come back: noted, tried no more, shown to host and staff; nobody loses a seat by it."""

from __future__ import annotations

import smtplib
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from events.calendar.models import Event
from events.guests.jobs import remind
from events.guests.models import RsvpStatus
from events.guests.queries import rsvp_by_id
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail import jobs, transport
from foundation.mail.models import MailStatus, Message
from foundation.mail.queries import refused_among
from foundation.settings import current
from tests.commissions.conftest import make_staff
from tests.events.conftest import account_of
from tests.events.test_guests import ask, booked, run

__all__ = ["booked"]
ADA, BEA = "ada@example.test", "bea@example.test"


@pytest.fixture
def tried(app, monkeypatch) -> Counter[str]:
    """How often each address was tried, at a mail server that knows no mailbox of Ada's."""
    with app.app_context():
        settings = replace(current(), smtp_url="smtp://mail.example.test:25")
    for module in (jobs, transport):
        monkeypatch.setattr(module, "current", lambda: settings)
    seen: Counter[str] = Counter()

    class Server:
        def send_message(self, mail) -> None:
            seen[mail["To"]] += 1
            if mail["To"] == ADA:
                raise smtplib.SMTPRecipientsRefused({ADA: (550, b"no such user")})

    @contextmanager
    def server(url: str):
        yield Server()

    monkeypatch.setattr(transport, "_server", server)
    return seen


def test_a_guest_whose_letters_come_back_keeps_the_seat_and_is_shown_to_host_and_staff(
    app, work, booked, host, client_of, clock, tried
):
    event_id = booked(capacity=5)
    with work():
        ada = ask(event_id, "ada")
        ask(event_id, "bea")
        starts = db.session.get_one(Event, event_id).starts_at
        paola, giulia = make_staff("Paola", Role.STORE), account_of(host)
    drain(app)
    drain(app)
    assert (tried[ADA], tried[BEA]) == (1, 1)  # refused for good: not tried again
    with work():
        states = dict(db.session.execute(select(Message.recipient, Message.status)).all())
        assert (states[ADA], states[BEA]) == (MailStatus.REFUSED, MailStatus.SENT)
        assert refused_among({ADA, BEA, "zoe@example.test"}) == {ADA}
        assert refused_among(set()) == set()
    for reader, page in (
        (client_of(paola), f"/staff/events/{event_id}/guests"),
        (client_of(giulia), f"/studio/events/{event_id}/guests"),
    ):
        shown = reader.get(page).text
        assert shown.count("Letters to them come back") == 1, page
        assert "Le lettere tornano indietro" in reader.get(f"{page}?lang=it").text
    clock.freeze(starts - timedelta(hours=24))
    run(app, remind)
    run(app, remind)
    assert (tried[ADA], tried[BEA]) == (1, 2)  # no reminder to nowhere, and Bea has hers
    with work():
        kept = rsvp_by_id(ada.id)
        assert (kept.status, kept.asked) == (RsvpStatus.GOING, False)  # never asked, so never left out


def test_staff_put_the_address_of_a_guest_right_and_the_ticket_goes_there(
    app, work, booked, client_of, tried
):
    event_id = booked(capacity=5)
    with work():
        ada, secret = (one := ask(event_id, "ada")).id, one.secret
        ask(event_id, "bea")
        paola = make_staff("Paola", Role.STORE)
    drain(app)
    staff, page = client_of(paola), f"/staff/events/{event_id}/guests"
    right = {"do": "address", "rsvp": ada, "email": " Ada.Rossi@Example.test "}
    for wrong, status, words in (
        ({"email": "ada-at-example"}, 400, "This does not look like an e-mail address."),
        ({"email": BEA}, 409, "Somebody on this list has that address already."),
        ({"rsvp": "999"}, 404, ""),
    ):
        refused = staff.post(page, data=right | wrong)
        assert refused.status_code == status and words in refused.text
        assert "email" not in wrong or f'value="{wrong["email"]}"' in refused.text, "what was typed stays"
    with work():
        assert rsvp_by_id(ada).email == ADA
    assert staff.post(page, data=right).status_code == 303
    drain(app)
    with work():
        kept = rsvp_by_id(ada)
        assert (kept.email, kept.status, kept.secret) == ("ada.rossi@example.test", RsvpStatus.GOING, secret)
        assert "rossi" not in str(db.session.scalars(select(AuditRow.after)).all())
    assert tried["ada.rossi@example.test"] == 1 and "Letters to them come back" not in staff.get(page).text


def test_a_mailbox_that_is_full_is_tried_again(app, work, tried, monkeypatch):
    full = smtplib.SMTPRecipientsRefused({ADA: (452, b"full")})

    def refuse(self, mail) -> None:
        raise full

    with transport._server("") as server:
        monkeypatch.setattr(type(server), "send_message", refuse)
    letter = Message(id=1, recipient=ADA, subject="Hello", text="Hello", html="<p>Hello</p>")
    with app.app_context(), pytest.raises(smtplib.SMTPRecipientsRefused):
        transport.send(letter)


def test_no_host_sends_the_ticket_of_a_guest_whom_letters_reach_to_an_address_of_theirs(
    app, work, booked, host, client_of, tried
):
    event_id = booked(capacity=5)
    with work():
        bea = ask(event_id, "bea").id
        giulia = account_of(host)
    drain(app)
    page, mine = f"/studio/events/{event_id}/guests", "giulia@elsewhere.test"
    refused = client_of(giulia).post(page, data={"do": "address", "rsvp": bea, "email": mine})
    assert refused.status_code == 409 and "Letters reach this guest" in refused.text
    drain(app)
    with work():
        assert rsvp_by_id(bea).email == BEA
    assert tried[mine] == 0
