import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation import clock as shop_clock
from foundation import payments
from foundation.db import db, unit_of_work
from foundation.mail.queries import latest_messages
from foundation.payments import objects
from foundation.states import IllegalMove
from storefront.orders import actions as orders
from storefront.orders import paying
from storefront.orders.errors import MoneyWentBack, MoreThanPaid, NothingToHandOver, PaymentIsDisputed
from storefront.orders.facts import LinesRefunded, RefundFailed
from storefront.orders.models import Dispute, Handover, Order, OrderStatus, Refund, RefundStatus
from storefront.orders.queries import believed_checkouts, order_by_number, sale
from storefront.orders.shelves import Shelf, staff_orders, waiting_for_staff
from storefront.orders.standing import state_of
from storefront.returns import actions as returns
from storefront.returns import following
from storefront.returns.jobs import follow_refunds
from storefront.returns.queries import left_behind
from storefront.stock.actions import put_back
from tests.storefront.goods import HOUSE, LOOK, eur, on_hand, order_now, pay, piece, place, session_of, shelf


@pytest.fixture
def told(monkeypatch) -> list:
    """The facts that were announced."""
    heard: list = []
    monkeypatch.setattr(following.facts, "record", heard.append)
    return heard


@pytest.fixture
def stripe(monkeypatch):
    """Stripe as far as refunds go: answers by key, and can be told to fail."""

    class Stripe:
        def __init__(self):
            self.made: dict[str, objects.Refund] = {}
            self.error: Exception | None = None
            self.answer = "succeeded"
            self.calls = 0

        def refund(self, *, payment_intent, amount, idempotency_key, metadata):
            self.calls += 1
            if self.error is not None:
                raise self.error
            return self.made.setdefault(
                idempotency_key, self.one(f"re_{len(self.made)}", amount, payment_intent, metadata)
            )

        def one(self, name, amount, payment_intent, metadata=None):
            return objects.Refund(
                id=name,
                payment_intent=payment_intent,
                charge="ch_1",
                amount=amount,
                status=self.answer,
                reason=None,
                created=shop_clock.now(),
                metadata=metadata or {},
            )

    fake = Stripe()
    monkeypatch.setattr(payments, "refund", fake.refund)
    monkeypatch.setattr(
        payments, "fetch_refund", lambda refund_id: next(r for r in fake.made.values() if r.id == refund_id)
    )
    monkeypatch.setattr(payments, "fetch_refunds", lambda payment_intent: list(fake.made.values()))
    return fake


@pytest.fixture
def look(work):
    """A paid look: blouse 50.00, jacket 80.00, two shirts 30.00 each."""
    with work():
        blouse, jacket, shirt = shelf("blouse", 5000), shelf("jacket", 8000), shelf("shirt", 3000)
        placed = place(
            [piece(blouse, 5000, 1, LOOK), piece(jacket, 8000, 1, LOOK), piece(shirt, 3000, 2, LOOK)],
            session_id="cs_1",
        )
        pay(placed.order_id)
    return placed


def line_ids(placed) -> list[int]:
    return [line.line_id for line in sale(placed.order_id).lines]


def ask(placed, chosen, **changed) -> Refund:
    values = {"with_delivery": False, "restock": True, "reason": "did not fit"} | changed
    return returns.request_refund(actor=HOUSE, order_id=placed.order_id, chosen=chosen, **values)


def test_one_of_two_shirts_goes_back_for_its_price(work, look, stripe, run_jobs, told):
    with work():
        refund = ask(look, {line_ids(look)[2]: 1})
        assert (refund.amount_minor, refund.status) == (3000, RefundStatus.REQUESTED)
        assert sale(look.order_id).lines[2].refunded_minor == 0
    run_jobs("returns.send_refund")
    with work():
        shirt = sale(look.order_id).lines[2]
        assert (shirt.refunded_quantity, shirt.refunded_minor) == (1, 3000)
        assert on_hand(shirt.variant_id) == 4
        assert [type(fact) for fact in told] == [LinesRefunded]
        assert "30.00" in latest_messages()[0].text
        assert db.session.query(Refund).one().status == RefundStatus.SUCCEEDED


