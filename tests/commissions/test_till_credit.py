"""An editor's code typed at a till: a claim like one typed at checkout, before any link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from commissions.accruals.models import Commission
from commissions.claims import ports, words
from commissions.claims.models import Claim, Receipt
from commissions.claims.policy import Reason, Rule
from commissions.claims.ports import EventClaim, claim_with
from commissions.claims.queries import receipt_by_number
from editors.membership.models import Editor
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.orders.models import Order
from storefront.orders.queries import Sale, order_by_number
from storefront.till.models import TillBasket
from tests.commissions.sales import sell, tell_paid
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


def test_what_staff_advised_themselves_is_marked_on_its_line_and_earns_nobody_anything(
    till: Till, town: Town, work: Work, run_jobs: Callable[..., int], client_of: Callable[[int], FlaskClient]
) -> None:
    with work():
        jacket = variant_of(town.products["corso-denim-jacket"])
        bring(jacket, 5, town.store)
        blouse = variant_of(town.products["lina-blouse"])
    till.ring(jacket)
    till.press("/credit", code="giulia")
    assert till.press(f"/lines/{blouse}/advice", advised="yes").status_code == 303
    assert "Sold on our own advice: no commission" in till.page()
    assert till.press(f"/lines/{blouse}/advice").status_code == 303
    assert "Sold on our own advice" not in till.page()
    till.press(f"/lines/{blouse}/advice", advised="yes")
    assert till.press("/lines/999999/advice", advised="yes").status_code == 404
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        order = db.session.query(Order).filter_by(number=number).one()
        assert [line.origin_kind for line in order_by_number(number).lines] == ["staff", None]
        advised, other = db.session.query(Commission).order_by(Commission.order_line_id)
        assert (advised.rate_bps, advised.accrued_minor) == (0, 0)
        assert other.accrued_minor > 0
        assert db.session.query(AuditRow).filter_by(action="till.advice").count() == 3
        giulia = db.session.get_one(Editor, town.editor).account_id
        assert order.paid_at is not None
    page = client_of(giulia).get(f"/studio/orders/{number}").get_data(as_text=True)
    assert "Sold on the advice of the shop’s own staff" in page


class Evening:
    """An evening in the store that Giulia hosts, and who came to it."""

    def __init__(self, host: int, came: timedelta) -> None:
        self.host, self.came = host, came

    def claim_on(self, sale: Sale) -> EventClaim | None:
        at = sale.checkout_began_at - self.came
        return EventClaim(self.host, at, "Linen and light", "Lino e luce")

    def host_of_code(self, code: str) -> int | None:
        return None


@pytest.fixture
def amina(work: Work, account: Callable[..., int]) -> Iterator[int]:
    with work():
        editor = make_editor(account("amina@example.test"), "Amina Sesay", "amina")
    before = ports._Port.events
    yield editor
    claim_with(before)


def test_an_event_in_the_store_comes_before_a_code_and_names_itself_on_the_receipt(
    till: Till, town: Town, work: Work, amina: int, run_jobs: Callable[..., int],
    client_of: Callable[[int], FlaskClient],
) -> None:  # fmt: skip
    claim_with(Evening(amina, timedelta(hours=1)))
    till.press("/credit", code="giulia")
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (amina, Rule.EVENT)
        assert [one.reason for one in receipt.claims][:2] == [Reason.BY_EVENT, Reason.BEATEN]
        assert words.rows(receipt, None)[0].what == "Linen and light, an event hosted by Amina Sesay"
        assert words.rows(receipt, town.editor)[0].what == "In-store event"
        account_id = db.session.get_one(Editor, amina).account_id
    page = client_of(account_id).get(f"/studio/orders/{number}", headers={"Accept-Language": "it"})
    assert "Il tuo evento, Lino e luce" in page.get_data(as_text=True)


def test_an_event_claims_nothing_online_nothing_later_and_nothing_its_host_bought(
    till: Till, town: Town, work: Work, amina: int, run_jobs: Callable[..., int]
) -> None:
    claim_with(Evening(amina, -timedelta(minutes=1)))
    number = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(number)
        assert receipt is not None and receipt.editor_id is None
        assert Reason.AFTER_CHECKOUT in {one.reason for one in receipt.claims}
        claim_with(Evening(amina, timedelta(hours=1)))
        online = sell(town.products["lina-blouse"])
        tell_paid(online)
        reasons = db.session.scalars(
            select(Claim.reason)
            .join(Receipt, Receipt.id == Claim.receipt_id)
            .where(Receipt.order_id == online)
        )
        assert Reason.ONLINE_ORDER in set(reasons)
    till.ring(variant_in(work, town))
    till.press("/customer", email="amina+me@example.test")
    own = till.cash("500").location.rsplit("/", 1)[-1]
    run_jobs()
    with work():
        receipt = receipt_by_number(own)
        assert receipt is not None and receipt.editor_id is None
        assert Reason.OWN_PURCHASE in {one.reason for one in receipt.claims}


def variant_in(work: Work, town: Town) -> int:
    with work():
        return variant_of(town.products["lina-blouse"])
