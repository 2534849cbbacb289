"""News of a sale arrives twice, late, in any order and at two workers at once: the books end the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select, text

from commissions.accruals import actions
from commissions.accruals.actions import mature
from commissions.accruals.models import Commission
from commissions.claims.models import Claim, Receipt
from commissions.ledger.models import LedgerEntry
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation.db import db
from storefront.orders.models import Dispute, Order, Refund, RefundStatus
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    dispute,
    fail,
    give_back,
    sell,
    tell_delivered,
    tell_disputed,
    tell_paid,
    tell_refund_failed,
    tell_refunded,
)


def books(work, shop) -> tuple[int, int, int]:
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        balance = editor_balance(shop.editor_id, "EUR")
        return balance.pending.minor, balance.held.minor, balance.payable.minor


@pytest.fixture
def order(shop, work, clock) -> int:
    """A paid order by the editor's link, of which nobody was told yet."""
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        return sell(shop.product_id, visit="visit-1")


def at_once(app, work, call) -> None:
    def run(_number: int) -> None:
        with app.app_context():
            with actions.db.session.begin():
                call()
            db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))


def test_paid_told_twice_makes_one_receipt_and_one_commission_a_line(shop, order, work):
    for _ in range(2):
        with work():
            tell_paid(order)
    assert books(work, shop) == (1867, 0, 0)
    with work():
        assert db.session.scalars(select(func.count()).select_from(Receipt)).one() == 1
        assert db.session.scalars(select(func.count()).select_from(Commission)).one() == 3


def test_paid_told_to_two_workers_at_once_makes_one_of_each(shop, order, app, work):
    at_once(app, work, lambda: tell_paid(order))
    assert books(work, shop) == (1867, 0, 0)


def test_without_its_constraint_two_workers_would_accrue_twice(shop, order, app, work):
    """The twin: it is the unique line and editor that keeps the second worker out."""
    with work():
        db.session.execute(
            text("ALTER TABLE commissions DROP CONSTRAINT uq_commissions_order_line_id_editor_id_receipt_id")
        )
    try:
        for _ in range(2):
            with work():
                tell_paid(order)
        with work():
            assert db.session.scalars(select(func.count()).select_from(Commission)).one() == 6
    finally:
        with work():
            for table in ("payable_movements", "commissions"):
                db.session.execute(text(f"DELETE FROM {table}"))
            db.session.execute(
                text(
                    "ALTER TABLE commissions ADD CONSTRAINT "
                    "uq_commissions_order_line_id_editor_id_receipt_id "
                    "UNIQUE (order_line_id, editor_id, receipt_id)"
                )
            )


def test_a_refund_told_twice_and_to_two_workers_is_reversed_once(shop, order, app, work):
    with work():
        tell_paid(order)
    with work():
        refund = give_back(order, 3, 3000)
    at_once(app, work, lambda: tell_refunded(order, refund))
    with work():
        tell_refunded(order, refund)
    assert books(work, shop) == (1572, 0, 0)


def test_without_lock_and_key_a_refund_would_be_reversed_twice(shop, order, work, monkeypatch):
    """The twin: a second worker that decided on an old look reverses again when its entry has a key of
    its own.
    """
    with work():
        tell_paid(order)
    with work():
        give_back(order, 3, 3000)
    with work():
        before = db.session.scalars(select(Commission).order_by(Commission.id)).all()[2]
        old = actions._Plan(before, before.status, 295)
    real = actions.transfer
    salt = iter(range(9))
    monkeypatch.setattr(actions, "transfer", lambda **given: real(**given | {"key": f"{next(salt)}"}))
    for _ in range(2):
        with work():
            stale = db.session.get_one(Commission, before.id)
            stale.reversed_minor = 0
            actions._carry_out(TESTS, [actions._Plan(stale, old.status, old.amount)], None)
    with work():
        assert not verify().ok
        assert editor_balance(shop.editor_id, "EUR").pending.minor == 1867 - 2 * 295


