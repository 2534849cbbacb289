"""Another size instead of the money: kept at once, the difference settled, both shelves right."""

from datetime import timedelta

import pytest

from foundation import clock as shop_clock
from foundation.db import db
from foundation.mail.queries import latest_messages
from foundation.payments import CheckoutSession
from foundation.states import IllegalMove
from foundation.web.formats import moment
from storefront.catalog.models import Variant
from storefront.exchanges import actions as exchanges
from storefront.exchanges import paying
from storefront.exchanges.errors import (
    AllOrNone,
    DifferenceNotPaid,
    ExchangedBefore,
    JustGone,
    NotAnotherOfIt,
    NothingToPay,
)
from storefront.exchanges.models import Exchange, ExchangeStatus, WhyOff
from storefront.exchanges.policy import difference_minor
from storefront.exchanges.queries import others_of
from storefront.orders import actions as orders
from storefront.orders.errors import MoreThanPaid
from storefront.orders.models import Handover, OrderLine, Refund, RefundLine
from storefront.orders.queries import sale
from storefront.returns import actions as returns
from storefront.sendbacks import actions as sendbacks
from storefront.sendbacks.actions import Looked
from storefront.sendbacks.errors import MoreThanLeft
from storefront.sendbacks.models import Sendback, SendbackStatus, Way, Why
from storefront.stock import proof
from storefront.stock.queries import available
from tests.storefront.goods import (
    HOUSE,
    eur,
    on_hand,
    order_now,
    pay,
    piece,
    place,
    shelf,
    totals_of,
    variant_of,
)

SIZES = {"S": 3000, "M": 3000, "L": 3500, "XL": 2000}


@pytest.fixture
def sizes(work) -> dict[str, int]:
    """A shirt in four sizes, two of each: M at 30.00, L dearer by 5.00, XL cheaper by 10.00."""
    with work():
        product_id = db.session.get_one(Variant, shelf("shirt", 3000, 2, sizes=tuple(SIZES))).product_id
        found = {size: variant_of(product_id, size) for size in SIZES}
        for size, variant_id in found.items():
            db.session.get_one(Variant, variant_id).price_minor = SIZES[size]
    return found


@pytest.fixture
def bought(work, sizes) -> int:
    """One shirt in M, with the shopper."""
    return order_of(work, sizes["M"])


def order_of(work, variant_id: int, quantity: int = 1, off: int = 0) -> int:
    with work():
        wanted = piece(variant_id, 3000, quantity)._replace(discount_minor=off)
        totals = totals_of([3000 * quantity], shipping_minor=0, tax_bps=2200, currency="EUR", off_lines=[off])
        placed = place([wanted], session_id=f"cs_{variant_id}_{off}", totals=totals)
        pay(placed.order_id)
        orders.hand_over(actor=HOUSE, order_id=placed.order_id, how=Handover.DELIVERED, reason="courier")
    return placed.order_id


def line_of(order_id: int) -> int:
    return sale(order_id).lines[0].line_id


def ask(order_id: int, variant_id: int | None, quantity: int = 1, came_by: int = 0) -> Sendback:
    line = line_of(order_id)
    return sendbacks.ask(
        actor=HOUSE,
        order_id=order_id,
        chosen={line: (quantity, Why.TOO_SMALL)},
        way=Way.SHIP,
        words="",
        until=shop_clock.now() + timedelta(days=1),
        instead={} if variant_id is None else {line: variant_id},
        came_by={line: came_by} if came_by else {},
    )


def come(number: str, order_id: int, accepted: int = 1, restock: bool = True) -> Sendback:
    """It arrives, and staff look at it."""
    sendbacks.receive(actor=HOUSE, number=number)
    return settle(number, order_id, accepted, restock)


def settle(number: str, order_id: int, accepted: int = 1, restock: bool = True) -> Sendback:
    looked = {line_of(order_id): Looked(accepted, restock)}
    return sendbacks.settle(actor=HOUSE, number=number, looked=looked, reason="looked at")


def the_exchange() -> Exchange:
    return db.session.query(Exchange).order_by(Exchange.id.desc()).populate_existing().first()


def page_of(one: Exchange, **changed) -> CheckoutSession:
    values = {
        "id": f"cs_x{one.id}",
        "url": "https://pay.test",
        "status": "complete",
        "payment_status": "paid",
        "payment_intent": f"pi_x{one.id}",
        "amount": one.difference,
        "order_ref": one.number,
        "expires_at": one.kept_until,
        "email": "anna@example.test",
    }
    return CheckoutSession(**(values | changed))


def pay_difference(one: Exchange, **changed) -> None:
    paying.sync_page(actor=HOUSE, session=page_of(one, **changed))


