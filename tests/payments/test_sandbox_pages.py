"""The stand-in's pages, as a shopper, an editor and an operator use them. No script is needed for any of
it."""

import re

import pytest
from sqlalchemy import text

from foundation import clock as shop_clock
from foundation import payments
from foundation.db import db
from foundation.jobs.queue import queue
from stripe_sandbox.clockwork import moved_clock
from stripe_sandbox.models import DeliveryMode, DeliveryState, SandboxDelivery
from stripe_sandbox.store import opened
from tests.payments.conftest import BASE

PANEL = "/_sandbox/"


def path(url):
    return url.removeprefix(BASE)


def act(client, name, what=""):
    return client.post(f"/_sandbox/act/{name}", data={"what": what}, follow_redirects=True)


def test_paying_leads_back_to_the_shop_with_the_session_in_the_address(shop, client):
    session = shop.session()
    page = client.get(path(session.url))
    assert page.status_code == 200
    assert "Linen shirt" in page.text
    assert "No money moves here" in page.text
    answer = client.post(path(session.url), data={"how": "card", "email": "x@y.test", "name": "Anna"})
    assert (answer.status_code, answer.location) == (303, f"{BASE}/checkout/return?session={session.id}")
    assert payments.fetch_session(session_id=session.id).paid


def test_a_declined_card_leads_back_to_the_page_which_says_so(shop, client):
    session = shop.session()
    page = client.post(path(session.url), data={"how": "declined"}, follow_redirects=True)
    assert "The card was declined." in page.text
    assert f'href="{BASE}/cart"' in page.text
    client.post(path(session.url), data={"how": "card"})
    assert "This is paid for." in client.get(path(session.url)).text


def test_a_page_whose_time_is_over_says_so_and_takes_nothing(shop, client):
    session = shop.session()
    shop.clock.advance(minutes=36)
    assert "This page has expired." in client.get(path(session.url)).text
    page = client.post(path(session.url), data={"how": "card"}, follow_redirects=True)
    assert "This page has expired." in page.text


@pytest.mark.parametrize("how", ["", "free", "card; drop table"])
def test_an_unknown_way_to_pay_is_not_found(shop, client, how):
    session = shop.session()
    assert client.post(path(session.url), data={"how": how}).status_code == 404


def test_unknown_addresses_are_not_found(app, client):
    for address in ("pay/cs_demo_no", "onboarding/no", "express/no"):
        assert client.get(f"/_sandbox/{address}").status_code == 404
    assert client.post("/_sandbox/act/explode").status_code == 404


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("done", payments.PayeeStatus.ACTIVE),
        ("half", payments.PayeeStatus.ONBOARDING),
        ("restricted", payments.PayeeStatus.RESTRICTED),
    ],
)
def test_onboarding_ends_where_the_editor_wants_and_the_link_works_once(shop, client, stage, status):
    payee = shop.payee("new")
    link = payments.onboarding_link(
        payee_id=payee.id, refresh_url=f"{BASE}/studio/again", return_url=f"{BASE}/studio/back"
    )
    assert "Elena" in client.get(path(link)).text
    answer = client.post(path(link), data={"stage": stage})
    assert (answer.status_code, answer.location) == (303, f"{BASE}/studio/back")
    assert payments.fetch_payee(payee_id=payee.id).status is status
    assert client.get(path(link)).location == f"{BASE}/studio/again"
    assert client.post(path(link), data={"stage": "done"}).location == f"{BASE}/studio/again"
    assert payments.fetch_payee(payee_id=payee.id).status is status


def test_the_editors_dashboard_shows_what_came_and_what_left(shop, client):
    payee = shop.payee()
    link = path(payments.dashboard_link(payee_id=payee.id))
    assert "Nothing here yet" in client.get(link).text
    shop.reserve(9000)
    shop.transfer(payee)
    assert "€15.72" in client.get(link).text


def test_the_panel_is_there_before_anything_happened_and_in_italian(app, client):
    page = client.get(PANEL, headers={"Accept-Language": "it"})
    assert page.status_code == 200
    assert 'lang="it"' in page.text


def test_the_operator_lets_things_happen(shop, client, deliver):
    session = shop.paid(9000)
    payee = shop.payee()
    assert "Done." in act(client, "top_up", "50000").text
    sent = shop.transfer(payee)
    with opened() as store:
        charge = store.find("charge")[0].id
    act(client, "refund_part", charge)
    assert payments.fetch_refunds(charge=charge)[0].amount.minor == 1000
    act(client, "fail_refund", payments.fetch_refunds(charge=charge)[0].id)
    assert payments.fetch_refunds(charge=charge)[0].status == "failed"
    act(client, "dispute", charge)
    assert "cannot be disputed" in act(client, "dispute", charge).text
    with opened() as store:
        dispute = store.find("dispute")[0].id
    act(client, "win", dispute)
    assert payments.fetch_dispute(dispute_id=dispute).status == "won"
    act(client, "refund", charge)
    assert (
        sum(one.amount.minor for one in payments.fetch_refunds(charge=charge) if one.status != "failed")
        == 9000
    )
    act(client, "pay_out", payee.id)
    with opened() as store:
        payout = store.find("payout", account=payee.id)[0].id
    act(client, "fail_payout", payout)
    assert payments.fetch_bank_payout(payout_id=payout, payee_id=payee.id).status == "failed"
    page = client.get(PANEL).text
    assert session.payment_intent is not None and sent.id.startswith("tr_demo_")
    assert re.search(r"€90\.00", page)


