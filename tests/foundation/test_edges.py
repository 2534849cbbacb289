"""What comes in at the door: proxies, NULs, sizes, and what the log may never hold."""

from __future__ import annotations

import io

import pytest
from flask import request
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import InternalServerError

from foundation.accounts.guards import public
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.web import errors, server
from tests.conftest import environment
from wsgi import create_app


def address_seen(db_url, tmp_path, proxies):
    app = create_app(environment(db_url, tmp_path) | {"TRUSTED_PROXIES": proxies})
    app.add_url_rule(
        "/who", view_func=public(lambda: f"{request.remote_addr} {request.scheme}"), endpoint="who"
    )
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https"}
    return app.test_client().get("/who", headers=headers).text


def test_no_proxy_is_believed_unless_the_settings_count_it(db_url, tmp_path):
    assert address_seen(db_url, tmp_path, "0") == "127.0.0.1 http"


def test_as_many_proxies_are_believed_as_there_are(db_url, tmp_path):
    assert address_seen(db_url, tmp_path, "1") == "198.51.100.7 https"


@pytest.mark.parametrize(
    "path",
    ["/shop/%00", "/looks/%00", "/@%00", "/orders/%00", "/shop?q=%00", "/checkout/return?session_id=%00"],
)
def test_an_address_with_a_nul_is_refused_and_breaks_nothing(client, path):
    assert client.get(path).status_code == 400


def test_a_form_with_a_nul_is_refused_and_breaks_nothing(client):
    answer = client.post("/account/sign-in", data={"email": "a\0b@example.test", "password": "x"})
    assert answer.status_code == 400


def test_signs_that_turn_words_around_are_never_heard_and_letters_stay(app):
    turned = "Anna\u202egnp.exe\u202c \u2067x\u2069\u200e\u200f\u061c"
    kept = "ليلى שרה \U0001f468\u200d\U0001f469\u200d\U0001f467 می\u200cخواهم क्\u200dष"
    data = {"name": turned, "city": kept, "photo": (io.BytesIO(b"x"), "a.png")}
    with app.test_request_context("/shop", query_string={"q": turned + kept}, method="POST", data=data):
        assert request.args["q"] == "Annagnp.exe x" + kept
        assert request.form.to_dict() == {"name": "Annagnp.exe x", "city": kept}
        assert request.files["photo"].read() == b"x"
        assert request.values["name"] == "Annagnp.exe x"


def test_addresses_that_are_guessed_lead_somewhere(client):
    icon = client.get("/favicon.ico")
    assert (icon.status_code, icon.cache_control.max_age) == (302, 86_400)
    assert "mark" in icon.location and icon.location.endswith(".svg")
    for path in ("/orders", "/account/order", "/account/orders"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (302, "/account/#orders")
    assert "/account/sign-in" in client.get("/account/return").location


def test_a_request_that_is_too_large_is_refused_with_a_page(client):
    answer = client.post("/account/sign-in", data={"email": "x" * (3 * 1024 * 1024), "password": "x"})
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_an_endless_address_is_refused_with_a_page(client):
    answer = client.get("/search?q=" + "jacket+" * 5000)
    assert answer.status_code == 414
    assert "look for a few words instead" in answer.text


def test_the_server_lets_such_an_address_in_for_the_page_to_be_shown():
    settings = Config()
    settings.set("limit_request_line", server.limit_request_line)
    line = b"GET /search?q=" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: shop.test\r\n\r\n"
    assert len(next(RequestParser(settings, iter([line]), None)).query) == 40_002


def test_an_error_of_the_database_does_not_repeat_what_the_statement_carried(app):
    with app.app_context(), pytest.raises(DBAPIError) as caught:
        db.session.execute(text("SELECT CAST(:street AS integer)"), {"street": "Via Po 12"})
    assert "Via Po" not in str(caught.value).split("[SQL")[1]


HUGE = "9" * 25


@pytest.mark.parametrize("path", [f"/outbox/{HUGE}", f"/staff/payouts/{HUGE}", f"/studio/looks/{HUGE}"])
def test_a_key_larger_than_any_names_nothing(app, account, client_of, path):
    browser = client_of(account("sara@example.test", *Role))
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("page", ["9" * 18, "-" + HUGE, "9" * 5000, "two"])
@pytest.mark.parametrize(
    "path",
    [
        "/shop?page=", "/looks?page=", "/staff/orders?page=", "/staff/products?page=",
        "/staff/receipts?page=", "/staff/audit/?before=", "/staff/applications?open=",
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_is_a_page_of_the_list_or_not_found(account, client_of, path, page):
    browser = client_of(account("sara@example.test", *Role))
    assert browser.get(path + page).status_code in {200, 404}


def test_a_fault_is_logged_by_its_page_and_not_by_its_address_which_may_hold_a_secret(app, monkeypatch):
    lines = []
    monkeypatch.setattr(errors.log, "error", lambda event, **told: lines.append(told))
    with app.test_request_context("/tickets/the-secret-of-ada"):
        errors._fault(InternalServerError(original_exception=RuntimeError("no bell")))
    (told,) = lines
    assert told["endpoint"] == "rsvps.ticket" and "the-secret" not in str(told)
