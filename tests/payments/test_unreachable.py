"""Stripe does not answer, or answers that it cannot: the shop knows within ten seconds, and knows what it
knows."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from foundation import payments
from foundation.db import NetworkInsideTransaction, db, unit_of_work
from foundation.payments import client
from foundation.payments.transport import DeadlineTransport
from foundation.settings import SettingsRefused
from stripe_sandbox.store import opened
from stripe_sandbox.transfers import top_up
from tests.conftest import environment
from wsgi import create_app


@contextmanager
def speaking_to(app, address: str, deadline: float = 8.0) -> Iterator[None]:
    """The boundary uses the real network for a while, at an address of this machine."""
    before = app.extensions[client.KEY]
    transport = DeadlineTransport(deadline)
    client.connect(app, transport, base_address=address)
    try:
        yield
    finally:
        app.extensions[client.KEY] = before
        transport.close()


@contextmanager
def server(answer: bytes | None, drip: float = 0) -> Iterator[str]:
    """A server that accepts and then says nothing, one byte at a time, or one fixed answer."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65536)
                if answer is None:
                    stop.wait(30)
                elif drip:
                    for byte in answer:
                        connection.sendall(bytes([byte]))
                        if stop.wait(drip):
                            return
                else:
                    connection.sendall(answer)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        stop.set()
        listening.close()


def said(status: str, body: bytes = b"{}", more: bytes = b"") -> bytes:
    length = str(len(body)).encode()
    return (
        b"HTTP/1.1 "
        + status.encode()
        + b"\r\nContent-Length: "
        + length
        + b"\r\nConnection: close\r\n"
        + (more + b"\r\n" + body)
    )


def test_a_closed_door_is_told_at_once_and_the_outcome_is_unknown(app, shop):
    free = socket.create_server(("127.0.0.1", 0))
    port = free.getsockname()[1]
    free.close()
    began = time.monotonic()
    with speaking_to(app, f"http://127.0.0.1:{port}"), pytest.raises(payments.PaymentsUnreachable) as told:
        shop.session()
    assert time.monotonic() - began < 8
    assert not told.value.definite
    assert told.value.status == 503


@pytest.mark.parametrize(("drip", "deadline"), [(0, 8.0), (0.5, 2.0)])
def test_a_silent_or_dribbling_server_costs_less_than_ten_seconds(app, shop, drip, deadline):
    slow = said("200 OK", b"{}" * 500) if drip else None
    began = time.monotonic()
    with (
        server(slow, drip) as address,
        speaking_to(app, address, deadline),
        pytest.raises(payments.PaymentsUnreachable),
    ):
        shop.session()
    assert time.monotonic() - began < deadline + 2


def test_retries_end_with_the_deadline(app, shop):
    began = time.monotonic()
    broken = said("500 Internal Server Error", b'{"error": {"type": "api_error", "message": "oh"}}')
    with (
        server(broken) as address,
        speaking_to(app, address, 1.0),
        pytest.raises(payments.PaymentsUnreachable),
    ):
        shop.session()
    assert time.monotonic() - began < 3


ERRORS = {
    "500": ("500 Internal Server Error", "api_error", None, payments.PaymentsUnreachable, False),
    "409": ("409 Conflict", "invalid_request_error", "lock_timeout", payments.PaymentsUnreachable, False),
    "429": (
        "429 Too Many Requests",
        "invalid_request_error",
        "rate_limit",
        payments.PaymentsUnreachable,
        False,
    ),
    "401": ("401 Unauthorized", "invalid_request_error", None, payments.PaymentsMisconfigured, False),
    "403": ("403 Forbidden", "invalid_request_error", None, payments.PaymentsMisconfigured, False),
    "402": ("402 Payment Required", "card_error", "card_declined", payments.CardDeclined, True),
    "400": ("400 Bad Request", "invalid_request_error", "parameter_unknown", payments.PaymentRefused, True),
    "key": ("400 Bad Request", "idempotency_error", None, payments.IdempotencyMismatch, False),
}


@pytest.mark.parametrize("name", ERRORS)
def test_every_refusal_says_whether_the_outcome_is_known(app, shop, name):
    status, kind, code, expected, definite = ERRORS[name]
    body = f'{{"error": {{"type": "{kind}", "code": "{code or "none"}", "message": "no"}}}}'.encode()
    answer = said(status, body, b"Stripe-Should-Retry: false\r\n")
    with (
        server(answer) as address,
        speaking_to(app, address),
        pytest.raises(payments.PaymentsProblem) as told,
    ):
        shop.session()
    assert type(told.value) is expected
    assert told.value.definite is definite


def test_nothing_is_asked_of_stripe_inside_a_transaction(shop):
    with pytest.raises(NetworkInsideTransaction), unit_of_work():
        db.session.execute(db.text("select 1"))
        payments.balance()
    assert payments.balance().available == (payments.balance().available_in("EUR"),)


def real(url, tmp_path, **more):
    return {
        **environment(url, tmp_path),
        "BASE_URL": "https://shop.example",
        "SECRET_KEY": "x" * 40,
        "STRIPE_SECRET_KEY": "sk_test_not_a_real_one",
        **more,
    }


def test_a_real_key_refuses_a_database_in_which_the_stand_in_has_worked(app, shop, db_url, tmp_path):
    create_app(real(db_url, tmp_path))
    shop.session()
    with pytest.raises(SettingsRefused, match="DATABASE_URL"):
        create_app(real(db_url, tmp_path))


def test_a_live_key_refuses_an_address_without_https(db_url, tmp_path):
    with pytest.raises(SettingsRefused, match="BASE_URL"):
        create_app(
            real(
                db_url,
                tmp_path,
                STRIPE_SECRET_KEY="sk_live_x",
                BASE_URL="http://shop.example",
                VETRINA_ENV="production",
            )
        )


def test_with_a_key_the_stand_in_is_not_there(db_url, tmp_path):
    app = create_app(real(db_url, tmp_path))
    assert app.test_client().get("/_sandbox/").status_code == 404
    assert isinstance(app.extensions[client.KEY]._requestor._client, DeadlineTransport)


def test_the_stand_in_keeps_no_money_of_a_refused_act(shop):
    with pytest.raises(RuntimeError), opened() as store:
        top_up(store, 100, "eur")
        raise RuntimeError
    assert payments.balance().available_in("EUR").minor == 0