def test_sending_again_after_a_lost_answer_gives_back_once(work, look, stripe, run_jobs, told):
    with work():
        ask(look, {line_ids(look)[0]: 1})
    stripe.error = payments.PaymentsUnreachable()
    with pytest.raises(payments.PaymentsUnreachable):
        run_jobs("returns.send_refund")
    stripe.error = None
    run_jobs("returns.send_refund")
    with work():
        following.note_stripe(actor=HOUSE, told=next(iter(stripe.made.values())))
    assert (stripe.calls, len(stripe.made), len(told)) == (2, 1, 1)


def test_a_key_stripe_has_forgotten_is_looked_up_before_it_is_used_again(work, look, stripe, run_jobs, clock):
    with work():
        refund = ask(look, {line_ids(look)[0]: 1})
        key, intent = refund.idempotency_key, order_now(look.order_id).payment_intent_id
    stripe.made[key] = stripe.one("re_lost", eur(5000), intent, {"refund": key})
    clock.advance(hours=24)
    run_jobs("returns.send_refund")
    with work():
        assert db.session.query(Refund).one().stripe_refund_id == "re_lost"
    assert stripe.calls == 0


def test_a_definite_no_is_told_to_staff_and_the_pieces_can_be_asked_for_again(
    work, look, stripe, run_jobs, told
):
    with work():
        ask(look, {line_ids(look)[0]: 1})
    stripe.error = payments.PaymentRefused(code="charge_already_refunded", message="No.")
    run_jobs("returns.send_refund")
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.status, refund.failure) == (RefundStatus.FAILED, "No.")
        ask(look, {line_ids(look)[0]: 1})
    assert told == []


def test_a_refund_that_fails_after_it_succeeded_is_open_again(work, look, stripe, run_jobs, told):
    with work():
        ask(look, {line_ids(look)[1]: 1})
    run_jobs("returns.send_refund")
    with work():
        back = replace(
            next(iter(stripe.made.values())), status="failed", failure_reason="expired_or_canceled_card"
        )
        following.note_stripe(actor=HOUSE, told=back)
        following.note_stripe(actor=HOUSE, told=back)
        following.note_stripe(actor=HOUSE, told=replace(back, status="pending"))
        assert db.session.query(Refund).one().failure == "expired_or_canceled_card"
        assert [type(fact) for fact in told] == [LinesRefunded, RefundFailed]
        assert sale(look.order_id).lines[1].refunded_minor == 0
        assert ask(look, {line_ids(look)[1]: 1}).amount_minor == 8000


def test_a_refund_that_failed_and_arrived_after_all_is_taken_again_and_looked_at_once_more(
    work, look, stripe, run_jobs, told, app, clock
):
    with work():
        ask(look, {line_ids(look)[1]: 1})
    run_jobs("returns.send_refund")
    key, made = next(iter(stripe.made.items()))
    with work():
        for status in ("failed", "succeeded"):
            following.note_stripe(actor=HOUSE, told=replace(made, status=status, failure_reason="lost_card"))
        assert [type(fact) for fact in told] == [LinesRefunded, RefundFailed, LinesRefunded]
        line = sale(look.order_id).lines[1]
        assert (line.refunded_minor, on_hand(line.variant_id)) == (8000, 5)
    stripe.made[key] = replace(made, status="failed")
    clock.advance(minutes=10)
    with app.app_context():
        follow_refunds()
    with work():
        assert db.session.query(Refund).one().status == RefundStatus.FAILED


def test_already_refunded_after_a_lost_answer_is_looked_up_and_is_no_failure(work, look, stripe, run_jobs):
    with work():
        refund = ask(look, {line_ids(look)[0]: 1})
        key, intent = refund.idempotency_key, order_now(look.order_id).payment_intent_id
    stripe.made[key] = stripe.one("re_unheard", eur(5000), intent, {"refund": key})
    stripe.error = payments.PaymentRefused(code="charge_already_refunded", message="No.")
    run_jobs("returns.send_refund")
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.status, refund.stripe_refund_id) == (RefundStatus.SUCCEEDED, "re_unheard")