@pytest.mark.parametrize("news", list(permutations(("paid", "delivered", "refunded"))))
def test_the_order_of_the_news_does_not_matter(shop, order, work, clock, news):
    with work():
        refund = give_back(order, 3, 3000)
        deliver(order)
    tell = {
        "paid": lambda: tell_paid(order),
        "delivered": lambda: tell_delivered(order),
        "refunded": lambda: tell_refunded(order, refund),
    }
    for name in news:
        with work():
            tell[name]()
    assert books(work, shop) == (1572, 0, 0)
    clock.advance(days=30)
    with work():
        mature(actor=TESTS)
    assert books(work, shop) == (0, 0, 1572)


def test_many_small_refunds_take_back_exactly_what_one_large_one_does(shop, work, clock):
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=1)
    with work():
        order = sell(shop.product_id, [Piece("Shirt", 3333, 3)], visit="visit-1", began_ago=timedelta())
        tell_paid(order)
    for part in (1, 3332, 2500, 833, 3333):
        with work():
            tell_refunded(order, give_back(order, 1, part, 0))
    assert books(work, shop) == (0, 0, 0)
    with work():
        assert db.session.scalars(select(Commission.status)).one() == "reversed"


def test_a_refund_that_failed_restores_what_it_took(shop, order, work):
    with work():
        tell_paid(order)
    with work():
        refund = give_back(order, 2, 8000)
        tell_refunded(order, refund)
    assert books(work, shop) == (1867 - 786, 0, 0)
    with work():
        fail(refund)
        tell_refund_failed(order, refund)
    assert books(work, shop) == (1867, 0, 0)


def test_a_refund_that_failed_and_arrived_after_all_ends_taken(shop, order, work):
    with work():
        tell_paid(order)
    with work():
        refund = give_back(order, 2, 8000)
        tell_refunded(order, refund)
    with work():
        fail(refund)
        tell_refund_failed(order, refund)
    for _ in range(2):
        with work():
            db.session.get_one(Refund, refund).status = RefundStatus.SUCCEEDED
            db.session.flush()
            tell_refunded(order, refund)
    assert books(work, shop) == (1867 - 786, 0, 0)


def test_a_paid_order_nobody_was_told_of_is_a_fault_unless_the_news_waits(shop, order, work):
    def fault() -> str | None:
        with work():
            return verify().fault

    def news(status: str) -> None:
        with work():
            db.session.execute(text("DELETE FROM procrastinate_jobs"))
            db.session.execute(
                text(
                    "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES "
                    "('facts', 'orders.OrderPaid -> x', CAST(:args AS jsonb), :status)"
                ),
                {"args": json.dumps({"fact": {"order_id": order}}), "status": status},
            )

    assert fault() == "a paid order has no receipt, and no news of it waits"
    news("todo")
    assert fault() is None
    news("failed")
    assert fault() == "news of a sale was given up"
    with work():
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
        tell_paid(order)
    assert fault() is None


def test_a_dispute_holds_and_its_end_releases_or_takes_back(shop, order, work, clock):
    with work():
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    with work():
        dispute(order, Dispute.OPEN)
        tell_disputed(order, "opened")
    assert books(work, shop) == (0, 1867, 0)
    clock.advance(days=40)
    with work():
        assert mature(actor=TESTS) == 0, "what is held does not mature by itself"
    with work():
        dispute(order, Dispute.WON)
        tell_disputed(order, "won")
    assert books(work, shop) == (1867, 0, 0)
    with work():
        assert mature(actor=TESTS) == 3
    with work():
        dispute(order, Dispute.OPEN)
        tell_disputed(order, "opened")
    assert books(work, shop) == (0, 1867, 0)
    with work():
        dispute(order, Dispute.LOST)
        tell_disputed(order, "lost")
    assert books(work, shop) == (0, 0, 0)


