"""Many at once: money is spent once, a key means one act. Each race has a twin that fails unprotected."""

import threading
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy import func, select

from stripe_sandbox import client
from stripe_sandbox.models import SandboxMovement
from stripe_sandbox.store import Store, opened


def at_once(app, calls: list[Callable[[], object]]) -> list[object]:
    """Run all calls at the same moment, each in a context of its own; errors are results."""
    start = threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(index: int, call: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                results[index] = call()
            except Exception as error:
                results[index] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def spent(store):
    total = select(func.coalesce(func.sum(SandboxMovement.net), 0)).where(SandboxMovement.kind == "transfer")
    return -store.session.scalar(total)


def race_for_the_balance(shop, app):
    shop.reserve(1000)
    payee = shop.payee()
    at_once(app, [lambda key=key: shop.transfer(payee, 400, f"race-{key}") for key in range(8)])
    with opened() as store:
        return spent(store)


def test_eight_transfers_at_once_never_spend_more_than_there_is(shop, app):
    assert race_for_the_balance(shop, app) == 800


def together(original, parties=8):
    """Nobody goes on from the check to the write before all have checked."""
    gate = threading.Barrier(parties)

    def check(self, *args, **named):
        seen = original(self, *args, **named)
        with suppress(threading.BrokenBarrierError):
            gate.wait(timeout=10)
        return seen

    return check


def test_without_the_lock_they_would(shop, app, monkeypatch):
    monkeypatch.setattr(Store, "lock_balance", lambda self, account: None)
    monkeypatch.setattr(Store, "available", together(Store.available))
    get = Store.get
    monkeypatch.setattr(
        Store,
        "get",
        lambda self, kind, wanted, *, account=None, lock=False: get(self, kind, wanted, account=account),
    )
    assert race_for_the_balance(shop, app) > 1000


def race_for_one_key(shop, app, callers=8):
    shop.reserve(9000)
    payee = shop.payee()
    at_once(app, [lambda: shop.transfer(payee, 400, "one key")] * callers)
    with opened() as store:
        return spent(store)


def test_eight_calls_with_one_key_are_one_transfer(shop, app):
    assert race_for_one_key(shop, app) == 400


def test_without_the_key_lock_they_would_be_several(shop, app, monkeypatch):
    monkeypatch.setattr(client, "lock_number", lambda name: threading.get_ident())
    run, both_have_looked = client._run, threading.Barrier(2)

    def checked(call, method, path, v2):
        if path == "/v1/transfers":
            both_have_looked.wait(timeout=10)
        return run(call, method, path, v2)

    monkeypatch.setattr(client, "_run", checked)
    assert race_for_one_key(shop, app, 2) == 800


def test_two_tabs_pay_one_session_once(shop, app):
    session = shop.session()
    at_once(app, [lambda: shop.pay(session.id)] * 6)
    with opened() as store:
        assert [row.body["status"] for row in store.find("charge")] == ["succeeded"]


def test_without_the_row_lock_they_would_pay_twice(shop, app, monkeypatch):
    session = shop.session()
    get = Store.get
    find = together(get, 6)

    def unlocked(self, kind, wanted, *, account=None, lock=False):
        return (find if kind == "checkout.session" else get)(self, kind, wanted, account=account)

    monkeypatch.setattr(Store, "get", unlocked)
    at_once(app, [lambda: shop.pay(session.id)] * 6)
    with opened() as store:
        assert len(store.find("charge")) > 1