def test_one_refund_that_is_gone_does_not_stop_the_others_and_is_still_said(
    work, look, stripe, run_jobs, app, clock, monkeypatch
):
    stripe.answer = "pending"
    with work():
        for line in line_ids(look):
            ask(look, {line: 1})
    run_jobs("returns.send_refund")
    clock.advance(hours=7)
    asked = []

    def fetch(refund_id):
        asked.append(refund_id)
        if refund_id == "re_0":
            raise payments.NotThere(code="resource_missing")
        return replace(next(r for r in stripe.made.values() if r.id == refund_id), status="succeeded")

    monkeypatch.setattr(payments, "fetch_refund", fetch)
    with app.app_context(), pytest.raises(ExceptionGroup):
        follow_refunds()
    assert asked == ["re_0", "re_1", "re_2"]
    with work():
        assert sorted(one.status for one in db.session.query(Refund)) == ["pending", "succeeded", "succeeded"]


def test_refunds_asked_about_longest_ago_come_first(work, look, stripe, run_jobs, clock):
    stripe.answer = "pending"
    with work():
        made = [ask(look, {line: 1}).id for line in line_ids(look)]
    run_jobs("returns.send_refund")
    clock.advance(hours=7)
    with work():
        following.note_looked(refund_id=made[0])
        now = shop_clock.now()
        found = left_behind(requested_before=now, pending_before=now, limit=2)[1]
        assert [number for number, _ in found] == made[1:]


def test_more_than_was_bought_is_refused_and_writes_nothing(work, look):
    with work():
        ask(look, {line_ids(look)[2]: 2})
    for chosen in ({2: 1}, {0: 2}):
        with pytest.raises(MoreThanPaid), work():
            ask(look, {line_ids(look)[place_]: quantity for place_, quantity in chosen.items()})
    with work():
        assert db.session.query(Refund).count() == 1


def test_a_refund_from_the_dashboard_is_written_down_and_spread(work, look, stripe, told):
    with work():
        made = stripe.one("re_dash", eur(1900), order_now(look.order_id).payment_intent_id)
        for _ in range(2):
            following.note_stripe(actor=HOUSE, told=made)
        lines = sale(look.order_id).lines
        assert [line.refunded_minor for line in lines] == [500, 800, 600]
        assert [line.refunded_quantity for line in lines] == [0, 0, 0]
        assert len(told) == 1
        assert ask(look, {line_ids(look)[2]: 2}).amount_minor == 5400
        unknown = replace(made, id="re_x", payment_intent="pi_other")
        assert following.note_stripe(actor=HOUSE, told=unknown) is None


def test_nothing_is_given_back_while_the_bank_disputes(work, look):
    with work():
        paying.record_dispute(actor=HOUSE, payment_intent=f"pi_{look.order_id}", state=Dispute.OPEN)
        with pytest.raises(PaymentIsDisputed):
            ask(look, {line_ids(look)[0]: 1})


def test_delivery_can_be_given_back_alone_and_once(work):
    with work():
        shirt = shelf("shirt", 3000)
        totals = orders.Totals(3000, 490, 2861, "EUR")
        placed = place([piece(shirt, 3000)], session_id="cs_1", totals=totals)
        pay(placed.order_id)
        assert ask(placed, {}, with_delivery=True).amount_minor == 490
        rest = returns.request_rest(actor=HOUSE, order_id=placed.order_id, reason="all", key="rest")
        assert (rest.amount_minor, rest.shipping_minor) == (3000, 0)
        again = returns.request_rest(actor=HOUSE, order_id=placed.order_id, reason="all", key="rest")
        assert again.id == rest.id