@pytest.mark.parametrize("held", [True, False])
def test_a_lost_dispute_is_told_as_one_and_the_return_before_it_as_a_return(
    shop, order, work, clock, client_of, held
):
    with work():
        tell_paid(order)
    clock.advance(days=1)
    with work():
        tell_refunded(order, give_back(order, 1, 1000))
    clock.advance(days=1)
    if held:
        with work():
            dispute(order, Dispute.OPEN)
            tell_disputed(order, "opened")
        clock.advance(days=9)
    with work():
        dispute(order, Dispute.LOST)
        tell_disputed(order, "lost")
        number = db.session.get_one(Order, order).number
        giulia = db.session.get_one(Editor, shop.editor_id).account_id
    page = client_of(giulia).get(f"/studio/orders/{number}").text
    told = page[page.index("What happened, and when") :]
    assert told.index("Came back or was refunded") < told.index("bank took the payment back: ")
    assert told.count("Came back or was refunded") == told.count("bank took the payment back: ") == 1


def test_ones_own_purchase_earns_nothing_and_the_receipt_says_why(shop, work, clock):
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1", email="Giulia+shop@Example.test")
        tell_paid(order)
    with work():
        receipt = db.session.scalars(select(Receipt)).one()
        assert (receipt.editor_id, receipt.rule) == (None, "nobody")
        reasons = db.session.scalars(select(Claim.reason).order_by(Claim.position)).all()
        assert reasons == ["own_purchase", "none_typed", "online_order", "no_staff_entry"]
    assert books(work, shop) == (0, 0, 0)


def test_an_order_without_a_visit_has_a_receipt_of_nobody(shop, work):
    with work():
        order = sell(shop.product_id)
        tell_paid(order)
    with work():
        assert db.session.scalars(select(Receipt.rule)).one() == "nobody"


def test_the_books_refuse_to_be_changed(shop, order, work):
    with work():
        tell_paid(order)
    for statement in ("UPDATE ledger_legs SET amount_minor = 1", "DELETE FROM ledger_entries"):
        with pytest.raises(Exception, match="append-only"), work():
            db.session.execute(text(statement))
    with pytest.raises(Exception, match="does not balance"), work():
        entry = db.session.scalars(select(LedgerEntry.id).limit(1)).one()
        db.session.execute(
            text(
                "INSERT INTO ledger_legs (entry_id, account_id, currency, side, amount_minor, at) "
                "SELECT entry_id, account_id, currency, side, amount_minor, at FROM ledger_legs "
                "WHERE entry_id = :id"
            ),
            {"id": entry},
        )


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (
            "UPDATE commissions SET reversed_minor = 1 WHERE id = (SELECT min(id) FROM commissions)",
            "sale makes it",
        ),
        ("UPDATE order_lines SET discount_minor = 100, net_minor = 10 WHERE position = 1", "sale makes it"),
        ("UPDATE commissions SET status = 'payable'", "sum of commissions and payouts"),
        ("DELETE FROM commissions WHERE id = (SELECT min(id) FROM commissions)", "line without commission"),
        (
            "UPDATE ledger_legs SET amount_minor = amount_minor + 1 "
            "WHERE id = (SELECT min(id) FROM ledger_legs)",
            "an entry does not balance",
        ),
        (
            "UPDATE ledger_legs SET amount_minor = amount_minor + 1 "
            "WHERE entry_id = (SELECT min(id) FROM ledger_entries)",
            "entries do not add up",
        ),
        (
            "DELETE FROM ledger_legs WHERE entry_id = (SELECT min(id) FROM ledger_entries)",
            "an entry does not balance",
        ),
    ],
)
def test_verify_names_the_first_row_that_does_not_fit(shop, order, app, work, damage, fault):
    with work():
        tell_paid(order)
    with work():
        # Somebody with every right at the database, whom no trigger stops.
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
        db.session.execute(text(damage))
    with work():
        proof = verify()
    assert not proof.ok
    assert fault in str(proof.fault)
    assert proof.row
    told = app.test_cli_runner().invoke(args=["commissions", "verify"])
    assert told.exit_code == 1
    said = json.loads(told.output.splitlines()[-1])
    assert (said["ok"], said["row"]) == (False, proof.row)


def test_verify_tells_how_much_agrees(shop, order, app, work):
    with work():
        tell_paid(order)
    told = app.test_cli_runner().invoke(args=["commissions", "verify"])
    assert told.exit_code == 0
    assert '{"ok": true, "entries": 3' in told.output.splitlines()[-1]
