"""Fixed bonuses: once for each editor, on hold as long as the order that earned them, gone with it."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.accruals.policy import CommissionStatus as P
from commissions.bonuses import actions, counting, ports
from commissions.bonuses.actions import BonusDraft, add_bonus, end_bonus, settle_sale
from commissions.bonuses.errors import BonusOver
from commissions.bonuses.jobs import bring_up_to_date
from commissions.bonuses.models import Award, Bonus
from commissions.bonuses.policy import BonusKind, Credited, Goal, Terms, Whom, standing, state
from commissions.bonuses.ports import Earned
from commissions.ledger.queries import editor_balance
from commissions.payouts.models import Payout
from commissions.programme.policy import By
from commissions.programme.queries import brought_by, brought_daily, brought_whole
from commissions.results.policy import Span
from commissions.statements.proof import verify
from editors.tiers.models import EditorTier, Tier
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.money import Money
from storefront.orders.models import Dispute
from tests.commissions.conftest import make_staff
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    dispute,
    give_back,
    sell,
    tell_delivered,
    tell_disputed,
    tell_paid,
    tell_refunded,
)
from tests.commissions.test_sending import SEND_RUN, approved
from tests.editors.conftest import make_editor
from tests.races import at_once, meeting, without_unique

THEN = datetime(2026, 1, 1, tzinfo=UTC)
SHIRT = (Piece("Shirt", 12_200),)
ZONE = "Europe/Rome"


def bonus(kind: BonusKind = BonusKind.FIRST_SALE, minor: int = 2000, days: int = 60, **more: object) -> int:
    now = shop_clock.now()
    draft = BonusDraft(
        kind=kind,
        name="Welcome",
        name_it="Benvenuto",
        amount=Money(minor, "EUR"),
        begins=now,
        ends=now + timedelta(days=days),
        reason="To begin with",
        **more,  # type: ignore[arg-type]
    )
    return add_bonus(actor=TESTS, draft=draft).id


@pytest.fixture
def sold(work, clock, shop):
    """Sells a shirt by the editor's link; the order."""

    def sell_one(visit: str, pieces: tuple[Piece, ...] = SHIRT) -> int:
        with work():
            click(shop.code, visit, visit.encode().ljust(16))
        clock.advance(minutes=20)
        with work():
            order = sell(shop.product_id, pieces, visit=visit, email=f"{visit}@example.test")
        with work():
            tell_paid(order)
            settle_sale(actor=TESTS, order_id=order)
        return order

    return sell_one


@pytest.fixture
def back(work):
    """All of an order comes back."""

    def give(order: int) -> None:
        with work():
            refund = give_back(order, 1, 12_200)
        with work():
            tell_refunded(order, refund)
            settle_sale(actor=TESTS, order_id=order)

    return give


@pytest.fixture
def look_after(app):
    """What the job of every five minutes does."""

    def look() -> None:
        with app.app_context():
            bring_up_to_date()

    return look


@pytest.fixture
def kept(work, clock, look_after):
    """Orders arrive, and the time to return passes."""

    def keep(*orders: int) -> None:
        with work():
            for order in orders:
                deliver(order)
                tell_delivered(order)
                settle_sale(actor=TESTS, order_id=order)
        clock.advance(days=31)
        with work():
            mature(actor=TESTS)
        look_after()

    return keep


def awards() -> list[tuple[str, int]]:
    return [(one.status, one.left_minor) for one in db.session.scalars(select(Award).order_by(Award.id))]


def figures(editor_id: int) -> tuple[int, int, int]:
    found = editor_balance(editor_id, "EUR")
    assert verify().ok, verify()
    return found.pending.minor, found.held.minor, found.payable.minor


def credited(number: int, hours: int, kept: bool = True, net: int = 100, **more: object) -> Credited:
    values = {"due_at": None, "held": False} | more
    return Credited(number, f"V-{number}", THEN + timedelta(hours=hours), kept, net, **values)  # type: ignore[arg-type]


def test_who_is_how_far_depends_on_what_is_kept_in_the_days_and_on_no_order_of_telling():
    ends = THEN + timedelta(days=30)
    first = Terms(BonusKind.FIRST_SALE, THEN, ends)
    orders = Terms(BonusKind.CHALLENGE, THEN, ends, Goal.ORDERS, 3)
    net = Terms(BonusKind.CHALLENGE, THEN, ends, Goal.NET, 250)
    sales = [
        credited(1, -1),
        credited(2, 5, kept=False),
        credited(3, 7),
        credited(4, 6),
        credited(5, 24 * 30),
    ]
    for seed in range(6):
        random.Random(seed).shuffle(sales)
        assert standing(first, sales).by == credited(4, 6)
        assert standing(first, sales, sold_before=True).by is None
        assert (standing(orders, sales).so_far, standing(orders, sales).missing) == (2, 1)
        assert standing(net, [*sales, credited(6, 8)]).by == credited(6, 8)
        assert standing(net, sales).by is None
    reached = standing(orders, [*sales, credited(6, 9), credited(7, 10)])
    assert (reached.by, reached.so_far, reached.missing) == (credited(6, 9), 4, 0)