def refunds() -> list[tuple[int, str | None]]:
    found = db.session.query(Refund).order_by(Refund.id)
    return [(one.amount_minor, one.payment_intent_id) for one in found]


def letters() -> list[str]:
    return [letter.subject for letter in reversed(latest_messages())]


def test_another_size_of_the_same_price_moves_two_pieces_and_no_money(work, sizes, bought, stripe, run_jobs):
    with work():
        number = ask(bought, sizes["S"]).number
        one = the_exchange()
        assert (one.status, one.difference_minor, one.worth_minor) == (ExchangeStatus.ASKED, 0, 3000)
        assert available([sizes["S"]])[sizes["S"]] == 1
        come(number, bought)
        assert the_exchange().status == ExchangeStatus.APPROVED
        assert (on_hand(sizes["M"]), on_hand(sizes["S"])) == (2, 1)
        assert available([sizes["S"]])[sizes["S"]] == 1
        exchanges.send(
            actor=HOUSE, exchange_id=one.id, carrier="dhl", follow="https://x", tracking="7", words="DHL"
        )
        exchanges.arrive(actor=HOUSE, exchange_id=one.id)
        with pytest.raises(IllegalMove):
            exchanges.arrive(actor=HOUSE, exchange_id=one.id)
    run_jobs()
    with work():
        assert (refunds(), the_exchange().status) == ([], ExchangeStatus.DONE)
        assert sale(bought).lines[0].refunded_minor == 0
        assert proof.verify().ok
        told = letters()
        x = the_exchange().number
        assert f"Your exchange {x}" in told and f"We pack your exchange {x}" in told
        assert f"Your exchange {x} is on its way" in told


def test_a_cheaper_one_gives_the_difference_back_once(work, sizes, bought, stripe, run_jobs):
    with work():
        come(ask(bought, sizes["XL"]).number, bought)
    run_jobs()
    with work():
        one = the_exchange()
        assert one.difference_minor == -1000
        returns.give_back_cheaper(actor=HOUSE, exchange_id=one.id)
        assert refunds() == [(1000, None)]
        part = db.session.query(RefundLine).one()
        assert (part.quantity, part.amount_minor, part.of_exchange) == (0, 1000, one.id)
        assert sale(bought).lines[0].refunded_minor == 1000
        assert len(stripe) == 1


def test_a_dearer_one_is_kept_a_day_and_leaves_only_once_the_difference_is_paid(
    work, sizes, bought, stripe, run_jobs
):
    with work():
        number = ask(bought, sizes["L"]).number
        one = the_exchange()
        assert (one.status, one.difference_minor) == (ExchangeStatus.UNPAID, 500)
        assert paying.request_of(one.id)["amount"] == eur(500)
        sendbacks.receive(actor=HOUSE, number=number)
        with pytest.raises(DifferenceNotPaid), db.session.begin_nested():
            settle(number, bought)
    with work():
        for _ in range(2):
            pay_difference(the_exchange())
        assert (the_exchange().status, the_exchange().paid_minor) == (ExchangeStatus.ASKED, 500)
        with pytest.raises(NothingToPay):
            paying.request_of(the_exchange().id)
        settle(number, bought)
    run_jobs()
    with work():
        assert (the_exchange().status, refunds()) == (ExchangeStatus.APPROVED, [])
        assert (on_hand(sizes["M"]), on_hand(sizes["L"])) == (2, 1)


def test_sending_back_what_came_by_an_exchange_gives_back_both_payments(
    work, sizes, bought, stripe, run_jobs
):
    with work():
        number = ask(bought, sizes["L"]).number
        pay_difference(the_exchange())
        come(number, bought)
        one = the_exchange()
        with pytest.raises(MoreThanLeft):
            ask(bought, None)
        exchanges.arrive(actor=HOUSE, exchange_id=one.id)
        with pytest.raises(MoreThanPaid):
            returns.request_refund(
                actor=HOUSE,
                order_id=bought,
                chosen={line_of(bought): 1},
                with_delivery=False,
                restock=True,
                reason="no",
            )
    with work():
        with pytest.raises(ExchangedBefore):
            sendbacks.ask(
                actor=HOUSE,
                order_id=bought,
                chosen={line_of(bought): (1, Why.TOO_LARGE)},
                way=Way.SHIP,
                words="",
                until=shop_clock.now() + timedelta(days=1),
                instead={line_of(bought): sizes["S"]},
                came_by={line_of(bought): the_exchange().id},
            )
        db.session.rollback()
    with work():
        come(ask(bought, None, came_by=the_exchange().id).number, bought)
    run_jobs()
    with work():
        assert refunds() == [(500, f"pi_x{the_exchange().id}"), (3000, None)]
        assert {one.payment_intent: one.amount.minor for one in stripe.values()} == {
            f"pi_x{the_exchange().id}": 500,
            f"pi_{bought}": 3000,
        }
        assert (on_hand(sizes["M"]), on_hand(sizes["L"])) == (2, 2)
        assert proof.verify().ok
        assert sale(bought).lines[0].refunded_minor == 3000


