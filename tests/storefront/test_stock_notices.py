"""Somebody waits for a size: one letter when it is back, and then their address is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from foundation import clock, facts
from foundation.accounts.facts import EmailChanged
from foundation.accounts.models import Account
from foundation.db import db, unit_of_work
from storefront.catalog.models import Variant
from storefront.catalog.standing import archive_product
from storefront.notices import actions
from storefront.notices.actions import forget_old, tell_those_who_wait
from storefront.notices.models import StockNotice
from storefront.stock.actions import put_back, sell
from tests.storefront.shelf import CLERK, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]
ASK = "/shop/lina-blouse/notice"


@pytest.fixture
def small(work: Work) -> int:
    """The sold-out S of the Lina blouse; its number."""
    with work():
        product = put_on_shelf("lina-blouse", "Lina blouse", colour="Ivory", stock={"S": 0, "M": 2})
        return product.variants[0].id


def ask(client: FlaskClient, variant_id: int, email: str = "anna@example.test", **more: Any) -> Any:
    return client.post(ASK, data={"variant_id": variant_id, "email": email}, **more)


def waiting(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(StockNotice.email).order_by(StockNotice.id)))


def bring_back(work: Work, variant_id: int) -> None:
    with work():
        put_back(actor=CLERK, variant_id=variant_id, quantity=1, reason="came back")


def test_the_page_of_a_product_leads_to_the_form_of_its_sold_out_sizes(
    client: FlaskClient, small: int
) -> None:
    assert ASK in client.get("/shop/lina-blouse").text
    page = client.get(ASK).text
    assert f'value="{small}"' in page
    assert "<span>S</span>" in page and "<span>M</span>" not in page
    assert client.get("/shop/nothing/notice").status_code == 404


def test_whoever_asks_gets_one_letter_when_it_is_back(
    app: Flask, client: FlaskClient, work: Work, small: int, run_jobs: Any, outbox: Any
) -> None:
    answer = ask(client, small, "Anna@Example.test", follow_redirects=True)
    assert "We write to Anna@Example.test when it is back, once." in answer.text
    ask(client, small)
    ask(client, small, "bea@example.test", headers={"Accept-Language": "it"})
    assert waiting(app) == ["anna@example.test", "bea@example.test"]
    run_jobs()
    assert outbox() == []
    bring_back(work, small)
    run_jobs()
    letters = {letter.recipient: letter for letter in outbox()}
    assert set(letters) == {"anna@example.test", "bea@example.test"}
    assert letters["anna@example.test"].subject == "Lina blouse, ivory is back"
    assert "/shop/lina-blouse" in letters["anna@example.test"].text
    assert letters["bea@example.test"].language == "it"
    assert waiting(app) == []
    with work():
        sell(actor=CLERK, order_id=1, wanted={small: 1})
    bring_back(work, small)
    run_jobs()
    assert len(outbox()) == 2


def test_nobody_is_told_when_somebody_was_faster(
    app: Flask, client: FlaskClient, work: Work, small: int, run_jobs: Any, outbox: Any
) -> None:
    ask(client, small)
    bring_back(work, small)
    with work():
        sell(actor=CLERK, order_id=1, wanted={small: 1})
    run_jobs()
    assert outbox() == []
    assert waiting(app) == ["anna@example.test"]


def test_nobody_is_told_of_what_left_the_shop(
    app: Flask, client: FlaskClient, work: Work, small: int, run_jobs: Any, outbox: Any
) -> None:
    ask(client, small)
    with work():
        product_id = db.session.scalars(select(Variant.product_id).where(Variant.id == small)).one()
        archive_product(actor=CLERK, product_id=product_id, reason="Last season")
    bring_back(work, small)
    run_jobs()
    assert outbox() == []


def test_a_size_that_can_be_had_needs_no_letter(
    app: Flask, client: FlaskClient, work: Work, small: int
) -> None:
    with work():
        product_id = db.session.scalars(select(Variant.product_id).where(Variant.id == small)).one()
        medium = db.session.scalars(
            select(Variant.id).where(Variant.product_id == product_id, Variant.id != small)
        ).one()
    assert "can be had just now" in ask(client, medium, follow_redirects=True).text
    assert waiting(app) == []


def test_a_size_of_another_piece_is_not_found_and_nobody_waits(
    app: Flask, client: FlaskClient, work: Work, small: int
):
    with work():
        other = put_on_shelf("corso-coat", "Corso coat", stock={"S": 0}).variants[0].id
    assert ask(client, other).status_code == 404
    assert waiting(app) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"email": "anna"}, "This does not look like an e-mail address."),
        ({"email": ""}, "Where shall we write to?"),
        ({"variant_id": ""}, "Choose a size."),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    app: Flask, client: FlaskClient, small: int, values: dict[str, str], sentence: str
) -> None:
    answer = client.post(ASK, data={"variant_id": small, "email": "anna@example.test"} | values)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert waiting(app) == []


def test_who_waits_for_more_than_a_year_is_forgotten(
    app: Flask, client: FlaskClient, work: Work, small: int, clock: Any
) -> None:
    ask(client, small)
    clock.advance(days=366)
    with work():
        forget_old()
    assert waiting(app) == []


def letters_of_two_workers(app: Flask, client: FlaskClient, work: Work, small: int, outbox: Any) -> int:
    """The news arrives twice and two workers take it at once; how many letters were written."""
    ask(client, small)
    bring_back(work, small)
    gate = threading.Barrier(2)

    def tell() -> None:
        with app.app_context(), unit_of_work():
            gate.wait(10)
            tell_those_who_wait(variant_id=small)
            gate.wait(10)

    workers = [threading.Thread(target=tell) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return len(outbox())


def test_two_workers_write_one_letter(
    app: Flask, client: FlaskClient, work: Work, small: int, outbox: Any
) -> None:
    assert letters_of_two_workers(app, client, work, small, outbox) == 1


def test_two_workers_that_only_read_who_waits_would_write_two(
    app: Flask, client: FlaskClient, work: Work, small: int, outbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: without taking the row, both write."""
    reading = text("SELECT email, language FROM stock_notices WHERE variant_id = :variant_id")
    monkeypatch.setattr(actions, "_TAKE", reading)
    assert letters_of_two_workers(app, client, work, small, outbox) == 2