def test_a_refund_that_was_refused_puts_nothing_back_and_the_next_one_does(work, look, stripe, run_jobs):
    with work():
        jacket = sale(look.order_id).lines[1]
        ask(look, {jacket.line_id: 1})
    stripe.error = payments.PaymentRefused(code="x", message="No.")
    run_jobs("returns.send_refund")
    stripe.error = None
    with work():
        assert on_hand(jacket.variant_id) == 4
        ask(look, {jacket.line_id: 1})
    run_jobs("returns.send_refund")
    with work():
        assert on_hand(jacket.variant_id) == 5


def test_a_piece_whose_refund_failed_later_is_not_put_back_a_second_time(work, look, stripe, run_jobs):
    with work():
        shirt = sale(look.order_id).lines[2]
        ask(look, {shirt.line_id: 1})
    run_jobs("returns.send_refund")
    with work():
        following.note_stripe(actor=HOUSE, told=replace(next(iter(stripe.made.values())), status="failed"))
        assert on_hand(shirt.variant_id) == 4
        ask(look, {shirt.line_id: 1})
    run_jobs("returns.send_refund")
    with work():
        assert on_hand(shirt.variant_id) == 4
        ask(look, {shirt.line_id: 1})
    run_jobs("returns.send_refund")
    with work():
        assert on_hand(shirt.variant_id) == 5


def test_giving_back_an_order_that_was_never_sold_puts_nothing_on_the_shelf(work, stripe, run_jobs):
    with work():
        shirt = shelf("shirt", 3000)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        paid_less = session_of(order_now(placed.order_id), amount=eur(2900))
        paying.sync_checkout(actor=HOUSE, session=paid_less)
        returns.request_rest(
            actor=HOUSE, order_id=placed.order_id, reason="other sum", key="rest", restock=True
        )
    run_jobs("returns.send_refund")
    with work():
        assert db.session.query(Refund).one().status == RefundStatus.SUCCEEDED
        assert on_hand(shirt) == 5


@pytest.fixture
def aside(work):
    """An order that was paid in time, whose two shirts were counted away: it waits for a look."""
    with work():
        shirt = shelf("shirt", 3000, 2)
        placed = place([piece(shirt, 3000, 2)], session_id="cs_1")
        put_back(actor=HOUSE, variant_id=shirt, quantity=-2, reason="counted")
        pay(placed.order_id)
        put_back(actor=HOUSE, variant_id=shirt, quantity=2, reason="found again")
    return placed


def test_a_review_is_not_accepted_once_money_went_back_and_ends_with_the_rest_of_it(
    work, aside, stripe, run_jobs
):
    with work():
        ask(aside, {line_ids(aside)[0]: 1})
        with pytest.raises(MoneyWentBack):
            paying.accept(actor=HOUSE, order_id=aside.order_id, reason="found them")
    run_jobs("returns.send_refund")
    with work():
        assert order_now(aside.order_id).status == OrderStatus.NEEDS_REVIEW
        assert [one.id for one in waiting_for_staff()] == [aside.order_id]
        ask(aside, {line_ids(aside)[0]: 1})
    run_jobs("returns.send_refund")
    with work():
        assert order_now(aside.order_id).status == OrderStatus.CANCELLED
        assert waiting_for_staff() == []
        assert state_of(order_by_number(aside.number), None).headline == "We could not fill this order"
        with pytest.raises(IllegalMove):
            paying.accept(actor=HOUSE, order_id=aside.order_id, reason="found them")


def test_a_review_whose_refund_was_refused_can_still_be_accepted(work, aside, stripe, run_jobs):
    with work():
        ask(aside, {line_ids(aside)[0]: 2})
    stripe.error = payments.PaymentRefused(code="x", message="No.")
    run_jobs("returns.send_refund")
    with work():
        paying.accept(actor=HOUSE, order_id=aside.order_id, reason="found them")
        assert order_now(aside.order_id).status == OrderStatus.PAID