def test_what_an_award_should_be_case_by_case():
    first = Terms(BonusKind.FIRST_SALE, THEN, THEN + timedelta(days=30))
    goal = Terms(BonusKind.CHALLENGE, THEN, THEN + timedelta(days=30), Goal.ORDERS, 1)
    due, later = {"due_at": THEN}, {"due_at": THEN + timedelta(days=90)}
    now = THEN + timedelta(days=20)
    for terms, sales, sale, matured, paid, stands in (
        (first, [], credited(1, 1, kept=False), False, False, P.REVERSED),
        (first, [credited(1, 1)], credited(1, 1), False, False, P.PENDING),
        (first, [credited(1, 1, **later)], credited(1, 1, **later), False, False, P.PENDING),
        (first, [credited(1, 1, **due)], credited(1, 1, **due), False, False, P.PAYABLE),
        (first, [credited(1, 1, held=True)], credited(1, 1, held=True), False, False, P.HELD),
        (first, [credited(1, 1, held=True)], credited(1, 1, held=True), True, False, P.HELD),
        (first, [credited(1, 1, held=True)], credited(1, 1, held=True), True, True, P.PAID),
        (first, [], credited(1, 1, kept=False), True, True, P.REVERSED),
        (first, [credited(2, 2)], credited(1, 1, kept=False), True, True, P.PENDING),
        (first, [credited(2, 2, **due)], credited(1, 1, kept=False), True, True, P.PAID),
        (goal, [], credited(1, 1, kept=False), False, False, P.REVERSED),
        (goal, [], credited(1, 1, kept=False), True, False, P.PAYABLE),
        (goal, [], credited(1, 1, kept=False), True, True, P.PAID),
    ):
        found = state(terms, standing(terms, sales), sale=sale, matured=matured, paid=paid, now=now)
        assert found.status is stands, (terms.kind, sales, matured, paid)


def test_a_first_sale_waits_with_its_order_is_paid_and_goes_with_it(
    shop, work, clock, sold, kept, back, client_of
):
    with work():
        bonus()
    first = sold("one")
    with work():
        assert awards() == [(P.PENDING, 2000)]
        assert figures(shop.editor_id) == (1200 + 2000, 0, 0)
    sold("two")
    with work():
        dispute(first, Dispute.OPEN)
        tell_disputed(first, "opened")
        settle_sale(actor=TESTS, order_id=first)
        assert figures(shop.editor_id) == (1200, 3200, 0)
    with work():
        dispute(first, Dispute.WON)
        tell_disputed(first, "won")
        settle_sale(actor=TESTS, order_id=first)
    kept(first)
    with work():
        assert awards() == [(P.PAYABLE, 2000)]
        assert figures(shop.editor_id) == (1200, 0, 3200)
        here = shop_clock.now().date()
        span = Span(here - timedelta(days=60), here)
        assert brought_whole("EUR", ZONE, span).cost_minor == 4400
        assert brought_by(By.EDITOR, "EUR", ZONE, span)[shop.editor_id].cost_minor == 4400
        assert sum(one.cost_minor for one in brought_daily("EUR", ZONE, span).values()) == 4400
    back(first)
    with work():
        # The second order is the first that is kept now: it earns the same bonus anew, and waits again.
        assert awards() == [(P.PENDING, 2000)]
        assert figures(shop.editor_id) == (3200, 0, 0)
        keys = db.session.scalars(text("SELECT count(*) FROM award_entries")).one()
        assert keys == 6  # earned, held, released, matured, taken back, earned again


def test_a_payout_carries_a_bonus_and_what_comes_back_afterwards_is_owed(
    shop, work, sold, kept, back, look_after, app, at_stripe, run_jobs
):
    at_stripe(50_000)
    with work():
        bonus()
    order = sold("visit-1")
    kept(order)
    with work():
        pending, held, payable = figures(shop.editor_id)
        assert (pending, held) == (0, 0) and payable > 2000
    _run, payout = approved(shop, work)
    run_jobs(SEND_RUN)
    look_after()
    with work():
        assert db.session.get_one(Payout, payout).amount_minor == payable
        assert awards() == [("paid", 2000)] and figures(shop.editor_id) == (0, 0, 0)
    back(order)
    with work():
        assert awards() == [("reversed", 0)] and figures(shop.editor_id) == (0, 0, -payable)