def test_the_operator_decides_what_becomes_of_a_bank_transfer(shop, client):
    for key, name, paid in (("a", "arrive", True), ("b", "bounce", False)):
        session = shop.session(key=key)
        shop.pay(session.id, "later")
        waiting = payments.fetch_session(session_id=session.id)
        act(client, name, waiting.payment_intent)
        assert payments.fetch_session(session_id=session.id).paid is paid


@pytest.mark.parametrize("mode", DeliveryMode)
def test_the_operator_chooses_how_messages_travel(shop, client, deliver, mode):
    act(client, "mode", mode)
    shop.paid()
    deliver()
    with opened() as store:
        states = [row.state for row in store.session.query(SandboxDelivery)]
    assert (
        states
        == {
            DeliveryMode.NORMAL: [DeliveryState.DELIVERED],
            DeliveryMode.TWICE: [DeliveryState.DELIVERED] * 2,
            DeliveryMode.LATE: [DeliveryState.DUE],
            DeliveryMode.HELD: [DeliveryState.HELD],
            DeliveryMode.DROPPED: [DeliveryState.DROPPED],
        }[mode]
    )
    if mode is DeliveryMode.HELD:
        act(client, "release")
        deliver()
        with opened() as store:
            assert [row.state for row in store.session.query(SandboxDelivery)] == [DeliveryState.DELIVERED]


def test_messages_can_be_sent_again(shop, client, deliver):
    shop.paid()
    deliver()
    with opened() as store:
        event = next(
            row.id for row in store.find("event") if row.body["type"] == "checkout.session.completed"
        )
    act(client, "resend", event)
    act(client, "resend_twice", event)
    deliver()
    with opened() as store:
        assert [row.last_status for row in store.session.query(SandboxDelivery)] == [200] * 4


def test_the_operator_moves_the_clock_and_the_shop_follows(app, client):
    shop_clock.hold(None)
    before = shop_clock.now()
    page = client.post("/_sandbox/clock", data={"count": "3", "unit": "days"}, follow_redirects=True)
    assert "The clock was moved on." in page.text
    with app.app_context():
        moved_clock.reset()
        assert 3 * 86400 <= (shop_clock.now() - before).total_seconds() < 3 * 86400 + 60


def test_moving_the_clock_asks_for_the_shop_s_periodic_work_at_once(app, client, run_jobs):
    shop_clock.hold(None)
    run_jobs()
    for _ in range(2):  # twice in a row asks no second time for what still waits
        client.post("/_sandbox/clock", data={"count": "31", "unit": "days"})
    with app.app_context():
        asked = db.session.scalars(
            text("SELECT task_name FROM procrastinate_jobs WHERE queueing_lock LIKE '% now'")
        ).all()
        moved_clock.reset()
    assert sorted(asked) == sorted(name for name, _ in queue.periodic_registry.periodic_tasks)
    assert "commissions.mature" in asked
    assert run_jobs() >= len(asked)


def test_the_panel_names_orders_and_editors_beside_stripes_own_names(shop, client):
    session = shop.session()
    client.post(path(session.url), data={"how": "card", "email": "x@y.test", "name": "Anna"})
    page = client.get(PANEL).text
    assert "<strong>V-1001</strong>" in page
    assert 'href="/">To the shop window</a>' in page


@pytest.mark.parametrize(
    ("count", "unit"),
    [("0", "days"), ("-1", "days"), ("1e9", "days"), ("401", "days"), ("1", "years"), ("", "days")],
)
def test_the_clock_takes_no_nonsense(app, client, count, unit):
    page = client.post("/_sandbox/clock", data={"count": count, "unit": unit}, follow_redirects=True)
    assert "Choose a whole number" in page.text


def test_the_pages_take_no_form_without_its_token(app, shop, client):
    app.config["WTF_CSRF_ENABLED"] = True
    session = shop.session()
    assert client.post(path(session.url), data={"how": "card"}).status_code == 400
    assert client.post("/_sandbox/act/top_up", data={"what": "100"}).status_code == 400
    assert client.post("/_sandbox/clock", data={"count": "1", "unit": "days"}).status_code == 400
    assert not payments.fetch_session(session_id=session.id).paid
