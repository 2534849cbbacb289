"""Invitations: to who said they may come, with the reason, once a month, and asked once more at most."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from editors.following.actions import follow
from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import Admission, Event, EventStatus
from events.guests.models import Rsvp
from events.guests.queries import rsvp_by_id
from events.invites import actions
from events.invites.errors import AskedAlready, NobodyChosen, ProveAddress
from events.invites.models import InviteConsent
from events.invites.queries import invited_to, known_to
from events.invites.views import reasons_of
from foundation import clock as shop_clock
from foundation.accounts.models import Account
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from tests.commissions.sales import click, sell, tell_paid, window_link
from tests.editors.conftest import make_editor, make_product
from tests.events.conftest import STAFF, TESTS, account_of, evening, make_room
from tests.events.test_guests import S, ask, booked, taken
from tests.races import at_once, meeting

__all__ = ["booked"]


@pytest.fixture
def knows(work, account, host):
    """`knows("ada@example.test")` is the account of somebody who follows the host and may be invited."""

    def make(email: str, *, may: bool = True, language: str = "en") -> int:
        made = account(email, name=email.partition("@")[0].title() + " Rossi", language=language)
        with work():
            follow(actor=TESTS, account_id=made, editor_id=host)
            if may:
                actions.allow(actor=TESTS, account_id=made, wanted=True)
        return made

    return make


def suggested(event_id: int) -> dict[str, list[str]]:
    event = db.session.get_one(Event, event_id)
    before = shop_clock.now() - actions.REST
    return {one.called: reasons_of(one) for one in known_to(event, account_of(event.editor_id), before)}


def letters(kind: str) -> list[str]:
    return list(db.session.scalars(select(Message.recipient).where(Message.subject.like(f"%{kind}%"))))


def test_only_who_allowed_it_is_suggested_with_the_reason_and_without_the_address(
    work, booked, knows, account, host, client_of, clock
):
    past, event_id = booked(days=8), booked(days=30)
    ada, silent = knows("ada@example.test"), knows("silent@example.test", may=False)
    came = account("cleo@example.test")
    stranger, buys = account("stranger@example.test"), account("dora@example.test", name="Dora Neri")
    with work():
        click(window_link(host), "visit-1")
    clock.advance(minutes=20)
    with work():
        tell_paid(sell(make_product(), visit="visit-1", account_id=buys, email="dora@example.test"))
        for one in (stranger, buys):
            actions.allow(actor=TESTS, account_id=one, wanted=True)  # the stranger knows nobody
        ask(past, "cleo")  # came without signing in; the address is proved to be hers
        db.session.execute(update(Event).where(Event.id == past).values(status=EventStatus.CLOSED))
        actions.allow(actor=TESTS, account_id=came, wanted=True)
        assert suggested(event_id) == {
            "Cleo": ["came to an evening of yours"],
            "Dora N.": ["bought once with you"],
            "Ada R.": ["follows you"],
        }
        with pytest.raises(NobodyChosen):
            actions.invite(actor=TESTS, event_id=event_id, account_ids=[silent])
        unproved = db.session.get_one(Account, silent)
        unproved.email_verified_at = None
        db.session.flush()
        with pytest.raises(ProveAddress):
            actions.allow(actor=TESTS, account_id=silent, wanted=True)
        actions.allow(actor=TESTS, account_id=came, wanted=False)
        assert list(suggested(event_id)) == ["Dora N.", "Ada R."]
    page = client_of(account_of_host(work, host)).get(f"/studio/events/{event_id}/invite").text
    assert "Ada R." in page and "follows you" in page and "ada@example.test" not in page
    assert client_of(ada).get(f"/studio/events/{event_id}/invite").status_code in (302, 303, 403)


def account_of_host(work, host: int) -> int:
    with work():
        return account_of(host)


def test_an_invitation_is_answered_by_one_tap_and_chased_once(
    work, booked, knows, host, client, client_of, clock, app
):
    event_id = booked(days=21, admission=Admission.HOST, capacity=1)
    ada, bea = knows("ada@example.test", language="it"), knows("bea@example.test")
    browser, page = client_of(account_of_host(work, host)), f"/studio/events/{event_id}/invite"
    assert browser.post(page, data={}).status_code == 400
    assert browser.post(page, data={"account": [str(ada), str(bea)]}).status_code == 303
    drain(app)
    with work():
        assert taken(event_id) == 0
        first, second = (one for one, _ in invited_to(event_id))
        texts = {one.recipient: one for one in db.session.scalars(select(Message)).all()}
        assert "ti invita" in texts["ada@example.test"].subject
        assert f"/tickets/{second.secret}" in texts["bea@example.test"].text
        assert "/account/evenings" in texts["bea@example.test"].text
    assert browser.post(page, data={"chase": first.id}).status_code == 409  # they had no time to answer
    clock.advance(days=2)
    assert "Ask once more" in browser.get(page).text
    assert browser.post(page, data={"chase": first.id}).status_code == 303
    assert browser.post(page, data={"chase": first.id}).status_code == 409
    with work():
        assert db.session.scalar(select(func.count()).where(Message.recipient == "ada@example.test")) == 2
        actions.allow(actor=TESTS, account_id=bea, wanted=False)
    # Who ended invitations since is not asked again, and can still answer this one.
    assert "Ask once more" not in browser.get(page).text
    assert browser.post(page, data={"chase": second.id}).status_code == 409
    shown = client.get(f"/tickets/{second.secret}")
    assert "invites you" in shown.text and "<svg" not in shown.text
    # Who was invited needs no second yes, but a seat like everybody.
    assert client.post(f"/tickets/{second.secret}", data={"do": "again"}).status_code == 303
    assert client.post(f"/tickets/{first.secret}", data={"do": "give_back"}).status_code == 303
    drain(app)
    with work():
        assert (rsvp_by_id(second.id).status, rsvp_by_id(first.id).status) == (S.GOING, S.CANCELLED)
        assert taken(event_id) == 1 and letters("given back") == [] and letters("restituito") == []
        with pytest.raises(AskedAlready):
            actions.chase(actor=TESTS, event_id=event_id, rsvp_id=second.id)


@pytest.fixture
def two_hosts(work, booked, knows, store) -> tuple[int, int, int]:
    """Somebody whom two hosts know, and an evening of each of them."""
    ada = knows("ada@example.test")
    event_id = booked(days=42)
    with work():
        other_host = make_editor("Noemi Russo", "noemi")
        follow(actor=TESTS, account_id=ada, editor_id=other_host)
        made = draft_event(actor=TESTS, editor_id=other_host, draft=evening(store, days=43))
        propose_event(actor=TESTS, editor_id=other_host, event_id=made.id)
        approve_event(actor=STAFF, event_id=made.id, room_id=make_room(store, "Upstairs"))
        return ada, event_id, made.id


def test_nobody_is_invited_twice_within_a_month_also_by_two_hosts_at_once(work, two_hosts, app, clock):
    ada, event_id, other = two_hosts
    told: list[int] = []

    def invite(event: int) -> None:
        told.append(actions.invite(actor=TESTS, event_id=event, account_ids=[ada]))

    met = at_once(app, lambda: invite(event_id), lambda: invite(other))
    # The second saw her still free, or not any more: either way she is invited once.
    assert sorted(told) in ([0, 1], [1]) and all(isinstance(one, NobodyChosen) for one in met)
    with work():
        assert db.session.scalar(select(func.count()).select_from(Rsvp)) == 1
        left = event_id if db.session.scalars(select(Rsvp.event_id)).one() == other else other
        assert suggested(left) == {}
    clock.advance(days=31)
    with work():
        assert list(suggested(left)) == ["Ada R."]
        # Without the turn on her consent two hosts would both have her.
        db.session.execute(update(InviteConsent).values(invited_at=None))
        assert actions.invite(actor=TESTS, event_id=left, account_ids=[ada]) == 1
        assert db.session.scalar(select(func.count()).select_from(Rsvp)) == 2


def test_without_the_turn_on_her_consent_two_hosts_at_once_both_have_her(work, two_hosts, app, monkeypatch):
    ada, event_id, other = two_hosts
    monkeypatch.setattr(actions, "known_to", meeting(actions.known_to))
    monkeypatch.setattr(actions, "_take_turn", lambda _account_id: True)
    jobs = (
        lambda one=one: actions.invite(actor=TESTS, event_id=one, account_ids=[ada])
        for one in (event_id, other)
    )
    assert at_once(app, *jobs) == []
    with work():
        assert db.session.scalar(select(func.count()).select_from(Rsvp)) == 2


def test_somebody_says_in_the_account_whether_they_may_be_invited(work, account, client_of):
    ada = account("ada@example.test")
    browser = client_of(ada)
    assert "They may invite me" in browser.get("/account/evenings").text
    assert browser.post("/account/evenings/invitations", data={"wanted": "yes"}).status_code == 303
    assert "No more invitations, please" in browser.get("/account/evenings").text
    assert browser.post("/account/evenings/invitations", data={"wanted": "no"}).status_code == 303
    with work():
        assert db.session.get(InviteConsent, ada) is None
