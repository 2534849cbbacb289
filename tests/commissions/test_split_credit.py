"""A look of two: each line's commission is divided as they agreed, and nothing that happens loses a cent.

What is expected is reckoned here with `Decimal`, and shares no code with the project.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.accruals.models import Commission
from commissions.accruals.policy import commission_minor, part_minor
from commissions.claims.models import Receipt, Share
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look
from editors.looks.models import Occasion
from editors.looks.together import answer_invitation, invite_coauthor
from editors.membership.models import Editor
from editors.membership.standing import remove
from foundation.db import db
from storefront.orders.models import Dispute, Order
from tests.commissions.sales import (
    TESTS,
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
from tests.editors.conftest import make_editor

SHARES = (5750, 4250)


def by_hand(paid: int, tax_bps: int, rate_bps: int) -> int:
    """The commission of a line: net half up to the minor unit, then rounded down to it."""
    net = (Decimal(paid) * 10_000 / (10_000 + tax_bps)).quantize(Decimal(1), ROUND_HALF_UP)
    return int((net * rate_bps / 10_000).quantize(Decimal(1), ROUND_FLOOR))


def divided(whole: int, shares: tuple[int, ...]) -> list[int]:
    """Largest remainder: to each the whole part of theirs, then one each to the largest rests, first come."""
    exact = [Decimal(whole) * share / 10_000 for share in shares]
    parts = [int(one) for one in exact]
    rests = sorted(range(len(shares)), key=lambda i: (parts[i] - exact[i], i))
    for i in rests[: whole - sum(parts)]:
        parts[i] += 1
    return parts


@dataclass(frozen=True)
class Pair:
    """Two editors, the look they signed, and a link to it of each."""

    giulia: int
    amina: int
    look: int
    codes: tuple[str, str]


@pytest.fixture
def pair(shop, work) -> Pair:
    with work():
        amina = make_editor("Amina Sesay", "amina")
        draft = LookDraft("Two of us", "Story.", Occasion.AWAY, pieces=(PieceDraft(shop.product_id),))
        look = draft_look(actor=TESTS, editor_id=shop.editor_id, draft=draft).id
        invite_coauthor(
            actor=TESTS, look_id=look, editor_id=shop.editor_id, handle="amina", share_bps=SHARES[1]
        )
        answer_invitation(actor=TESTS, look_id=look, editor_id=amina, accept=True, share_bps=SHARES[1])
        publish_look(actor=TESTS, look_id=look, editor_id=shop.editor_id)
        codes = [
            make_link(actor=TESTS, editor_id=one, target=LinkTarget.LOOK, look_id=look).code
            for one in (shop.editor_id, amina)
        ]
    return Pair(shop.editor_id, amina, look, (codes[0], codes[1]))


@pytest.fixture
def sold(shop, pair, work, clock):
    """`sold(code)` sells the worked example by a link and tells it; the order's id."""

    def make(code: str, **more: object) -> int:
        with work():
            click(code, "visit-1")
        clock.advance(minutes=20)
        with work():
            order = sell(shop.product_id, visit="visit-1", **more)
            db.session.get_one(Order, order).number = f"V-{order}"
            tell_paid(order)
        return order

    return make


def standing(work, pair: Pair) -> tuple[int, int]:
    """What the books say of both, in whatever state; everything proved again by SQL."""
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        sums = []
        for one in (pair.giulia, pair.amina):
            now = editor_balance(one, "EUR")
            sums.append(now.pending.minor + now.held.minor + now.payable.minor)
    return sums[0], sums[1]


def expected(*paid: int) -> tuple[int, int]:
    parts = [divided(by_hand(one, 2200, 1200), SHARES) for one in paid]
    return sum(part[0] for part in parts), sum(part[1] for part in parts)


def test_a_sale_is_divided_by_the_line_whoever_of_them_shared_the_link(pair, sold, work):
    order = sold(pair.codes[1])
    assert standing(work, pair) == expected(5000, 8000, 6000)
    with work():
        lines = db.session.scalars(
            select(Commission).where(Commission.order_id == order).order_by(Commission.id)
        ).all()
        assert [(one.part, one.accrued_minor) for one in lines] == [
            (part, cents) for paid in (5000, 8000, 6000)
            for part, cents in enumerate(divided(by_hand(paid, 2200, 1200), SHARES))
        ]  # fmt: skip
        receipt = db.session.scalars(select(Receipt)).one()
        assert receipt.editor_id == pair.amina, "the link that won was hers"
        tell_paid(order)
    assert standing(work, pair) == expected(5000, 8000, 6000), "told twice, divided once"