def test_a_goal_is_no_longer_reached_when_something_comes_back_until_it_is_payable(
    shop, work, clock, sold, kept, back, client_of, account
):
    with work():
        bonus(BonusKind.CHALLENGE, 5000, goal=Goal.ORDERS, goal_count=2)
    one = sold("one")
    with work():
        assert awards() == []
    two = sold("two")
    with work():
        assert awards() == [(P.PENDING, 5000)]
    back(one)
    with work():
        assert awards() == [(P.REVERSED, 0)]
        assert figures(shop.editor_id) == (1200, 0, 0)
    three = sold("three")
    with work():
        assert awards() == [(P.PENDING, 5000)]
    kept(two, three)
    back(two)
    with work():
        assert awards() == [(P.PAYABLE, 5000)], "it was reached when it became payable"
        assert figures(shop.editor_id) == (0, 0, 6200)


def test_for_whom_and_when_it_counts(shop, work, clock, sold):
    with work():
        silver = Tier(name="Silver", looks_needed=0, orders_needed=1)
        db.session.add(silver)
        db.session.flush()
        bonus(whom=Whom.TIER, whom_id=silver.id)
        ended = bonus(days=90)
        end_bonus(actor=TESTS, bonus_id=ended, reason="Too dear")
        with pytest.raises(BonusOver):
            end_bonus(actor=TESTS, bonus_id=ended, reason="Again")
        assert db.session.get_one(Bonus, ended).ends_at == shop_clock.now() + timedelta(days=30)
    order = sold("one")
    with work():
        assert [one.bonus_id for one in db.session.scalars(select(Award))] == [ended]
        db.session.add(EditorTier(editor_id=shop.editor_id, tier_id=silver.id, since=shop_clock.now()))
    with work():
        settle_sale(actor=TESTS, order_id=order)
        settle_sale(actor=TESTS, order_id=order)
        assert len(awards()) == 2
    clock.advance(minutes=1)
    with work():
        late = bonus()
    sold("two")
    with work():
        assert late not in {one.bonus_id for one in db.session.scalars(select(Award))}, "not their first"


def test_what_an_event_brings_waits_for_the_time_to_return(shop, work, clock, look_after, monkeypatch):
    with work():
        bonus(BonusKind.EVENT, event="spring-night")

    class Known:
        def earned_at(self, event: str) -> list[Earned]:
            return [Earned(shop.editor_id, shop_clock.now())] if event == "spring-night" else []

        def takes_place(self, event: str) -> bool:
            return event == "spring-night"

    look_after()
    with work():
        assert awards() == []
    with monkeypatch.context() as known:
        known.setattr(ports._Port, "known", Known())
        look_after()
        look_after()
    with work():
        assert awards() == [(P.PENDING, 2000)]
    clock.advance(days=31)
    look_after()
    with work():
        assert awards() == [(P.PAYABLE, 2000)]
        assert figures(shop.editor_id) == (0, 0, 2000)


def _settled_at_once(app, work, sold, monkeypatch, shop) -> list[tuple[str, int]]:
    order = sold("one")
    with work():
        bonus(days=60)
        row = db.session.scalars(select(Bonus)).one()
        row.begins_at -= timedelta(days=1)
    monkeypatch.setattr(actions, "reached", _first_together(counting.reached))
    assert at_once(app, *(lambda: settle_sale(actor=TESTS, order_id=order) for _ in range(2))) == []
    with work():
        return awards()


def _first_together(call):
    """Both look before either writes; later looks wait for nobody."""
    both, seen = meeting(call), []

    def look(*args: object) -> object:
        seen.append(1)
        return both(*args) if len(seen) <= 2 else call(*args)

    return look


def test_two_workers_at_once_note_a_bonus_once(shop, app, work, sold, monkeypatch):
    assert _settled_at_once(app, work, sold, monkeypatch, shop) == [(P.PENDING, 2000)]


def test_without_the_constraint_both_would_note_it(shop, app, work, sold, monkeypatch):
    with without_unique(work, "uq_awards_bonus_id_editor_id"):
        assert len(_settled_at_once(app, work, sold, monkeypatch, shop)) == 2


