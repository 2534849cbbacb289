"""What a sale earns: the most specific rate, campaigns on top, caps at the end; a cut reaches nobody
unannounced.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from commissions.accruals import rating
from commissions.accruals.models import Commission
from commissions.accruals.policy import commission_minor
from commissions.rates import actions
from commissions.rates.actions import RateDraft, set_cap, set_rate
from commissions.rates.models import RateCard
from commissions.rates.policy import (
    NEW,
    ORDER,
    Cap,
    Card,
    CardKind,
    Per,
    Scope,
    Situation,
    Used,
    Verdict,
    ceilings,
    decide,
    in_force,
    judge,
)
from commissions.statements.proof import verify
from editors.membership.models import Editor
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.money import Money
from foundation.web.formats import money
from storefront.catalog.models import Product
from storefront.orders.models import Order
from tests.commissions.conftest import make_staff
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    give_back,
    line_of,
    sell,
    tell_paid,
    tell_refunded,
)
from tests.editors.conftest import make_product
from tests.races import at_once, meeting

THEN = datetime(2026, 1, 1, tzinfo=UTC)
HERE = Situation(
    product_id=7, categories=("dresses", "clothing"), collections=frozenset({3, 4}), cohort_id=5, tier_id=6,
    new_customer=True,
)  # fmt: skip
SUBJECTS = {
    Scope.PRODUCT: "7",
    Scope.COLLECTION: "3",
    Scope.CATEGORY: "dresses",
    Scope.COHORT: "5",
    Scope.TIER: "6",
    Scope.CUSTOMER: NEW,
    Scope.PROGRAMME: "",
}


def card(number: int, scope: Scope, bps: int | None, subject: str | None = None, **more: object) -> Card:
    kind = CardKind.CAMPAIGN if "until" in more else CardKind.RATE
    return Card(number, kind, scope, SUBJECTS[scope] if subject is None else subject, bps, THEN, **more)  # type: ignore[arg-type]


def test_the_most_specific_card_wins_whatever_the_order_and_each_says_why():
    cards = [card(number, scope, 100 * number) for number, scope in enumerate(ORDER, 1)]
    for place in range(len(ORDER)):
        left = cards[place:]
        random.Random(place).shuffle(left)
        found = decide(left, HERE)
        assert found.card.scope is ORDER[place]
        assert [one.verdict for one in found.looked] == [Verdict.WON, *[Verdict.BROADER] * (len(left) - 1)]
    elsewhere = Situation(product_id=8, categories=("shoes",))
    assert decide(cards, elsewhere).card.scope is Scope.PROGRAMME
    near = [*cards[3:], card(20, Scope.CATEGORY, 900, "clothing"), card(21, Scope.CATEGORY, 300)]
    assert decide(near, HERE).rate_bps == 300, "the nearer department, though the wider has more"
    two = [*cards[2:], card(22, Scope.COLLECTION, 500), card(23, Scope.COLLECTION, 800, "4")]
    assert decide(two, HERE).rate_bps == 800
    assert [one.verdict for one in decide(two, HERE).looked][:2] == [Verdict.WON, Verdict.LOWER]
    later = THEN + timedelta(days=9)
    campaigns = [card(30, Scope.TIER, 250, until=later), card(31, Scope.TIER, 250, "9", until=later)]
    found = decide([*cards, *campaigns], HERE)
    assert (found.rate_bps, [one.id for one in found.campaigns]) == (350, [30])
    assert decide([card(1, Scope.PROGRAMME, 9900), *campaigns], HERE).rate_bps == 10_000
    with pytest.raises(ValueError, match="no rate"):
        decide([], HERE)


def test_the_last_word_counts_from_its_day_and_what_is_judged_a_cut():
    at = THEN + timedelta(days=1)
    first = card(1, Scope.PROGRAMME, 1200)
    announced = Card(2, CardKind.RATE, Scope.PROGRAMME, "", 1000, at + timedelta(days=30))
    tier = card(3, Scope.TIER, 1500)
    assert in_force([first, announced], at) == [first]
    assert in_force([first, announced], at + timedelta(days=30)) == [announced]
    back = Card(4, CardKind.RATE, Scope.PROGRAMME, "", 1200, at)
    assert in_force([first, announced, back], at + timedelta(days=90)) == [back], "taken back"
    assert in_force([first, Card(5, CardKind.RATE, Scope.TIER, "6", None, at), tier], at) == [first]
    known = [first, tier]
    for scope, subject, bps, cut in (
        (Scope.PROGRAMME, "", 1199, True),
        (Scope.PROGRAMME, "", 1201, False),
        (Scope.TIER, "6", 1600, False),
        (Scope.TIER, "6", None, True),
        (Scope.PRODUCT, "7", 1500, False),
        (Scope.PRODUCT, "7", 1499, True),  # somebody on the step has 15 % of it now
        (Scope.CUSTOMER, NEW, 1200, False),
        (Scope.CUSTOMER, NEW, 1100, True),
    ):
        assert judge(known, scope, subject, bps, at).is_cut is cut, (scope, bps)
    assert not judge(known, Scope.PROGRAMME, "", 1200, at).changes
    assert judge([*known, announced], Scope.PROGRAMME, "", 1200, at).changes
    assert not judge(known, Scope.PRODUCT, "7", None, at).changes


def test_caps_are_kept_from_the_line_to_the_month_and_divide_what_is_left_to_the_cent():
    caps = [Cap(1, Per.LINE, 500, THEN), Cap(2, Per.ORDER, 700, THEN), Cap(3, Per.MONTH, 10_000, THEN)]
    found = ceilings([900, 300, 10], caps)
    assert [one and one.allowed_minor for one in found] == [432, 259, 9]
    assert {one.per for one in found if one} == {Per.ORDER}
    assert ceilings([100, 200], caps) == [None, None]
    tight = ceilings([100, 200], caps, Used(month_minor=9_900))
    assert [one and (one.per, one.allowed_minor) for one in tight] == [(Per.MONTH, 33), (Per.MONTH, 67)]
    none_left = ceilings([100], [Cap(4, Per.DAY, 50, THEN)], Used(day_minor=80))
    assert [one and one.allowed_minor for one in none_left] == [0]


@pytest.fixture
def owner(work) -> int:
    with work():
        return make_staff("Elena", Role.OWNER)


def sold(work, clock, shop, visit: str, pieces=None) -> int:
    with work():
        click(shop.code, visit, visit.encode().ljust(16))
    clock.advance(minutes=20)
    with work():
        order = sell(
            shop.product_id, pieces or (Piece("Shirt", 12_200),), visit=visit, email=f"{visit}@example.test"
        )
        db.session.get_one(Order, order).number = f"V-{order}"
        tell_paid(order)
    return order


def rates_of(work, order: int) -> list[tuple[int, int]]:
    with work():
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        return [
            (one.rate_bps, one.accrued_minor)
            for one in db.session.scalars(
                select(Commission).where(Commission.order_id == order).order_by(Commission.id)
            )
        ]


def test_the_owner_cuts_a_rate_and_it_reaches_editors_after_thirty_days_with_a_letter(
    shop, owner, work, clock, client_of, outbox, run_jobs
):
    desk, finance = client_of(owner), client_of(shop.luca_id)
    assert client_of(shop.sara_id).get("/staff/rates").status_code == 403
    assert finance.get("/staff/rates").status_code == 200
    assert finance.get("/staff/rates/new").status_code == 403
    for form, words in (
        ({"scope": "programme", "reason": "x"}, "Write a percentage"),
        ({"scope": "programme", "percent": "12.345", "reason": "x"}, "Write a percentage"),
        ({"scope": "product", "percent": "12", "reason": "x"}, "Say which."),
        (
            {"scope": "product", "handle": "no-such", "percent": "12", "reason": "x"},
            "We do not know no-such.",
        ),
        ({"scope": "programme", "ends": "y", "reason": "x"}, "always has a rate"),
        ({"scope": "programme", "percent": "10", "reason": ""}, "Say it in a few words"),
        ({"scope": "nonsense", "percent": "10", "reason": "x"}, "What it counts for"),
    ):
        refused = desk.post("/staff/rates/new", data=form)
        assert refused.status_code == 422, form
        assert words in refused.text, form
    same = desk.post("/staff/rates/new", data={"scope": "programme", "percent": "12", "reason": "No change"})
    assert (same.status_code, "That is what counts already." in same.text) == (409, True)
    cut = {"scope": "programme", "percent": "10", "reason": "Margins are thin"}
    assert desk.post("/staff/rates/new", data=cut).status_code == 303
    assert "Margins are thin" in desk.get("/staff/rates?part=announced").text
    run_jobs()
    letter = outbox(to="giulia@example.test")[-1]
    assert "A rate changes on" in letter.subject
    assert "The whole programme, 10%" in letter.text
    with work():
        account = db.session.get_one(Editor, shop.editor_id).account_id
    studio = client_of(account)
    assert "The whole programme, 10%" in studio.get("/studio").text
    assert "12%" in studio.get("/studio/rates").text
    assert rates_of(work, sold(work, clock, shop, "before")) == [(1200, 1200)]
    clock.advance(days=30)
    assert rates_of(work, sold(work, clock, shop, "after")) == [(1000, 1000)]
    assert "The whole programme, 10%" not in studio.get("/studio").text
    assert desk.post("/staff/rates/new", data=cut | {"percent": "11.5"}).status_code == 303
    assert rates_of(work, sold(work, clock, shop, "rise")) == [(1150, 1150)], "a rise counts at once"
    told = desk.get("/staff/audit/").text
    assert "Cut of a rate announced" in told


def test_a_receipt_prints_which_rate_won_what_a_campaign_added_and_what_a_cap_left(
    shop, owner, work, clock, client_of
):
    with work():
        set_rate(actor=TESTS, draft=RateDraft(Scope.CUSTOMER, NEW, 1500, "Welcome"))
        set_rate(actor=TESTS, draft=RateDraft(Scope.CATEGORY, "tops", 2000, "Summer"))
    desk = client_of(owner)
    today = clock.now.date()
    campaign = {
        "scope": "programme", "percent": "2.5", "name": "Week of shirts", "name_it":
        "Settimana delle camicie", "first_day": today.isoformat(), "last_day": (today +
        timedelta(days=6)).isoformat(), "reason": "Stock",
    }  # fmt: skip
    wrong = desk.post("/staff/rates/campaigns/new", data=campaign | {"last_day": "2020-01-01"})
    assert (wrong.status_code, "over already" in wrong.text) == (422, True)
    assert desk.post("/staff/rates/campaigns/new", data=campaign).status_code == 303
    assert "Week of shirts" in desk.get("/staff/rates?part=campaigns").text
    cap = {"per": "order", "amount": "20", "reason": "No more than that"}
    assert desk.post("/staff/rates/caps/new", data=cap).status_code == 303
    order = sold(work, clock, shop, "one")
    assert rates_of(work, order) == [(2250, 2250)], "the cap is announced, and counts later"
    clock.advance(days=31)
    order = sold(work, clock, shop, "two", (Piece("Shirt", 12_200), Piece("Coat", 6_100)))
    assert rates_of(work, order) == [(2000, 1333), (2000, 667)]
    with work():
        tell_refunded(order, give_back(order, 1, 6_100, 0))
    with work():
        assert verify().ok
        lines = db.session.scalars(
            select(Commission).where(Commission.order_id == order).order_by(Commission.id)
        ).all()
        assert [one.amount_minor for one in lines] == [1000, 667]
        account = db.session.get_one(Editor, shop.editor_id).account_id
        first = db.session.scalars(select(Commission).order_by(Commission.id)).first()
        number = first.order_number
    studio = client_of(account)
    page = studio.get(f"/studio/orders/{number}").text
    for words in (
        "Department Clothing &gt; Tops and shirts: 20%. The most specific rate that fits.",
        "New customers: 15%. A more specific rate comes first.",
        "The whole programme: 12%. A more specific rate comes first.",
        "Campaign Week of shirts: 2.5% on top.",
    ):
        assert words in page, words
    studio.environ_base["HTTP_ACCEPT_LANGUAGE"] = "it"
    page = studio.get(f"/studio/orders/V-{order}").text
    assert "Un ordine fa guadagnare al massimo 20,00" in page
    assert "La percentuale più specifica" in page


def test_staff_try_a_rate_out_on_an_order_and_nothing_is_written(shop, owner, work, clock, client_of):
    order = sold(work, clock, shop, "one", (Piece("Shirt", 12_200), Piece("Coat", 6_100)))
    with work():
        set_rate(actor=TESTS, draft=RateDraft(Scope.PROGRAMME, "", 1300, "x"))
        before = len(db.session.scalars(select(RateCard)).all())
    finance = client_of(shop.luca_id)
    page = "/staff/rates/preview"
    assert finance.get(page).status_code == 200
    today = finance.get(page, query_string={"order": f"V-{order}", "scope": "programme"}).text
    assert "It paid €18.00. Today it would pay €19.50." in today
    tried = {"order": f"V-{order}", "scope": "category", "category": "tops", "percent": "20"}
    told = finance.get(page, query_string=tried).text
    assert "It paid €18.00. With it, it would have paid €30.00." in told
    assert "The whole programme: 13%. A more specific rate comes first." in told
    for wrong, words in (
        ({"order": "V-0"}, "There is no paid order of that number."),
        ({"editor": "nobody"}, "Say whose sale it would be."),
        ({"percent": "many"}, "Write a percentage"),
        ({"category": ""}, "Say which."),
    ):
        refused = finance.get(page, query_string=tried | wrong)
        assert (refused.status_code, words in refused.text) == (422, True), wrong
    with work():
        assert len(db.session.scalars(select(RateCard)).all()) == before


def test_staff_try_a_bag_out_that_nobody_bought_line_by_line_and_nothing_is_written(
    shop, owner, work, clock, client_of
):
    with work():
        coat = make_product("wool-coat", "Coat", 24_400)
        handles = [db.session.get_one(Product, one).handle for one in (shop.product_id, coat)]
        price = db.session.get_one(Product, shop.product_id).price_from_minor
        set_rate(actor=TESTS, draft=RateDraft(Scope.PRODUCT, str(coat), 1300, "x", "Coat"))
        set_rate(actor=TESTS, draft=RateDraft(Scope.CUSTOMER, NEW, 2000, "x"))
        set_rate(actor=TESTS, draft=RateDraft(Scope.PROGRAMME, "", 1000, "x"))  # a cut: in thirty days
        before = len(db.session.scalars(select(RateCard)).all())
    staff, page = client_of(owner), "/staff/rates/basket"
    assert staff.get(page).status_code == 200
    today = clock.now.date()
    asked = {
        "lines-0-product": handles[0],
        "lines-0-quantity": "2",
        "lines-1-product": f"http://shop.test/p/{handles[1]}?size=M",
        "lines-1-quantity": "1",
        "lines-2-product": "",
        "lines-2-quantity": "1",
        "editor": "@giulia",
        "customer": "new",
        "on": today.isoformat(),
    }

    def would(bps: int) -> str:
        coats = commission_minor(24_400, 2200, 1300)
        return money(Money(commission_minor(2 * price, 2200, bps) + coats, "EUR"))

    told = staff.get(page, query_string=asked).text
    assert f"It would pay Giulia Ferri {would(2000)}." in told
    assert "New customers: 20%. The most specific rate that fits." in told
    assert "Product Coat: 13%. The most specific rate that fits." in told
    back = staff.get(page, query_string=asked | {"customer": "returning"}).text
    assert f"It would pay Giulia Ferri {would(1200)}." in back
    later = {"customer": "returning", "on": (today + timedelta(days=31)).isoformat()}
    assert f"It would pay Giulia Ferri {would(1000)}." in staff.get(page, query_string=asked | later).text
    for wrong, words in (
        ({"lines-0-product": "no-such-thing"}, "We do not know no-such-thing."),
        ({"lines-0-quantity": "0"}, "Write a whole number from 1 to 99."),
        ({"editor": "nobody"}, "Say whose sale it would be."),
        ({"lines-0-product": "", "lines-1-product": ""}, "Put something into the bag."),
        ({"on": "someday"}, "1"),
    ):
        refused = staff.get(page, query_string=asked | wrong)
        assert (refused.status_code, words in refused.text) == (422, True), wrong
    with work():
        assert len(db.session.scalars(select(RateCard)).all()) == before


def test_nobody_changes_a_rate_that_was_written_not_even_by_hand(work):
    for statement in ("UPDATE rate_cards SET rate_bps = 1", "DELETE FROM rate_cards"):
        with pytest.raises(DBAPIError, match="rate_cards"), work():
            db.session.execute(text(statement))


def _two_orders(shop, work, clock) -> list[int]:
    with work():
        set_cap(actor=TESTS, per=Per.DAY, amount_minor=1500, currency="EUR", reason="x")
    clock.advance(days=31)
    orders = []
    for visit in ("one", "two"):
        with work():
            click(shop.code, visit, visit.encode().ljust(16))
        clock.advance(minutes=20)
        with work():
            orders.append(sell(shop.product_id, (Piece("Shirt", 12_200),), visit=visit))
    return orders


def _paid_at_once(app, work, orders: list[int]) -> int:
    assert at_once(app, *(lambda order=order: tell_paid(order) for order in orders)) == []
    with work():
        return sum(db.session.scalars(select(Commission.accrued_minor)))


def test_two_sales_at_once_share_what_a_day_has_left(shop, app, work, clock):
    assert _paid_at_once(app, work, _two_orders(shop, work, clock)) == 1500


def test_without_the_lock_of_the_editor_both_would_take_it(shop, app, work, clock, monkeypatch):
    orders = _two_orders(shop, work, clock)
    monkeypatch.setattr(rating, "take_turn_of", lambda editor_id: None)
    monkeypatch.setattr(rating, "used_by", meeting(rating.used_by))
    assert _paid_at_once(app, work, orders) == 2400


def _two_owners(app, work) -> tuple[int, int]:
    """One raises the rate, the other sets what is a rise of the old and a cut of the new; cuts among them."""
    at_once(
        app,
        lambda: set_rate(actor=TESTS, draft=RateDraft(Scope.PROGRAMME, "", 1400, "up")),
        lambda: set_rate(actor=TESTS, draft=RateDraft(Scope.PROGRAMME, "", 1300, "up a little")),
    )
    with work():
        cards = db.session.scalars(select(RateCard).where(RateCard.reason != "").order_by(RateCard.id)).all()
        return cards[0].rate_bps or 0, sum(one.is_cut for one in cards)


def test_two_owners_at_once_are_judged_one_after_the_other(app, work):
    first, cuts = _two_owners(app, work)
    assert cuts == (1 if first == 1400 else 0)


def test_without_its_turn_the_later_would_be_judged_by_the_old_rate(app, work, monkeypatch):
    monkeypatch.setattr(actions, "take_turn", lambda: None)
    monkeypatch.setattr(actions, "every_card", meeting(actions.every_card))
    assert _two_owners(app, work)[1] == 0


def test_each_line_of_an_order_earns_by_its_own_rate_and_none_by_a_blend(shop, work, clock):
    now = clock.now
    with work():
        other = make_product("Second piece")
        db.session.add(
            RateCard(
                kind=CardKind.RATE,
                scope=Scope.PRODUCT,
                subject=str(other),
                label="Second",
                rate_bps=2000,
                valid_from=now,
                is_cut=False,
                reason="A test.",
                created_at=now,
                created_by="tests",
            )
        )
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, (Piece("A", 5000), Piece("B", 8000)), visit="visit-1")
        line_of(order, 2).product_id = other
        tell_paid(order)
        earned = db.session.scalars(select(Commission).order_by(Commission.id)).all()
        assert [(one.rate_bps, one.accrued_minor) for one in earned] == [(1200, 491), (2000, 1311)]
