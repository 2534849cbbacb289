"""The pages of money: who may see what, every number with its sentence, and nothing that names the
shopper.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.clicks.policy import Device, Source
from commissions.payees.models import Payee
from commissions.payees.words import requirement_words
from commissions.payouts.actions import prepare_run
from commissions.payouts.models import Payout, PayoutRun
from commissions.payouts.sending import claim
from commissions.payouts.sent import record_sent
from editors.membership.models import Editor
from foundation.accounts import confirmation
from foundation.db import db
from foundation.money import Money
from foundation.spreadsheets import defused
from storefront.orders.models import Order
from tests.commissions.sales import (
    TESTS,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
    window_link,
)
from tests.editors.conftest import make_account, make_editor


@pytest.fixture
def story(shop, work, clock) -> dict[str, int]:
    """A sale of Giulia's with an earlier click of Marta's, one shirt back, all payable; accounts to sign
    in with.
    """
    with work():
        marta = make_editor("Marta Conti", "marta")
        others = window_link(marta)
    with work():
        click(others, "visit-1", source=Source("pinterest.it", Device.DESK, "FR"))
    clock.advance(hours=2)
    with work():
        click(shop.code, "visit-1", source=Source("instagram.com", Device.PHONE, "IT"))
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        db.session.get_one(Order, order).number = "V-20418"
    with work():
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    with work():
        tell_refunded(order, give_back(order, 3, 3000))
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
        accounts = {
            "giulia": db.session.get_one(Editor, shop.editor_id).account_id,
            "marta": db.session.get_one(Editor, marta).account_id,
            "stranger": make_account("Carla Neri"),
        }
    return accounts | {"sara": shop.sara_id, "luca": shop.luca_id, "order": order}


def words(page) -> str:
    assert page.status_code == 200, page.status_code
    return page.get_data(as_text=True)


def test_the_winner_reads_how_the_amount_is_made_and_never_who_bought(story, client_of):
    page = words(client_of(story["giulia"]).get("/studio/orders/V-20418"))
    for expected in (
        "You earn €15.72",
        "18.67",
        "−2.95",
        "40.98",
        "Rule 3",
        "Another editor’s link",
        "None typed",
        "From: instagram.com",
    ):
        assert expected in page
    for secret in ("Marta", "Anna", "anna@", "Via Po", "on a phone", "Italy", "pinterest"):
        assert secret not in page


def test_the_other_candidate_reads_why_she_did_not_win_without_a_name(story, client_of):
    page = words(client_of(story["marta"]).get("/studio/orders/V-20418"))
    assert "is not credited to you" in page
    assert "Eligible, but earlier" in page
    for secret in ("Giulia", "15.72", "Anna"):
        assert secret not in page


@pytest.mark.parametrize(
    "path", ["/studio/orders/V-20418", "/studio/earnings", "/studio/statements", "/studio/payments"]
)
def test_who_is_no_editor_sees_nothing_of_it(story, client_of, client, path):
    assert client_of(story["stranger"]).get(path).status_code == 403
    assert client.get(path).status_code == 302


def test_an_editor_without_a_claim_does_not_learn_that_the_order_exists(story, client_of, work):
    with work():
        account = db.session.get_one(Editor, make_editor("Elena Rossi", "elena")).account_id
    assert client_of(account).get("/studio/orders/V-20418").status_code == 404
    assert client_of(account).get("/studio/orders/V-99999").status_code == 404


def test_staff_read_every_candidate_by_name(story, client_of):
    page = words(client_of(story["luca"]).get("/staff/receipts/V-20418"))
    assert "Marta Conti’s link" in page
    assert "Giulia Ferri earns €15.72" in page
    assert "From: instagram.com · on a phone · Italy" in page
    assert "From: pinterest.it · at a computer · France" in page
    assert client_of(story["sara"]).get("/staff/receipts/V-20418").status_code == 403


def test_staff_read_beside_an_order_that_its_editor_bought_it(story, shop, client_of, work, clock):
    with work():
        click(shop.code, "visit-2")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-2", account_id=story["giulia"])
        db.session.get_one(Order, order).number = "V-20419"
    with work():
        tell_paid(order)
    page = words(client_of(story["luca"]).get("/staff/orders/V-20419"))
    assert "Nobody earns on this order." in page
    assert "The editor bought this. Nobody earns on their own purchase." in page
    assert "nobody was eligible" not in page


@pytest.mark.parametrize("path", ["/studio/earnings", "/studio/orders"])
@pytest.mark.parametrize("page", ["2", "9" * 18])
def test_a_page_after_the_last_is_not_found(story, client_of, path, page):
    assert client_of(story["giulia"]).get(f"{path}?page={page}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/studio/earnings", "/studio/earnings?state=payable", "/studio/earnings?state=nonsense&page=0",
        "/studio/orders", "/studio/statements", "/studio/payments", "/studio",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "it"])
def test_every_page_of_an_editor_opens_in_both_languages(story, client_of, path, language):
    browser = client_of(story["giulia"])
    page = words(browser.get(path, headers={"Accept-Language": language}))
    assert f'lang="{language}"' in page


def test_the_statement_goes_from_balance_to_balance_on_page_sheet_and_paper(story, client_of, clock):
    browser, month = client_of(story["giulia"]), clock.now.strftime("%Y-%m")
    page = words(browser.get(f"/studio/statements/{month}"))
    assert "15.72" in page
    sheet = browser.get(f"/studio/statements/{month}.csv")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    rows = sheet.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert rows[2].split(",")[1:] == ["V-20418", "Your link", "15.72", "15.72", "EUR"]
    assert browser.get(f"/studio/statements/{month}.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["2026-13", "2999-01", "0000-00", "x", "2026-1", "2026-01-01"])
def test_a_month_that_is_none_is_not_found(story, client_of, name):
    browser = client_of(story["giulia"])
    for ending in ("", ".csv", ".pdf"):
        assert browser.get(f"/studio/statements/{name}{ending}").status_code == 404


@pytest.mark.parametrize("words_", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(words_):
    assert defused(words_).startswith("'")


def test_a_debt_is_shown_as_such(story, client_of, shop, work):
    with work():
        prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=Money(1000, "EUR"))
        payout = db.session.scalars(select(Payout)).one()
        run = db.session.scalars(select(PayoutRun)).one()
        run.status, run.approved_by_id, run.approved_at = "approved", shop.luca_id, run.prepared_at
        payout.status, payout.approved_minor = "approved", payout.amount_minor
        db.session.flush()
        claimed = claim(actor=TESTS, payout_id=payout.id)
        assert claimed is not None
        record_sent(actor=TESTS, payout_id=payout.id, transfer_id="tr_1", amount=claimed.amount)
    with work():
        tell_refunded(story["order"], give_back(story["order"], 2, 8000))
    page = words(client_of(story["giulia"]).get("/studio/earnings"))
    assert "You owe" in page
    assert "€7.86" in page
    assert "You owe €7.86" in words(client_of(story["giulia"]).get("/studio/statements"))
    with work():
        run_id = db.session.scalars(select(PayoutRun.id)).one()
    assert "First payout. tr_1" in words(client_of(story["luca"]).get(f"/staff/payouts/{run_id}"))


def test_one_prepares_the_other_approves_and_each_reads_where_it_stands(story, client_of, monkeypatch, work):
    sara, luca = client_of(story["sara"]), client_of(story["luca"])
    with luca.session_transaction() as session:
        del session[confirmation.KEY]
    assert "Prepare a run of €15.72" in words(sara.get("/staff/payouts"))
    made = sara.post("/staff/payouts/prepare")
    assert made.status_code == 303
    path = made.headers["Location"]
    page = words(sara.get(path))
    assert "You prepared this run, so someone else has to approve it." in page
    assert "Ledger and this run agree to the cent" in page
    assert sara.post(f"{path}/approve").status_code == 403
    assert "second" in luca.post(f"{path}/approve").headers["Location"], (
        "money asks for a second factor first"
    )
    with work():
        assert db.session.scalars(select(PayoutRun.status)).one() == "prepared"
    with luca.session_transaction() as session:
        session[confirmation.KEY] = [f"{story['luca']}.0", confirmation.clock.machine().isoformat()]
    assert luca.post(f"{path}/approve").status_code == 303
    page = words(luca.get(path))
    assert "Going out" in page
    assert luca.post(f"{path}/approve").status_code == 409
    assert words(luca.get(f"{path}.csv")).count("giulia") == 1


def test_who_prepared_is_refused_even_with_the_right_to_approve(story, client_of, work):
    luca = client_of(story["luca"])
    path = luca.post("/staff/payouts/prepare").headers["Location"]
    with luca.session_transaction() as session:
        session[confirmation.KEY] = [f"{story['luca']}.0", confirmation.clock.machine().isoformat()]
    answer = luca.post(f"{path}/approve")
    assert answer.status_code == 403
    assert "someone else has to approve it" in answer.get_data(as_text=True)


def test_a_run_is_sent_back_only_with_a_reason(story, client_of):
    sara = client_of(story["sara"])
    path = sara.post("/staff/payouts/prepare").headers["Location"]
    assert sara.post(f"{path}/send-back", data={"reason": "  "}).status_code == 400
    assert sara.post(f"{path}/send-back", data={"reason": "Wait for Friday."}).status_code == 303
    assert "Wait for Friday." in words(sara.get(path))
    assert sara.get("/staff/payouts/424242").status_code == 404


def test_setting_up_leads_to_stripe_and_coming_back_is_looked_at_again(story, client_of, work, shop):
    with work():
        db.session.delete(db.session.scalars(select(Payee)).one())
    browser = client_of(story["giulia"])
    before = words(browser.get("/studio/payments"))
    assert "Set it up at Stripe" in before
    assert "Italy: payouts reach you." in before and "They arrive at a bank there, in EUR." in before
    answer = browser.post("/studio/payments/set-up")
    assert answer.status_code == 303
    assert "/_sandbox/" in answer.headers["Location"]
    assert browser.get("/studio/payments/back").status_code == 302
    assert "half-way" in words(browser.get("/studio/payments"))
    with work():
        assert db.session.scalars(select(Payee.status)).one() == "onboarding"
    browser.post("/studio/payments/set-up")
    with work():
        assert len(db.session.scalars(select(Payee)).all()) == 1


def test_the_command_line_prepares_approves_and_tells(story, app, work):
    run = app.test_cli_runner().invoke
    assert '"status": "prepared"' in run(args=["payouts", "prepare", "--by", "sara@store.test"]).output
    refused = run(args=["payouts", "approve", "--by", "sara@store.test"])
    assert refused.exit_code != 0
    assert '"status": "approved"' in run(args=["payouts", "approve", "--by", "luca@store.test"]).output
    assert '"amount_minor": 1572' in run(args=["payouts", "status"]).output
    nobody = run(args=["payouts", "prepare", "--by", "nobody@store.test"])
    assert nobody.exit_code != 0
    assert '{"matured": 0}' in run(args=["commissions", "mature"]).output


def test_what_stripe_still_wants_is_said_in_the_readers_words(app):
    wanted = ("identity.individual.date_of_birth", "external_account", "identity.business.some_new_thing")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert [requirement_words(name) for name in wanted] == [
            "Your date of birth",
            "The bank account your money goes to",
            "identity: business: some new thing",
        ]
    with app.test_request_context(headers={"Accept-Language": "it"}):
        assert requirement_words(wanted[0]) == "La tua data di nascita"
