"""What carries credit, strongest first: the rule as a table of cases, and what outlives a visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from commissions.claims.models import Receipt
from commissions.claims.policy import (
    SAVED_DAYS,
    Candidate,
    Choice,
    ClaimKind,
    Reason,
    Rule,
    Terms,
    decide,
)
from commissions.clicks.actions import bind_visit, choose_credit, forget_old_bonds
from commissions.clicks.models import CreditBond
from editors.membership.models import Editor
from editors.saves.models import SavedLook
from foundation import clock as shop_clock
from foundation.db import db
from storefront.orders.models import Order
from tests.commissions.sales import TESTS, click, sell, tell_paid
from tests.editors.conftest import make_account, make_look

BEGAN = datetime(2026, 10, 12, 19, 28, tzinfo=UTC)
EVENT, CODE, LINK, COOKIE, ACCOUNT, SAVED, STAFF = ClaimKind
WON = {
    EVENT: Reason.BY_EVENT,
    CODE: Reason.BY_CODE,
    LINK: Reason.BY_LAST_CLICK,
    COOKIE: Reason.BY_COOKIE,
    ACCOUNT: Reason.BY_ACCOUNT,
    SAVED: Reason.BY_SAVED,
    STAFF: Reason.BY_STAFF,
}
DAY = 24 * 60  # minutes
PASSWORD = "a long enough one"


def one(kind: ClaimKind, editor: int, minutes: int, **more: object) -> Candidate:
    """A candidate so many minutes before checkout began; below nothing after it."""
    at = BEGAN - timedelta(minutes=minutes)
    return Candidate(kind, editor, at, at, **more)  # type: ignore[arg-type]


def said(editor: int | None, minutes: int) -> Choice:
    return Choice(editor, BEGAN - timedelta(minutes=minutes))


# Who may get it, what the shopper said, who does, and why whoever else does not (in the order of the first).
CASES: dict[str, tuple[list[Candidate], list[Choice], int | None, list[Reason]]] = {
    # Nobody, and each carrier alone
    "nobody came": ([], [], None, []),
    **{f"{kind} alone": ([one(kind, 1, 5)], [], 1, [WON[kind]]) for kind in ClaimKind},
    # Each carrier beats every weaker one, however late that is
    **{
        f"{strong} before {weak}": (
            [one(weak, 2, 1), one(strong, 1, 60)], [], 1, [Reason.BEATEN, WON[strong]]
        )
        for position, strong in enumerate(ClaimKind)
        for weak in list(ClaimKind)[position + 1 :]
    },
    # After checkout began nothing counts, whatever carries it: so works a coupon extension
    **{
        f"{kind} after checkout began": ([one(kind, 1, -1)], [], None, [Reason.AFTER_CHECKOUT])
        for kind in (LINK, COOKIE, ACCOUNT, SAVED)
    },
    "a click injected at checkout leaves the earlier one": (
        [one(LINK, 1, 30), one(LINK, 2, -1)], [], 1, [Reason.BY_LAST_CLICK, Reason.AFTER_CHECKOUT]
    ),
    "a click injected at checkout leaves an earlier visit": (
        [one(ACCOUNT, 1, 3 * DAY), one(LINK, 2, -1)], [], 1, [Reason.BY_ACCOUNT, Reason.AFTER_CHECKOUT]
    ),
    "a click injected at checkout leaves a saved look": (
        [one(SAVED, 1, 3 * DAY), one(LINK, 2, -1)], [], 1, [Reason.BY_SAVED, Reason.AFTER_CHECKOUT]
    ),
    # Windows
    "a click of thirty days": ([one(LINK, 1, 30 * DAY)], [], 1, [Reason.BY_LAST_CLICK]),
    "a click older than thirty days": ([one(LINK, 1, 30 * DAY + 1)], [], None, [Reason.TOO_OLD]),
    "an earlier visit of thirty days": ([one(ACCOUNT, 1, 30 * DAY)], [], 1, [Reason.BY_ACCOUNT]),
    "an earlier visit older than that": ([one(ACCOUNT, 1, 30 * DAY + 1)], [], None, [Reason.TOO_OLD]),
    "a look saved ninety days ago": ([one(SAVED, 1, SAVED_DAYS * DAY)], [], 1, [Reason.BY_SAVED]),
    "a look saved before that": ([one(SAVED, 1, SAVED_DAYS * DAY + 1)], [], None, [Reason.TOO_OLD]),
    "a link remembered for thirty days": ([one(COOKIE, 1, 30 * DAY)], [], 1, [Reason.BY_COOKIE]),
    "a link remembered for longer": ([one(COOKIE, 1, 30 * DAY + 1)], [], None, [Reason.TOO_OLD]),
    # The last of a kind
    "the later click": (
        [one(LINK, 1, 60), one(LINK, 2, 5)], [], 2, [Reason.EARLIER, Reason.BY_LAST_CLICK]
    ),
    "the later of two earlier visits": (
        [one(ACCOUNT, 1, 2 * DAY), one(ACCOUNT, 2, DAY)], [], 2, [Reason.EARLIER, Reason.BY_ACCOUNT]
    ),
    "the look saved last": (
        [one(SAVED, 1, 2 * DAY), one(SAVED, 2, DAY)], [], 2, [Reason.EARLIER, Reason.BY_SAVED]
    ),
    # A candidate who cannot win lets the next one
    "an own purchase by link, and an earlier visit": (
        [one(LINK, 1, 5, buyer=True), one(ACCOUNT, 2, DAY)], [], 2, [Reason.OWN_PURCHASE, Reason.BY_ACCOUNT]
    ),
    "an own saved look": ([one(SAVED, 1, DAY, buyer=True)], [], None, [Reason.OWN_PURCHASE]),
    "a resting editor's link, and a saved look": (
        [one(LINK, 1, 5, active=False), one(SAVED, 2, DAY)], [], 2, [Reason.NOT_ACTIVE, Reason.BY_SAVED]
    ),
    "a code of who rings it up, and a link": (
        [one(CODE, 1, 0, seller=True), one(LINK, 2, 5)], [], 2, [Reason.OWN_TILL, Reason.BY_LAST_CLICK]
    ),
    "an old click, and a saved look": (
        [one(LINK, 1, 31 * DAY), one(SAVED, 2, 40 * DAY)], [], 2, [Reason.TOO_OLD, Reason.BY_SAVED]
    ),
    # What the shopper says is obeyed by every carrier they did not type themselves
    **{
        f"{kind} taken back": ([one(kind, 1, 60)], [said(None, 30)], None, [Reason.REMOVED])
        for kind in (LINK, COOKIE, ACCOUNT, SAVED)
    },
    **{
        f"{kind} after it was taken back": ([one(kind, 1, 10)], [said(None, 30)], 1, [WON[kind]])
        for kind in (LINK, COOKIE, ACCOUNT, SAVED)
    },
    **{
        f"{kind} is typed or seen, and not taken back": ([one(kind, 1, 60)], [said(None, 30)], 1, [WON[kind]])
        for kind in (EVENT, CODE, STAFF)
    },
    "the earlier of two visits, chosen": (
        [one(ACCOUNT, 1, 2 * DAY), one(ACCOUNT, 2, DAY)], [said(1, 30)], 1,
        [Reason.BY_ACCOUNT, Reason.NOT_CHOSEN],
    ),
    "the earlier click, chosen": (
        [one(LINK, 1, 60), one(LINK, 2, 40)], [said(1, 30)], 1, [Reason.BY_LAST_CLICK, Reason.NOT_CHOSEN]
    ),
    "a click after somebody was chosen": (
        [one(LINK, 1, 60), one(LINK, 2, 10)], [said(1, 30)], 2, [Reason.EARLIER, Reason.BY_LAST_CLICK]
    ),
    "taken back, and then chosen": (
        [one(LINK, 1, 60)], [said(None, 30), said(1, 20)], 1, [Reason.BY_LAST_CLICK]
    ),
    "chosen, and then taken back": (
        [one(LINK, 1, 60)], [said(1, 30), said(None, 20)], None, [Reason.REMOVED]
    ),
    "said after checkout began": ([one(LINK, 1, 60)], [said(None, -1)], 1, [Reason.BY_LAST_CLICK]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_rule(case):
    candidates, choices, winner, why = CASES[case]
    decision = decide(candidates, choices, BEGAN, Terms())
    told = {id(row.candidate): row.reason for row in decision.rows if row.candidate}
    assert (decision.editor_id, [told[id(candidate)] for candidate in candidates]) == (winner, why)


def test_the_table_is_as_long_as_it_says():
    assert len(CASES) >= 50


def receipt_of(order_id: int) -> Receipt:
    return db.session.scalars(select(Receipt).where(Receipt.order_id == order_id)).one()


def test_a_link_followed_before_signing_in_counts_on_the_next_visit_until_it_is_too_old(shop, work, clock):
    with work():
        anna = make_account("Anna Moro")
        click(shop.code, "visit-1")
        assert bind_visit(actor=TESTS, account_id=anna, visit="visit-1")
        assert not bind_visit(actor=TESTS, account_id=anna, visit="visit-1")
        assert not bind_visit(actor=TESTS, account_id=anna, visit="another")
    clock.advance(days=3)
    with work():
        hers = sell(shop.product_id, visit="visit-2", account_id=anna)
        strangers = sell(shop.product_id, visit="visit-3")
        tell_paid(hers)
        tell_paid(strangers)
        assert (receipt_of(hers).editor_id, receipt_of(hers).rule) == (shop.editor_id, Rule.ACCOUNT)
        assert receipt_of(strangers).rule == Rule.NOBODY
        choose_credit(actor=TESTS, visit="visit-2", editor_id=None)
        bind_visit(actor=TESTS, account_id=anna, visit="visit-2")
    clock.advance(days=1)
    with work():
        taken_back = sell(shop.product_id, visit="visit-4", account_id=anna)
        tell_paid(taken_back)
        assert receipt_of(taken_back).rule == Rule.NOBODY
    clock.advance(days=28)
    with work():
        forget_old_bonds(older_than=timedelta(days=31))
        left = db.session.scalars(select(CreditBond.visit_id)).all()
        assert left == ["visit-2"]


def test_a_click_of_who_is_signed_in_counts_later_and_ones_own_never(shop, work, client_of):
    with work():
        anna = make_account("Anna Moro")
        giulia = db.session.get_one(Editor, shop.editor_id).account_id
    client_of(anna).get(f"/go/{shop.code}", headers={"User-Agent": "Mozilla/5.0"})
    client_of(giulia).get(f"/go/{shop.code}", headers={"User-Agent": "Mozilla/5.0 (own)"})
    with work():
        assert db.session.scalars(select(CreditBond.account_id)).all() == [anna]
        hers = sell(shop.product_id, visit="a-new-one", account_id=anna, began_ago=-timedelta(minutes=1))
        tell_paid(hers)
        assert receipt_of(hers).rule == Rule.ACCOUNT


def test_who_signs_in_sees_whom_they_shop_with_and_can_take_it_back(shop, work, account, app, clock):
    anna = account("anna@example.test", name="Anna Moro", password=PASSWORD)
    with work():
        click(shop.code, "visit-1")
        bind_visit(actor=TESTS, account_id=anna, visit="visit-1")
    clock.advance(days=2)
    client = app.test_client()
    signed = client.post("/account/sign-in", data={"email": "anna@example.test", "password": PASSWORD})
    assert signed.status_code == 303
    assert "Giulia" in client.get("/shop").get_data(as_text=True)
    assert "Giulia" in client.get("/credit").get_data(as_text=True)
    assert client.post("/credit/remove").status_code == 303
    assert "Shopping with" not in client.get("/shop").get_data(as_text=True)
    clock.advance(minutes=30)
    with work():
        order = sell(shop.product_id, visit="visit-9", account_id=anna)
        tell_paid(order)
        assert receipt_of(order).rule == Rule.NOBODY


def test_a_piece_of_a_look_somebody_saved_counts_for_ninety_days(shop, work, clock):
    with work():
        anna = make_account("Anna Moro")
        look = make_look(shop.editor_id, [shop.product_id])
        db.session.add(SavedLook(account_id=anna, look_id=look, saved_at=shop_clock.now()))
    clock.advance(days=60)
    with work():
        order = sell(shop.product_id, account_id=anna)
        tell_paid(order)
        receipt = receipt_of(order)
        assert (receipt.editor_id, receipt.rule) == (shop.editor_id, Rule.SAVED)
    clock.advance(days=31)
    with work():
        late = sell(shop.product_id, account_id=anna)
        tell_paid(late)
        assert receipt_of(late).rule == Rule.NOBODY
        assert db.session.scalar(select(func.count()).select_from(Order)) == 2