def test_after_a_cheaper_one_only_what_it_costs_goes_back(work, sizes, bought, stripe, run_jobs):
    with work():
        come(ask(bought, sizes["XL"]).number, bought)
        exchanges.arrive(actor=HOUSE, exchange_id=the_exchange().id)
    run_jobs()
    with work():
        come(ask(bought, None, came_by=the_exchange().id).number, bought)
    run_jobs()
    with work():
        assert refunds() == [(1000, None), (2000, None)]
        assert on_hand(sizes["XL"]) == 2


def test_nobody_pays_in_time_and_nothing_is_kept(work, sizes, bought, clock, run_jobs, stripe):
    with work():
        number = ask(bought, sizes["L"]).number
    clock.advance(hours=23, minutes=11)
    with work():
        assert available([sizes["L"]])[sizes["L"]] == 2
        paying.give_up(actor=HOUSE, exchange_id=the_exchange().id)
        assert the_exchange().why_off == WhyOff.UNPAID
        come(number, bought)
    run_jobs()
    with work():
        assert (refunds(), on_hand(sizes["M"]), on_hand(sizes["L"])) == ([(3000, None)], 2, 2)


def test_the_page_of_a_difference_is_offered_as_long_as_stripe_opens_one(
    client, work, sizes, bought, clock, stripe
):
    with work():
        token, back = order_now(bought).token, ask(bought, sizes["L"]).number
        one = the_exchange()
        path, until = f"/orders/{token}/exchange/{one.number}/pay", moment(one.pay_until)
        assert paying.request_of(one.id)["expires_at"] - one.pay_until == timedelta(minutes=31)
        assert until in next(
            letter.text for letter in latest_messages() if letter.subject == f"Your exchange {one.number}"
        )
    pages = [f"/orders/{token}", f"/orders/{token}/return/{back}"]
    clock.advance(hours=22, minutes=28)
    for page in pages:
        assert f"go and pay the difference by {until}" in client.get(page).text
        assert "Pay €5.00" in client.get(page).text
    clock.advance(minutes=2)
    for page in pages:
        assert "The time to pay the difference is over." in client.get(page).text
        assert "Pay €5.00" not in client.get(page).text
    assert "There is nothing to pay" in client.post(path, follow_redirects=True).text
    with work():
        assert the_exchange().checkout_session_id is None


@pytest.mark.parametrize("gone", [True, False])
def test_a_difference_paid_when_it_is_over_buys_the_piece_or_goes_back_by_itself(
    work, sizes, bought, clock, run_jobs, stripe, gone
):
    with work():
        ask(bought, sizes["L"])
    clock.advance(hours=24)
    if gone:
        order_of(work, sizes["L"], 2)
    with work():
        for _ in range(2):
            pay_difference(the_exchange())
    run_jobs()
    with work():
        one = the_exchange()
        if gone:
            assert (one.status, one.why_off) == (ExchangeStatus.OFF, WhyOff.GONE)
            assert refunds() == [(500, one.payment_intent_id)]
            assert f"About your exchange {one.number}" in letters()
        else:
            assert (one.status, refunds()) == (ExchangeStatus.ASKED, [])


def test_what_is_gone_when_the_old_piece_arrives_gives_money_back(
    work, sizes, bought, clock, run_jobs, stripe
):
    with work():
        number = ask(bought, sizes["S"]).number
    clock.advance(days=22)
    order_of(work, sizes["S"], 2)
    with work():
        come(number, bought)
    run_jobs()
    with work():
        assert (the_exchange().why_off, refunds()) == (WhyOff.GONE, [(3000, None)])
        assert "was sold out before we could send it" in next(
            letter.text for letter in latest_messages() if letter.subject.startswith("About your exchange")
        )