def test_what_an_account_waits_for_moves_with_its_address_and_nothing_else_does(
    app: Flask, client: FlaskClient, work: Work, small: int, account: int, client_of: Any, run_jobs: Any
) -> None:
    old, new = "anna@example.test", "anna.new@example.test"
    with work():
        db.session.get_one(Account, account).email_verified_at = clock.now()
        other = put_on_shelf("mira-skirt", "Mira skirt", stock={"S": 0}).variants[0].id
    signed_in, skirt = client_of(account), "/shop/mira-skirt/notice"
    ask(client, small)
    client.post(skirt, data={"variant_id": other, "email": new})
    ask(signed_in, small, old.upper())
    ask(signed_in, small, "bea@example.test")
    signed_in.post(skirt, data={"variant_id": other, "email": old})
    with work():
        db.session.get_one(Account, account).email = new
        facts.record(EmailChanged(account_id=account))
    run_jobs()
    with app.app_context():
        waits = {tuple(row) for row in db.session.execute(select(StockNotice.variant_id, StockNotice.email))}
    assert waits == {(small, new), (other, new), (small, "bea@example.test")}


def test_an_address_nobody_proved_takes_no_letter_of_somebody_else_along(
    app: Flask, client: FlaskClient, work: Work, small: int, account: int, client_of: Any
) -> None:
    ask(client, small)
    ask(client_of(account), small)
    with work():
        db.session.get_one(Account, account).email = "thief@example.test"
        actions.follow_account(account_id=account)
    assert waiting(app) == ["anna@example.test"]
