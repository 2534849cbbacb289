"""Messages from Stripe: forged ones are refused, real ones are kept once and handled until it worked."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from foundation import payments
from foundation.db import db, unit_of_work
from foundation.payments import webhooks
from foundation.payments.models import DestinationName, InboxStatus, StripeDestination, StripeEvent
from foundation.payments.reconcile import reconcile
from foundation.payments.transport import sign
from stripe_sandbox import announcements, operator
from stripe_sandbox.delivery import deliver_due
from stripe_sandbox.models import DeliveryMode, DeliveryState, SandboxDelivery, SandboxReply
from stripe_sandbox.passing import let_time_pass
from stripe_sandbox.store import opened

OWN = "/webhooks/stripe"
HANDLE = "payments.handle_event"
DELIVER = "stripe_sandbox.deliver"


@pytest.fixture
def secret(destinations):
    with unit_of_work():
        return db.session.scalars(
            select(StripeDestination.secret).where(StripeDestination.name == DestinationName.OWN)
        ).one()


@pytest.fixture
def heard():
    """What the shop's own handler was given, in order."""
    seen = []
    webhooks.handle("checkout.session", seen.append)
    return seen


def event(event_id="evt_1", **changed):
    body = {
        "id": event_id,
        "object": "event",
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": {"id": "cs_1", "object": "checkout.session", "payment_intent": None}},
    }
    return json.dumps({**body, **changed})


def post(client, body, header, path=OWN):
    headers = {} if header is None else {"Stripe-Signature": header}
    return client.post(path, data=body, headers=headers, content_type="application/json").status_code


def rows():
    with unit_of_work():
        found = select(StripeEvent).order_by(StripeEvent.id).execution_options(populate_existing=True)
        return db.session.scalars(found).all()


def test_a_signed_message_is_kept_and_acknowledged(shop, client, secret):
    now = int(shop.clock.now.timestamp())
    assert post(client, event(), sign(event(), secret, now)) == 200
    assert [(row.event_id, row.object_kind, row.object_id, row.status) for row in rows()] == [
        ("evt_1", "checkout.session", "cs_1", InboxStatus.RECEIVED)
    ]


def test_a_message_that_comes_twice_is_kept_once_and_acknowledged_twice(shop, client, secret):
    now = int(shop.clock.now.timestamp())
    assert [post(client, event(), sign(event(), secret, now)) for _ in range(3)] == [200, 200, 200]
    assert len(rows()) == 1


def forgeries():
    good, bad = event(), event("evt_2")
    yield "another body", lambda s, now: (bad, sign(good, s, now))
    yield "another secret", lambda s, now: (good, sign(good, "whsec_other", now))
    yield "an empty secret", lambda s, now: (good, sign(good, "", now))
    yield "too old", lambda s, now: (good, sign(good, s, now - 301))
    yield "from the future", lambda s, now: (good, sign(good, s, now + 301))
    yield "no signature", lambda s, now: (good, None)
    yield "an empty signature", lambda s, now: (good, "")
    yield "a signature in other letters", lambda s, now: (good, sign(good, s, now) + "ü")
    yield "non-ASCII digest", lambda s, now: (good, f"t={now},v1=été")
    yield "no scheme", lambda s, now: (good, f"t={now},v0=00")
    yield "no time", lambda s, now: (good, sign(good, s, now).split(",", 1)[1])
    yield "a time that is no number", lambda s, now: (good, "t=yesterday,v1=00")
    yield "an endless time", lambda s, now: (good, f"t={'9' * 5000},v1=00")
    yield "bytes that are no text", lambda s, now: (b"\xff\xfe{}", sign(good, s, now))
    yield "no JSON", lambda s, now: ("}{", sign("}{", s, now))
    yield "JSON of another shape", lambda s, now: ("[1]", sign("[1]", s, now))
    yield "about nothing", lambda s, now: ('{"id": "evt_1"}', sign('{"id": "evt_1"}', s, now))
    yield "deep JSON", lambda s, now: ("[" * 90000, sign("[" * 90000, s, now))
    yield (
        "a nameless object",
        lambda s, now: (event(data={"object": {}}), sign(event(data={"object": {}}), s, now)),
    )
    odd = event("evt_\u0000")
    yield "an odd name", lambda s, now: (odd, sign(odd, s, now))


FORGERIES = dict(forgeries())


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_message_is_refused_and_leaves_nothing(shop, client, secret, name):
    body, header = FORGERIES[name](secret, int(shop.clock.now.timestamp()))
    assert post(client, body, header) == 400
    assert rows() == []


def test_without_any_secret_nothing_is_believed(shop, client):
    now = int(shop.clock.now.timestamp())
    assert post(client, event(), sign(event(), "", now)) == 400
    with unit_of_work():
        db.session.add(
            StripeDestination(
                name=DestinationName.OWN, url="", stripe_id="we_1", secret=" ", created_at=shop.clock.now
            )
        )
    assert post(client, event(), sign(event(), " ", now)) == 400


def test_the_secret_of_one_door_opens_no_other(shop, client, secret):
    header = sign(event(), secret, int(shop.clock.now.timestamp()))
    assert post(client, event(), header, "/webhooks/stripe/connected") == 400
    assert post(client, event(), header, "/webhooks/stripe/accounts") == 400


