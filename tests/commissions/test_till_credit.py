"""An editor's code typed at a till: a claim like one typed at checkout, before any link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from commissions.accruals.models import Commission
from commissions.claims.policy import Reason, Rule
from commissions.claims.queries import receipt_by_number
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.orders.models import Order
from storefront.till.models import TillBasket
from tests.journeys.shop import CODE, Town, found_town, make_editor
from tests.storefront.goods import variant_of
from tests.storefront.test_movements import bring
from tests.storefront.tills import AT, Till

Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int]) -> Town:
    town = found_town(work, account)
    with work():
        bring(variant_of(town.products["lina-blouse"]), 5, town.store)
    return town


@pytest.fixture
def till(town: Town, work: Work, client_of: Callable[[int], FlaskClient]) -> Till:
    """Sara's, with one blouse rung up."""
    client = client_of(town.sara)
    client.post(f"{AT}/store", data={"place": town.store})
    till = Till(client, town.store)
    with work():
        blouse = variant_of(town.products["lina-blouse"])
    till.ring(blouse)
    return till


@pytest.mark.parametrize("typed", ["giulia", "@Giulia", CODE, CODE.upper()])
def test_a_handle_or_the_code_of_a_link_gives_the_credit(
    till: Till, town: Town, work: Work, run_jobs: Callable[..., int], typed: str
) -> None:
    assert till.press("/credit", code=typed).status_code == 303
    assert "Giulia Ferri" in till.page()
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None
        assert (receipt.editor_id, receipt.rule) == (town.editor, Rule.CODE)
        reasons = {claim.reason for claim in receipt.claims}
        assert reasons == {Reason.BY_CODE, Reason.NO_EVENT, Reason.NO_STAFF_ENTRY}
        assert db.session.query(Commission).count() == 1


def test_nobody_earns_on_what_they_bought_themselves(
    till: Till, town: Town, work: Work, run_jobs: Callable[..., int]
) -> None:
    till.press("/customer", email="giulia+shop@example.test")
    till.press("/credit", code="giulia")
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and receipt.editor_id is None
        assert Reason.OWN_PURCHASE in {claim.reason for claim in receipt.claims}
        assert db.session.query(Commission).count() == 0


def test_who_rings_up_cannot_credit_themselves_and_every_code_typed_is_written_down(
    till: Till, town: Town, work: Work, run_jobs: Callable[..., int], client_of: Callable[[int], FlaskClient]
) -> None:
    with work():
        make_editor(town.sara, "Sara Neri", "sara-neri")
    till.press("/credit", code="giulia")
    till.press("/credit", code="sara-neri")
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (None, Rule.NOBODY)
        assert Reason.OWN_TILL in {claim.reason for claim in receipt.claims}
        assert db.session.query(Commission).count() == 0
        written = db.session.query(AuditRow).filter_by(action="till.credit").order_by(AuditRow.id)
        assert [(row.actor_account_id, row.before, row.after) for row in written] == [
            (town.sara, {"code": None}, {"code": "giulia"}),
            (town.sara, {"code": "giulia"}, {"code": "sara-neri"}),
        ]
    for_staff = client_of(town.luca).get(f"/staff/receipts/{number}").text
    assert "The editor rang this up. Nobody credits themselves at a till." in for_staff
    mine = client_of(town.sara).get(f"/studio/orders/{number}").text
    assert "You rang this up yourself. Nobody credits themselves at a till." in mine


def test_a_code_nobody_has_is_told_and_one_can_be_taken_back(till: Till, work: Work) -> None:
    answer = till.press("/credit", code="nobody")
    assert answer.status_code == 404 and "Nobody who earns here has the code “nobody”." in answer.text
    till.press("/credit", code="giulia")
    till.press("/credit", code="")
    with work():
        assert db.session.query(TillBasket).one().credit_code is None


def test_without_a_code_nobody_earns(till: Till, work: Work, run_jobs: Callable[..., int]) -> None:
    till.cash("500")
    run_jobs()
    with work():
        order = db.session.query(Order).one()
        receipt = receipt_by_number(order.number)
        assert receipt is not None and receipt.rule == Rule.NOBODY


def test_the_receipt_says_so_to_staff_and_to_the_editor(
    till: Till, town: Town, client_of: Callable[[int], FlaskClient], run_jobs: Callable[..., int]
) -> None:
    till.press("/credit", code="giulia")
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    for_staff = client_of(town.luca).get(f"/staff/receipts/{number}").text
    assert "Code of Giulia Ferri" in for_staff and "Typed on" in for_staff and "No event" in for_staff
    mine = client_of(town.giulia).get(f"/studio/orders/{number}").text
    assert "Personal code" in mine and "Online order" not in mine


def test_the_books_still_prove_themselves(
    app: Any, till: Till, run_jobs: Callable[..., int], account: Callable[..., int]
) -> None:
    till.press("/credit", code="giulia")
    till.cash("500")
    run_jobs()
    ran = app.test_cli_runner().invoke(args=["commissions", "verify"])
    assert ran.exit_code == 0, ran.output
