"""What comes between an evening and its day: a host whose membership ends, a store that closes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from editors.membership.standing import pause, remove, resume
from events.calendar import errors, handing
from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event, suggest_time
from events.calendar.handing import hand_over
from events.calendar.models import Event, EventStatus
from events.calendar.queries import event_by_id, open_suggestion
from events.calendar.running import cancel_event
from events.guests.models import Rsvp
from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.states import IllegalMove
from tests.commissions.conftest import make_staff
from tests.editors.conftest import make_editor
from tests.events.conftest import STAFF, TESTS, account_of, evening
from tests.events.test_calendar import status, steps
from tests.events.test_guests import ask
from tests.races import at_once, meeting

S = EventStatus


@pytest.fixture
def booked(work, proposed, room):
    """`booked()` is the id of an approved event."""

    def book(**more: object) -> int:
        event_id = proposed(**more)
        with work():
            approve_event(actor=STAFF, event_id=event_id, room_id=room)
        return event_id

    return book


@pytest.fixture
def desks(work, client_of):
    """Staff of the store, and a member of staff who only reads."""
    with work():
        paola, carla = make_staff("Paola", Role.STORE), make_staff("Carla", Role.COMMUNITY)
    return client_of(paola), client_of(carla)


def test_an_evening_whose_host_is_removed_waits_for_staff_and_says_so(app, work, booked, host, client, desks):
    event_id, (paola, carla) = booked(capacity=4), desks
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada", people=2)
    page, staff_page = f"/events/{slug}", f"/staff/events/{event_id}"
    assert "being looked for" not in client.get(page).text
    assert "This evening has no host" not in paola.get(staff_page).text
    with work():
        remove(actor=TESTS, editor_id=host, reason="Sold elsewhere under our name")
    drain(app)
    with work():
        assert status(event_id) == S.APPROVED  # nothing is decided for the store
        assert db.session.scalar(select(func.sum(Rsvp.party))) == 2
    # Honest to guests, in both languages, without a word on why; the door to staff on two pages.
    shown = client.get(page).text
    assert "We are looking for another host." in shown
    assert "Giulia" not in shown
    assert "Cerchiamo un’altra persona che ospiti la serata." in client.get(f"{page}?lang=it").text
    assert "has no host: Giulia Ferri rests or has left" in paola.get("/staff").text
    assert "has no host" not in carla.get("/staff").text
    assert "No host" in paola.get("/staff/events").text
    told = paola.get(staff_page).text
    assert "This evening has no host." in told
    assert f"{staff_page}/host" in told
    assert f"{staff_page}/host" not in carla.get(staff_page).text
    assert carla.get(f"{staff_page}/host").status_code == 403


def test_another_host_has_the_evening_with_its_guests_and_everybody_reads_it(
    app, work, booked, host, client, client_of, desks, outbox
):
    event_id, paola = booked(capacity=4), desks[0]
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada", people=2)
        other = make_editor("Marta Riva", "marta")
        sequence = event_by_id(event_id).sequence
        remove(actor=TESTS, editor_id=host, reason="Sold elsewhere under our name")
    page, staff_page = f"/events/{slug}", f"/staff/events/{event_id}"
    sent = {"was": str(host), "handle": "@Marta", "words": "Marta steps in"}
    for wrong, words in (
        ({"handle": ""}, "Write who hosts it from now on."),
        ({"handle": "nobody-here"}, "No active style editor"),
        ({"handle": "giulia"}, "No active style editor"),
        ({"words": " "}, "Say why in a sentence"),
    ):
        refused = paola.post(f"{staff_page}/host", data=sent | wrong)
        assert refused.status_code == 422, wrong
        assert words in refused.text, wrong
    assert "@Marta" in paola.post(f"{staff_page}/host", data=sent | {"words": ""}).text
    assert paola.post(f"{staff_page}/host", data=sent).status_code == 303
    assert paola.post(f"{staff_page}/host", data=sent).status_code == 409  # pressed twice: given away already
    drain(app)
    with work():
        found = event_by_id(event_id)
        assert (found.editor_id, found.status, found.looks) == (other, S.APPROVED, [])
        assert found.sequence == sequence  # nobody planned by the name: calendars hear nothing
        assert steps(event_id)[-1] == "handed"
        row = db.session.scalars(select(AuditRow).where(AuditRow.action == "events.handed")).one()
        assert (row.before["editor_id"], row.after["editor_id"], row.reason) == (
            host,
            other,
            "Marta steps in",
        )
        assert db.session.scalar(select(func.sum(Rsvp.party))) == 2
        marta = account_of(other)
    assert "has no host" not in paola.get("/staff").text
    assert "Marta Riva" in client.get(page).text
    (guest,) = [one for one in outbox(to="ada@example.test") if "hosts it now" in one.subject]
    assert "Marta hosts this evening now" in guest.text
    assert "steps in" not in guest.text
    assert "elsewhere" not in guest.text
    assert [one.subject for one in outbox(to="marta@example.test")][
        -1
    ] == "You host an evening: One jacket, three ways"
    assert "Somebody else hosts it now" in [one.subject for one in outbox(to="giulia@example.test")][-1]
    assert client_of(marta).get(f"/studio/events/{event_id}").status_code == 200


def test_a_host_who_rests_reads_it_and_has_the_evening_back_with_the_membership(
    app, work, booked, host, client, client_of, desks, outbox
):
    event_id, paola = booked(), desks[0]
    with work():
        slug = event_by_id(event_id).slug
        ask(event_id, "ada")
        pause(actor=STAFF, editor_id=host, reason="A rest")
        account = account_of(host)
    drain(app)
    assert "The store looks for another host." in client_of(account).get(f"/studio/events/{event_id}").text
    assert "has no host" in paola.get("/staff").text
    with work():
        resume(actor=STAFF, editor_id=host, reason="Back")
    drain(app)
    assert "has no host" not in paola.get("/staff").text
    assert "looks for another host" not in client_of(account).get(f"/studio/events/{event_id}").text
    assert "Giulia" in client.get(f"/events/{slug}").text
    with work():
        assert steps(event_id) == ["proposed", "approved"]  # it went on as if nothing had been
    assert not [one for one in outbox(to="ada@example.test") if "hosts it now" in one.subject]


def test_proposals_of_a_host_who_rests_are_drafts_again_and_nobody_approves_one(
    app, work, proposed, host, room, store
):
    suggested, plain = proposed(), proposed(days=18)
    with work():
        found = event_by_id(suggested)
        suggest_time(
            actor=STAFF, event_id=suggested, room_id=room, starts_at=found.starts_at, ends_at=found.ends_at
        )
        pause(actor=STAFF, editor_id=host, reason="A rest")
    with pytest.raises(errors.HostRests), work():  # before the house has heard of it
        approve_event(actor=STAFF, event_id=plain, room_id=room)
    drain(app)
    drain(app)
    with work():
        assert (status(suggested), status(plain)) == (S.DRAFT, S.DRAFT)
        assert open_suggestion(suggested) is None
        assert steps(plain) == ["proposed", "withdrawn"]


def test_who_may_not_host_is_given_no_evening_and_none_that_has_begun_or_is_called_off_goes(
    work, booked, host, clock
):
    event_id, later = booked(), booked(days=15)
    with work():
        other, resting = make_editor("Marta Riva", "marta"), make_editor("Rita Neri", "rita")
        pause(actor=STAFF, editor_id=resting, reason="A rest")

    def give(event: int, to: int) -> None:
        with work():
            hand_over(actor=STAFF, event_id=event, was_editor_id=host, editor_id=to, words="Because")

    for to in (host, resting, 999):
        with pytest.raises(errors.NoSuchHost):
            give(event_id, to)
    with work():
        cancel_event(actor=STAFF, event_id=later, words="Rain")
    with pytest.raises(IllegalMove):
        give(later, other)
    clock.advance(days=11)
    with pytest.raises(errors.AlreadyBegun):
        give(event_id, other)
    with work():
        assert {one.editor_id for one in db.session.scalars(select(Event))} == {host}


def test_an_online_evening_goes_only_with_a_link_of_the_new_host(work, host, store):
    with work():
        draft = evening(store, format="online", joining_url="https://meet.example.test/giulia")
        event_id = draft_event(actor=TESTS, editor_id=host, draft=draft).id
        propose_event(actor=TESTS, editor_id=host, event_id=event_id)
        approve_event(actor=STAFF, event_id=event_id, room_id=None)
        other, before = make_editor("Marta Riva", "marta"), event_by_id(event_id).sequence
    given = {"actor": STAFF, "event_id": event_id, "was_editor_id": host, "editor_id": other, "words": "Ill"}
    for link in (None, "http://meet.example.test"):
        with pytest.raises(errors.LinkNeeded), work():
            hand_over(**given, joining_url=link)
    with work():
        hand_over(**given, joining_url="https://meet.example.test/marta")
        found = event_by_id(event_id)
        assert (found.joining_url, found.sequence) == ("https://meet.example.test/marta", before + 1)


def _given_at_once(app, work, booked, host) -> tuple[int, list[Exception]]:
    """How often it was given away, and what the two who did met."""
    event_id = booked()
    with work():
        others = make_editor("Marta Riva", "marta"), make_editor("Rita Neri", "rita")
    given = {"actor": STAFF, "event_id": event_id, "was_editor_id": host, "words": "Ill"}
    met = at_once(app, *(lambda to=to: hand_over(**given, editor_id=to) for to in others))
    with work():
        return steps(event_id).count("handed"), met


def test_of_two_who_give_an_evening_away_at_once_the_second_is_told(app, work, booked, host):
    number, met = _given_at_once(app, work, booked, host)
    assert number == 1
    assert [type(one) for one in met] == [IllegalMove]


def test_without_the_lock_it_would_be_given_to_both(app, work, booked, host, monkeypatch):
    monkeypatch.setattr(handing, "locked_event", meeting(lambda one: db.session.get_one(Event, one)))
    assert _given_at_once(app, work, booked, host) == (2, [])