def test_a_message_of_the_other_mode_is_acknowledged_and_dropped(shop, client, secret):
    body = event(livemode=True)
    assert post(client, body, sign(body, secret, int(shop.clock.now.timestamp()))) == 200
    assert rows() == []


def test_a_thin_message_about_an_account_is_understood(shop, deliver):
    told = []
    webhooks.handle("account", told.append)
    payee = shop.payee("done")
    deliver()
    assert told and {one.id for one in told} == {payee.id}
    assert all(one.status is payments.PayeeStatus.ACTIVE for one in told)


def test_a_payment_is_told_once_with_what_it_is_now(shop, deliver, heard):
    session = shop.paid()
    deliver()
    assert [(one.id, one.paid, one.payment_intent) for one in heard] == [
        (session.id, True, session.payment_intent)
    ]
    assert {row.status for row in rows()} == {InboxStatus.DONE}


def test_duplicates_tell_nothing_new(shop, deliver, heard):
    with opened() as store:
        operator.set_mode(store, DeliveryMode.TWICE)
    shop.paid()
    deliver()
    with opened() as store:
        completed = [row for row in store.find("event") if row.body["type"] == "checkout.session.completed"]
        announcements.send_again(store, completed[0].id, copies=3)
    deliver()
    assert len(heard) == 1


def test_reversed_messages_still_end_in_what_is_true(shop, deliver, heard):
    refunds = []
    webhooks.handle("refund", refunds.append)
    with opened() as store:
        operator.set_mode(store, DeliveryMode.HELD)
    session = shop.session()
    shop.pay(session.id, "later")
    shop.clock.advance(minutes=2)
    let_time_pass()
    paid = payments.fetch_session(session_id=session.id)
    made = payments.refund(
        payment_intent=paid.payment_intent, amount=paid.amount, idempotency_key="r", metadata={}
    )
    deliver()
    assert heard == refunds == []
    with opened() as store:
        announcements.release_held(store, newest_first=True)
    deliver()
    # Told in the wrong order, the refund first, and each time the session was paid already.
    assert len(heard) >= 2 and all(one.paid for one in heard)
    assert {one.id for one in refunds} == {made.id}


def test_late_messages_arrive_late(shop, deliver, heard):
    with opened() as store:
        operator.set_mode(store, DeliveryMode.LATE)
    shop.paid()
    deliver()
    assert heard == []
    shop.clock.advance(minutes=11)
    deliver_due()
    deliver()
    assert len(heard) == 1


def test_lost_messages_are_found_by_reconciling(shop, deliver, heard):
    with opened() as store:
        operator.set_mode(store, DeliveryMode.DROPPED)
    shop.paid()
    deliver()
    assert heard == []
    found = reconcile(since=shop.clock.now - timedelta(days=1))
    assert [one.kind for one in found] == ["event"]
    assert "checkout.session.completed never came" in found[0].what
    deliver()
    assert len(heard) == 1
    assert reconcile(since=shop.clock.now - timedelta(days=1)) == []


def test_a_handler_that_fails_is_tried_again_and_then_given_up_for_staff(shop, deliver):
    tries = []

    def broken(session):
        tries.append(session)
        raise RuntimeError("the shelf fell down")

    webhooks.handle("checkout.session", broken)
    shop.paid()
    deliver(DELIVER)
    for attempt in range(1, 9):
        with pytest.raises(RuntimeError):
            deliver(HANDLE)
        row = rows()[0]
        assert (row.attempts, "the shelf fell down" in row.last_error) == (attempt, True)
        assert row.status == (InboxStatus.DEAD if attempt == 8 else InboxStatus.RETRY)
    webhooks._handlers["checkout.session"] = [tries.append]
    deliver(HANDLE)
    assert rows()[0].status == InboxStatus.DONE
    assert len(tries) == 9


def test_what_a_failing_handler_wrote_is_gone(shop, deliver):
    def writes_and_fails(session):
        db.session.execute(delete(StripeDestination))
        raise RuntimeError

    webhooks.handle("checkout.session", writes_and_fails)
    shop.paid()
    with pytest.raises(RuntimeError):
        deliver()
    with unit_of_work():
        assert len(db.session.scalars(select(StripeDestination)).all()) == 3


def test_a_shop_that_is_down_gets_its_messages_later(shop, app, deliver, heard, monkeypatch):
    down = []

    def unwell(environ, start_response):
        down.append(environ["PATH_INFO"])
        start_response("503 Service Unavailable", [])
        return [b""]

    with monkeypatch.context() as patch:
        patch.setattr(app, "wsgi_app", unwell)
        shop.paid()
        deliver()
    with opened() as store:
        row = store.session.scalars(select(SandboxDelivery)).one()
    assert (down, row.state, row.last_status, heard) == ([OWN], DeliveryState.DUE, 503, [])
    shop.clock.advance(seconds=11)
    deliver_due()
    deliver()
    assert len(heard) == 1


def test_money_already_moved_cannot_be_lost_by_a_rolled_back_caller(shop, deliver):
    with pytest.raises(ZeroDivisionError), unit_of_work():
        db.session.rollback()
        session = shop.session(key="kept")
        raise ZeroDivisionError(session.id)
    with opened() as store:
        assert store.session.get(SandboxReply, ":kept") is not None