def test_the_owner_adds_a_bonus_and_the_editor_reads_how_far_it_is(shop, work, clock, sold, client_of):
    with work():
        owner = make_staff("Elena", Role.OWNER)
        account_id = db.session.execute(
            text("SELECT account_id FROM editors WHERE id = :id"), {"id": shop.editor_id}
        ).scalar_one()
    staff, studio = client_of(owner), client_of(account_id)
    today = clock.now.date()
    filled = {
        "kind": "challenge", "goal": "net", "orders": "", "net": "150", "event": "", "name": "Spring race",
        "name_it": "Gara di primavera", "amount": "25.50", "whom": "all", "tier": "", "cohort": "",
        "first_day": today.isoformat(), "last_day": (today + timedelta(days=20)).isoformat(),
        "reason": "Spring",
    }  # fmt: skip
    for wrong, words in (
        ({"amount": "many"}, "Write an amount"),
        ({"net": ""}, "Write an amount"),
        ({"name": ""}, "Give it a name."),
        ({"whom": "tier"}, "Say which."),
        ({"kind": "event"}, "Say which."),
        ({"kind": "event", "event": "no-such-night"}, "We do not know no-such-night."),
        *(({"goal": "orders", "orders": typed}, "Write a whole number.") for typed in ("٥", "1_0", "many")),
        ({"last_day": (today - timedelta(days=1)).isoformat()}, "The last day is before the first"),
    ):
        refused = staff.post("/staff/bonuses/new", data=filled | wrong)
        assert (refused.status_code, words in refused.text) == (422, True), wrong
        assert "Spring" in refused.text, "nothing that was typed is lost"
        assert "Not a valid" not in refused.text, "the form says it once, in its own words"
    assert client_of(shop.luca_id).post("/staff/bonuses/new", data=filled).status_code == 403
    assert staff.post("/staff/bonuses/new", data=filled).status_code == 303
    with work():
        made = db.session.scalars(select(Bonus)).one()
        assert (made.goal_count, made.amount_minor, made.goal) == (15_000, 2550, Goal.NET)
    sold("one")
    page = studio.get("/studio/bonuses").text
    assert "€100.00 of €150.00; €50.00 to go." in page
    sold("two")
    page = studio.get("/studio/bonuses").text
    assert "Spring race" in page
    assert "Payable once the time to return order" in page
    assert "to go" not in page
    earnings = studio.get("/studio/earnings").text
    assert "Spring race" in earnings and "Payable once the time to return order" in earnings
    assert "25.50" in earnings and "Spring race" in studio.get("/studio/earnings?state=pending").text
    assert "Spring race" not in studio.get("/studio/earnings?state=paid").text
    listed = staff.get(f"/staff/bonuses/{made.id}").text
    assert "Giulia Ferri" in listed
    assert "25.50" in staff.get("/staff/bonuses").text
    ended = staff.post(f"/staff/bonuses/{made.id}/end", data={"reason": "No"}, follow_redirects=True)
    assert "It ends within thirty days" in ended.text


def test_letters_say_that_a_bonus_was_earned_and_to_whom_it_matters_that_it_ends(
    shop, work, sold, outbox, run_jobs
):
    with work():
        race = bonus(BonusKind.CHALLENGE, goal=Goal.ORDERS, goal_count=1)
        later = bonus(BonusKind.CHALLENGE, goal=Goal.ORDERS, goal_count=9)
        make_editor("Marta Conti", "marta")
    order = sold("one")
    with work():
        settle_sale(actor=TESTS, order_id=order)
    told = [one for one in outbox() if "Welcome" in one.subject]
    assert [one.subject for one in told] == ["You have earned Welcome, Giulia"]
    assert "€20.00 comes on top" in told[0].text and "until the time to return it is over" in told[0].text
    with work():
        end_bonus(actor=TESTS, bonus_id=race, reason="Enough")
    run_jobs("bonuses.tell_end")
    ends = [one for one in outbox() if "ends earlier" in one.subject]
    assert [one.subject for one in ends] == ["Welcome ends earlier, Marta"], "Giulia has it already"
    with work():
        end_bonus(actor=TESTS, bonus_id=later, reason="Enough")
    run_jobs("bonuses.tell_end")
    assert len([one for one in outbox() if "ends earlier" in one.subject]) == 3


def test_a_bonus_that_was_earned_and_never_written_down_is_found_and_named(shop, work, clock):
    with work():
        first = bonus()
        bonus(BonusKind.CHALLENGE, goal=Goal.ORDERS, goal_count=2)
        bonus(BonusKind.CHALLENGE, goal=Goal.NET, goal_count=10_000)
        click(shop.code, "one", b"one".ljust(16))
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, SHIRT, visit="one", email="one@example.test")
        tell_paid(order)
    with work():
        assert verify().ok, "the news is on its way"
        db.session.execute(text("DELETE FROM procrastinate_jobs"))
        found = verify()
        assert found.fault == "a bonus was earned and nobody wrote it down"
        assert (found.row["bonus"], found.row["editor_id"]) == (first, shop.editor_id)
    with work():
        settle_sale(actor=TESTS, order_id=order)
    with work():
        assert verify().ok and awards() == [(P.PENDING, 2000), (P.PENDING, 2000)]
