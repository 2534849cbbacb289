"""An editor's personal code typed in the shop online: it takes something off, and comes before any link."""

import pytest

from commissions.claims.policy import Reason, Rule
from commissions.claims.queries import receipt_by_number
from editors.share.personal import end_code, give_code
from foundation.db import db
from storefront.orders.models import Order
from tests.commissions.sales import TESTS, click, sell, tell_paid
from tests.journeys.shop import CODE, found_town, make_editor

VISIT = "visit-personal-codes"


@pytest.fixture
def town(work, account):
    return found_town(work, account)


def bought(work, clock, town, codes, **more):
    """The receipt of an order that vouchers of these codes made cheaper."""
    with work():
        click(CODE, VISIT)
    clock.advance(minutes=20)
    with work():
        order = db.session.get(Order, sell(town.products["lina-blouse"], visit=VISIT, **more))
        order.voucher_codes, order.number = codes, f"V-{order.id}"
        db.session.flush()
        tell_paid(order.id)
        return order.number


def test_a_typed_personal_code_beats_a_link_even_when_it_has_ended_since(work, account, town, clock):
    with work():
        amina = make_editor(account("amina@example.test"), "Amina Sesay", "amina")
        code = give_code(actor=TESTS, editor_id=amina, percent_bps=1000, reason="A start.").code
    number = bought(work, clock, town, ["SUMMER", code])
    with work():
        end_code(actor=TESTS, editor_id=amina, reason="Over.")
    with work():
        receipt = receipt_by_number(number)
        assert (receipt.editor_id, receipt.rule) == (amina, Rule.CODE)
        assert {claim.reason for claim in receipt.claims} >= {Reason.BY_CODE, Reason.BEATEN}


def test_ones_own_code_earns_nothing_and_a_voucher_spelled_like_a_handle_is_nobodys(
    work, account, town, clock
):
    with work():
        mine = account("amina@example.test")
        amina = make_editor(mine, "Amina Sesay", "amina")
        code = give_code(actor=TESTS, editor_id=amina, percent_bps=1000, reason="A start.").code
    own = bought(work, clock, town, [code], account_id=mine)
    spelled_alike = bought(work, clock, town, ["AMINA"])
    with work():
        for number in (own, spelled_alike):
            receipt = receipt_by_number(number)
            assert (receipt.editor_id, receipt.rule) == (town.editor, Rule.LAST_CLICK)
        assert Reason.OWN_PURCHASE in {one.reason for one in receipt_by_number(own).claims}