@pytest.mark.parametrize("seed", range(4))
def test_refunds_and_disputes_bring_each_part_to_its_target_in_any_order(pair, sold, work, clock, seed):
    """The same things happen in an order drawn by lot: what both end with never depends on it."""
    order = sold(pair.codes[0])
    lot = random.Random(seed)
    refunds: list[tuple[int, int, int]] = []
    with work():
        for position, minor in ((3, 3000), (3, 1), (2, 3333), (1, 4999)):
            refunds.append((give_back(order, position, minor, 0), position, minor))
        fail(refunds[2][0])
        deliver(order)
        dispute(order, Dispute.WON)
    news = [lambda one=one: tell_refunded(order, one[0]) for one in refunds]
    news += [
        lambda: tell_refund_failed(order, refunds[2][0]),
        lambda: tell_delivered(order),
        lambda: tell_disputed(order, "opened"),
        lambda: tell_disputed(order, "won"),
    ]
    lot.shuffle(news)
    for told in news:
        with work():
            told()
    assert standing(work, pair) == expected(1, 8000, 2999)
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    assert standing(work, pair) == expected(1, 8000, 2999)
    with work():
        dispute(order, Dispute.LOST)
        tell_disputed(order, "lost")
    assert standing(work, pair) == (0, 0)


def test_whoever_bought_it_or_left_earns_nothing_and_the_other_no_more(pair, sold, work, client_of, shop):
    number = f"V-{sold(pair.codes[0], email='Amina+sale@example.test')}"
    mine = expected(5000, 8000, 6000)[0]
    assert standing(work, pair) == (mine, 0)
    with work():
        assert [one.withheld for one in db.session.scalars(select(Share).order_by(Share.part))] == [
            None,
            "own_purchase",
        ]
        accounts = [db.session.get_one(Editor, one).account_id for one in (pair.giulia, pair.amina)]
    seen = client_of(accounts[0]).get(f"/studio/orders/{number}").text
    assert "Amina Sesay: Not eligible for this order. The share of the other does not grow by it." in seen
    assert "bought" not in seen.split("A look of two")[1]
    own = client_of(accounts[1]).get(f"/studio/orders/{number}").text
    assert f"Order {number} was your own purchase" in own
    assert "Your own purchase earns nothing" in client_of(accounts[1]).get("/studio/orders").text
    told = client_of(shop.luca_id).get(f"/staff/receipts/{number}").text
    assert "The editor bought this. Nobody earns on their own purchase." in told
    with work():
        remove(actor=TESTS, editor_id=pair.amina, reason="Asked to go.")
        db.session.execute(text("UPDATE clicks SET visit_id = 'visit-0'"))
    sold(pair.codes[0])
    assert standing(work, pair) == (2 * mine, 0)


def test_receipt_statement_results_and_staff_pages_say_how_it_is_divided(
    pair, sold, work, clock, client_of, shop
):
    order = sold(pair.codes[0])
    with work():
        tell_refunded(order, give_back(order, 3, 3000))
        deliver(order)
        tell_delivered(order)
        accounts = [db.session.get_one(Editor, one).account_id for one in (pair.giulia, pair.amina)]
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    number = f"V-{order}"
    giulia, amina = expected(5000, 8000, 3000)
    assert giulia + amina == 1572
    page = client_of(accounts[0]).get(f"/studio/orders/{number}").text
    for words in (
        f"You earn €9.0{giulia % 10}",
        "A look of two",
        "Amina Sesay",
        "Your 57.5%",
        "For both, EUR",
    ):
        assert words in page, words
    other = client_of(accounts[1])
    other.environ_base["HTTP_ACCEPT_LANGUAGE"] = "it"
    page = other.get(f"/studio/orders/{number}").text
    for words in (f"Guadagni 6,6{amina % 10}", "Look a quattro mani", "Giulia Ferri"):
        assert words in page, words
    assert "42,5%" in other.get("/studio/earnings").text
    month = clock.now.strftime("%Y-%m")
    assert "Two of us, la tua parte" in other.get(f"/studio/statements/{month}").text
    assert "Two of us" in other.get("/studio/results?by=look").text
    assert pair.codes[0] not in other.get("/studio/results?by=link").text
    staff = client_of(shop.luca_id)
    assert "Giulia Ferri and Amina Sesay earn €15.72" in staff.get(f"/staff/receipts/{number}").text
    assert "Giulia Ferri and Amina Sesay" in staff.get("/staff/receipts").text
    found = staff.get("/staff/receipts", query_string={"number": number.lower()})
    assert found.status_code == 302 and found.location == f"/staff/receipts/{number}"
    missed = staff.get("/staff/receipts?number=<x>")
    assert missed.status_code == 404 and "No order that was decided has this number." in missed.text
    assert "&lt;x&gt;" in missed.text and "Giulia Ferri and Amina Sesay" in missed.text


def test_many_divisions_equal_those_by_decimal():
    """A fixed lot of sales of all sizes, taxes and rates; in yen and dinars nothing differs."""
    lot = random.Random(20261123)
    for _ in range(20_000):
        paid, tax, rate = (
            lot.randrange(10 ** lot.randrange(1, 10)),
            lot.randrange(2700),
            lot.randrange(10_001),
        )
        first = lot.randrange(1, 10_000)
        whole = commission_minor(paid, tax, rate)
        assert whole == by_hand(paid, tax, rate)
        parts = [part_minor(whole, (first, 10_000 - first), part) for part in (0, 1)]
        assert parts == divided(whole, (first, 10_000 - first))