def test_an_order_given_back_whole_is_not_handed_over_and_leaves_the_queue(work, look):
    with work():
        assert [one.id for one in waiting_for_staff()] == [look.order_id]
        returns.request_rest(actor=HOUSE, order_id=look.order_id, reason="changed their mind", key="rest")
        with pytest.raises(NothingToHandOver):
            orders.hand_over(actor=HOUSE, order_id=look.order_id, how=Handover.DELIVERED, reason="x")
        assert waiting_for_staff() == []
        assert [one.id for one in staff_orders(Shelf.DONE, "", 1).rows] == [look.order_id]


def pressed_twice(app, placed, line_id, keys) -> list[int]:
    """Two presses at the same moment; returns the refund each was led to."""
    gate, led_to = threading.Barrier(2), []

    def one(key: str) -> None:
        gate.wait()
        with app.app_context(), unit_of_work():
            led_to.append(ask(placed, {line_id: 1}, key=key).id)

    threads = [threading.Thread(target=one, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return led_to


def test_a_form_pressed_twice_at_once_asks_for_one_refund(app, work, look):
    with work():
        shirts = line_ids(look)[2]
    first, second = pressed_twice(app, look, shirts, ["same", "same"])
    assert first == second
    with work():
        assert db.session.query(Refund).count() == 1


def test_without_the_forms_own_key_two_presses_are_two_refunds(app, work, look):
    """The twin: the order's lock alone lets both shirts go back, one after the other."""
    with work():
        shirts = line_ids(look)[2]
    first, second = pressed_twice(app, look, shirts, [None, None])
    assert first != second


def test_money_that_came_too_late_goes_back_by_itself_and_once(work, stripe, run_jobs):
    with work():
        shirt = shelf("shirt", 3000, on_hand=1)
        placed = place([piece(shirt, 3000)], session_id="cs_1")
        ended = session_of(order_now(placed.order_id), status="expired", payment_status="unpaid")
        paying.sync_checkout(actor=HOUSE, session=ended)
        place([piece(shirt, 3000)])
        for _ in range(2):
            pay(placed.order_id)
    run_jobs()
    with work():
        refund = db.session.query(Refund).one()
        assert (refund.amount_minor, refund.status) == (3000, RefundStatus.SUCCEEDED)
        assert order_now(placed.order_id).status == OrderStatus.EXPIRED
        believed = believed_checkouts(shop_clock.now() - timedelta(days=1))
        assert [one.state for one in believed] == ["paid"], "it was paid, though it went back"


def test_refunds_nobody_sent_are_found_and_sent(work, look, stripe, run_jobs, clock, app):
    with work():
        ask(look, {line_ids(look)[0]: 1})
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
    clock.advance(minutes=10)
    with app.app_context():
        follow_refunds()
    run_jobs("returns.send_refund")
    assert len(stripe.made) == 1


def both_at_once(app, placed, line_id) -> int:
    """Two members of staff give back the same piece at the same moment; returns how many refunds stand."""
    gate = threading.Barrier(2)

    def one() -> None:
        gate.wait()
        try:
            with app.app_context(), unit_of_work():
                ask(placed, {line_id: 1})
        except MoreThanPaid:
            pass

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        return db.session.query(Refund).count()


def test_two_refunds_of_the_same_piece_at_once_are_one(app, work, look):
    with work():
        jacket = line_ids(look)[1]
    assert both_at_once(app, look, jacket) == 1


def test_without_the_lock_the_same_piece_is_given_back_twice(app, work, look, monkeypatch):
    """The twin: without the order's lock both count before either has written."""
    with work():
        jacket = line_ids(look)[1]
    both_have_counted, counted = threading.Barrier(2), returns.returnables

    def slow(*args):
        lines = counted(*args)
        both_have_counted.wait(timeout=5)
        return lines

    monkeypatch.setattr(returns, "locked", lambda condition: db.session.query(Order).filter(condition).one())
    monkeypatch.setattr(returns, "returnables", slow)
    assert both_at_once(app, look, jacket) == 2