def test_keeping_it_after_all_refusing_it_or_wanting_money_ends_the_exchange(
    work, sizes, bought, run_jobs, stripe
):
    with work():
        sendbacks.call_off(actor=HOUSE, number=ask(bought, sizes["S"]).number)
        assert (the_exchange().why_off, available([sizes["S"]])[sizes["S"]]) == (WhyOff.KEPT, 2)
        number = ask(bought, sizes["L"]).number
        pay_difference(the_exchange())
        come(number, bought, accepted=0)
        assert the_exchange().why_off == WhyOff.REFUSED
        number = ask(bought, sizes["S"]).number
        sendbacks.money_instead(actor=HOUSE, number=number, line_id=line_of(bought))
        assert the_exchange().why_off == WhyOff.MONEY
        sendbacks.exchange_instead(
            actor=HOUSE, number=number, line_id=line_of(bought), variant_id=sizes["XL"], reason="why"
        )
        with pytest.raises(MoreThanLeft):
            sendbacks.exchange_instead(
                actor=HOUSE, number=number, line_id=line_of(bought), variant_id=sizes["S"], reason="why"
            )
        sendbacks.money_instead(actor=HOUSE, number=number, line_id=line_of(bought))
        assert come(number, bought).status == SendbackStatus.SETTLED
    run_jobs()
    with work():
        paid_for_nothing = db.session.query(Exchange).filter(Exchange.paid_minor > 0).one()
        assert refunds() == [(3000, None), (500, paid_for_nothing.payment_intent_id)] or refunds() == [
            (500, paid_for_nothing.payment_intent_id),
            (3000, None),
        ]
        assert [on_hand(sizes[size]) for size in ("S", "M", "L", "XL")] == [2, 2, 2, 2]


def test_an_exchange_is_for_another_variant_of_the_piece_and_for_all_or_none(work, sizes, clock):
    pair = order_of(work, sizes["M"], 2)
    with work():
        coat = shelf("coat", 9000)
    for nonsense in (coat, sizes["M"], 0):
        with work(), pytest.raises(NotAnotherOfIt), db.session.begin_nested():
            ask(pair, nonsense)
    with work():
        number = ask(pair, sizes["S"], 2).number
        sendbacks.receive(actor=HOUSE, number=number)
        with pytest.raises(AllOrNone), db.session.begin_nested():
            settle(number, pair, accepted=1)
    other = order_of(work, sizes["L"])
    with work(), pytest.raises(JustGone), db.session.begin_nested():
        ask(other, sizes["S"])


def test_the_rest_of_a_line_is_worth_what_it_was(work, sizes, run_jobs, stripe):
    """Two shirts for 50.01 after a voucher: one becomes a cheaper one, then both come back: all of it."""
    pair = order_of(work, sizes["M"], 2, off=999)
    with work():
        come(ask(pair, sizes["XL"]).number, pair)
        exchanges.arrive(actor=HOUSE, exchange_id=the_exchange().id)
        assert (the_exchange().worth_minor, the_exchange().difference_minor) == (2500, -834)
    run_jobs()
    with work():
        come(ask(pair, None).number, pair)
        come(ask(pair, None, came_by=the_exchange().id).number, pair)
    run_jobs()
    with work():
        assert [minor for minor, _ in refunds()] == [834, 2501, 1666]
        assert sum(minor for minor, _ in refunds()) == order_now(pair).captured_minor == 5001


@pytest.mark.parametrize(
    ("old", "new", "quantity", "gross", "paid", "worth", "expected"),
    [
        (3000, 3000, 1, 3000, 3000, 3000, 0),
        (3000, 3500, 2, 6000, 6000, 6000, 1000),
        (3000, 3500, 1, 3000, 2700, 2700, 450),
        (3000, 3049, 1, 3000, 3000, 3000, 0),
        (3000, 3050, 1, 3000, 3000, 3000, 50),
        (3000, 3030, 2, 6000, 6000, 6000, 0),
        (3000, 3055, 3, 9000, 8900, 8900, 162),
        (3000, 2000, 1, 3000, 1500, 1500, -500),
        (8000, 1000, 1, 3000, 3000, 3000, -3000),
        (3000, 4000, 1, 0, 0, 0, 1000),
        (3000, 2999, 1, 3000, 3000, 3000, -1),
    ],
)
def test_the_difference_is_between_todays_prices_at_the_share_that_was_paid(
    old, new, quantity, gross, paid, worth, expected
):
    assert (
        difference_minor(
            old_minor=old,
            new_minor=new,
            quantity=quantity,
            gross_minor=gross,
            paid_minor=paid,
            worth_minor=worth,
        )
        == expected
    )


@pytest.mark.parametrize("dearer", [30, 55])
def test_what_the_choice_says_of_one_piece_is_what_each_of_two_costs(work, sizes, dearer):
    pair = order_of(work, sizes["M"], 2)
    with work():
        db.session.get_one(Variant, sizes["L"]).price_minor = 3000 + dearer
        others = others_of([db.session.get_one(OrderLine, line_of(pair))], "EUR")[line_of(pair)]
        shown = next(other.difference.minor for other in others if other.variant_id == sizes["L"])
        ask(pair, sizes["L"], 2)
        assert the_exchange().difference_minor == 2 * shown == (110 if dearer == 55 else 0)
