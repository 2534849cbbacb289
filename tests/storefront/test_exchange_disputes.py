"""The bank asks for the difference of an exchange: nothing leaves meanwhile, and both ends are dealt with."""

import pytest

from foundation.mail.queries import latest_messages
from storefront.exchanges import actions as exchanges
from storefront.exchanges import paying
from storefront.exchanges.models import ExchangeStatus, WhyOff
from storefront.exchanges.queries import count_to_pack, to_pack
from storefront.orders.errors import PiecesStay
from storefront.orders.models import Dispute
from storefront.returns import actions as returns
from storefront.returns.queries import differences_kept
from storefront.sendbacks import actions as sendbacks
from storefront.stock.queries import available
from tests.storefront import test_exchanges
from tests.storefront.goods import HOUSE
from tests.storefront.test_exchanges import ask, come, pay_difference, refunds, the_exchange

sizes, bought = test_exchanges.sizes, test_exchanges.bought


@pytest.mark.parametrize("end", [Dispute.WON, Dispute.LOST])
def test_a_difference_paid_for_nothing_waits_for_its_dispute_and_goes_back_only_when_it_is_won(
    work, sizes, bought, run_jobs, stripe, end
):
    def tell(state: Dispute) -> None:
        paying.note_dispute(actor=HOUSE, payment_intent=the_exchange().payment_intent_id, state=state)

    with work():
        number = ask(bought, sizes["L"]).number
        pay_difference(the_exchange())
        tell(Dispute.OPEN)
        sendbacks.call_off(actor=HOUSE, number=number)
    run_jobs()
    with work():
        assert (the_exchange().status, refunds()) == (ExchangeStatus.OFF, [])
        for _ in range(2):
            tell(end)
    run_jobs()
    with work():
        back = [(500, the_exchange().payment_intent_id)] if end == Dispute.WON else []
        assert (refunds(), the_exchange().dispute) == (back, end)


def test_a_difference_the_bank_took_back_ends_an_exchange_whose_old_piece_is_not_here(
    work, sizes, bought, run_jobs, stripe
):
    with work():
        ask(bought, sizes["L"])
        pay_difference(the_exchange())
        paying.note_dispute(actor=HOUSE, payment_intent=the_exchange().payment_intent_id, state=Dispute.LOST)
    run_jobs()
    with work():
        one = the_exchange()
        assert (one.status, one.why_off, refunds()) == (ExchangeStatus.OFF, WhyOff.DISPUTED, [])
        assert available([sizes["L"]]) == {sizes["L"]: 2}, "what was kept is free"
        assert differences_kept(bought) == []
        assert "took the difference" in latest_messages(1)[0].text
        assert "goes back to you" not in latest_messages(1)[0].text


def test_nothing_is_packed_while_the_difference_is_disputed_and_the_house_bears_what_it_loses(
    work, sizes, bought, run_jobs, stripe
):
    with work():
        number = ask(bought, sizes["L"]).number
        pay_difference(the_exchange())
        come(number, bought)
        payment, exchange_id = the_exchange().payment_intent_id, the_exchange().id
        assert [one.id for one in to_pack()] == [exchange_id]
        paying.note_dispute(actor=HOUSE, payment_intent=payment, state=Dispute.OPEN)
        assert (count_to_pack(), list(to_pack())) == (0, [])
        with pytest.raises(PiecesStay):
            exchanges.arrive(actor=HOUSE, exchange_id=exchange_id)
        paying.note_dispute(actor=HOUSE, payment_intent=payment, state=Dispute.LOST)
        paying.note_dispute(actor=HOUSE, payment_intent=payment, state=Dispute.OPEN)
        assert (the_exchange().status, the_exchange().dispute) == (ExchangeStatus.APPROVED, Dispute.LOST)
        exchanges.arrive(actor=HOUSE, exchange_id=exchange_id)
        # The piece comes back later: its price does, its difference the bank gave back before.
        returns.request_refund(
            actor=HOUSE,
            order_id=bought,
            chosen={},
            exchanged={exchange_id: 1},
            with_delivery=False,
            restock=True,
            reason="came back after all",
        )
        assert refunds() == [(3000, None)]
