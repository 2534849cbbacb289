"""Coaching: the house pays a share of what learners keep sold, once a month, and never takes from anybody."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from sqlalchemy import select, text

from commissions.accruals.actions import mature
from commissions.bonuses.models import Award
from commissions.coaching import actions
from commissions.coaching.actions import PlanDraft, begin_plan, close_month, end_plan
from commissions.coaching.errors import PlanOver, PlanRuns, RateTooHigh
from commissions.coaching.jobs import close_last_month
from commissions.coaching.models import CoachingLine, CoachingMonth
from commissions.coaching.policy import months_between
from commissions.coaching.queries import nets_of
from commissions.ledger.queries import editor_balance
from commissions.programme.queries import brought_whole
from commissions.results.policy import Span
from commissions.statements.proof import verify
from editors.mentors.models import Mentorship
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.commissions.conftest import make_staff
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
    window_link,
)
from tests.editors.conftest import make_editor
from tests.races import at_once, meeting, read_without_lock, without_unique

END_NOW = text("UPDATE mentorships SET ended_at = :now WHERE learner_id = :id AND ended_at IS NULL")
SHIRT = 12_200  # 100.00 without the tax of 22 %


def coached(mentor_id: int, learner_id: int) -> int:
    """They agreed just now; the id of the mentorship."""
    row = Mentorship(
        mentor_id=mentor_id,
        learner_id=learner_id,
        asked_by_id=learner_id,
        asked_at=shop_clock.now(),
        accepted_at=shop_clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def plan(coach_id: int, rate_bps: int = 200, **more: object) -> int:
    draft = PlanDraft(
        coach_id=coach_id,
        rate_bps=rate_bps,
        currency="EUR",
        begins=shop_clock.now(),
        reason="She looks at every draft",
        **more,  # type: ignore[arg-type]
    )
    return begin_plan(actor=TESTS, draft=draft).id


@pytest.fixture
def coach(shop, work) -> int:
    with work():
        made = make_editor("Amina Sesay", "amina")
        coached(made, shop.editor_id)
    return made


@pytest.fixture
def sold(work, clock, shop):
    """Sells by a link, and delivers at once; the order."""

    def sell_one(visit: str, minor: int = SHIRT, code: str = "") -> int:
        with work():
            click(code or shop.code, visit, visit.encode().ljust(16))
        clock.advance(minutes=20)
        with work():
            order = sell(
                shop.product_id, (Piece("Shirt", minor),), visit=visit, email=f"{visit}@example.test"
            )
        with work():
            tell_paid(order)
            deliver(order)
            tell_delivered(order)
        return order

    return sell_one


@pytest.fixture
def back(work):
    def give(order: int, minor: int = SHIRT) -> None:
        with work():
            refund = give_back(order, 1, minor, by_pieces=False)
        with work():
            tell_refunded(order, refund)

    return give


@pytest.fixture
def to(app, clock, work):
    """Time goes on to the second of a month: what is due becomes payable, and the month before is closed."""

    def go(month: int) -> None:
        with work():
            pass
        clock.freeze(datetime(2026, month, 1, 9, tzinfo=clock.now.tzinfo) - timedelta(days=2))
        with work():
            mature(actor=TESTS)
        clock.freeze(datetime(2026, month, 1, 9, tzinfo=clock.now.tzinfo))
        with app.app_context():
            close_last_month()

    return go


def months() -> list[tuple[date, int, int, int]]:
    rows = db.session.scalars(select(CoachingMonth).order_by(CoachingMonth.month))
    return [(one.month, one.target_minor, one.before_minor, one.amount_minor) for one in rows]


def payable(editor_id: int) -> int:
    assert verify().ok, verify()
    return editor_balance(editor_id, "EUR").payable.minor


def test_a_coach_is_given_a_share_of_what_their_learner_keeps_sold_and_the_learner_loses_nothing(
    shop, coach, work, sold, to, outbox
):
    with work():
        plan(coach)
    sold("one")
    to(4)
    with work():
        assert months() == [(date(2026, 3, 1), 0, 0, 0)]  # its time to return is not over
        assert payable(coach) == 0
    to(5)
    with work():
        earned = payable(shop.editor_id)
        assert months()[1] == (date(2026, 4, 1), 200, 0, 200)
        line = db.session.scalars(select(CoachingLine)).one()
        assert (line.learner_id, line.net_minor, line.share_minor) == (shop.editor_id, 10_000, 200)
        assert payable(coach) == 200
        award = db.session.scalars(select(Award)).one()
        assert (award.name, award.name_it, award.status) == (
            "Coaching, April 2026",
            "Coaching, aprile 2026",
            "payable",
        )
        assert (
            earned
            == db.session.execute(
                text("SELECT sum(accrued_minor) FROM commissions WHERE editor_id = :id"),
                {"id": shop.editor_id},
            ).scalar_one()
        )
        span = Span(date(2026, 3, 1), date(2026, 5, 31))
        assert brought_whole("EUR", "Europe/Rome", span).cost_minor == earned + 200
    (letter,) = [one for one in outbox() if "coaching in" in one.subject]
    assert "€2.00" in letter.text


def test_what_comes_back_later_makes_the_next_months_less_and_never_a_debt(shop, coach, work, sold, back, to):
    with work():
        plan(coach)
    first = sold("one")
    to(5)
    back(first)
    sold("two", SHIRT // 2)
    to(6)
    to(7)
    sold("three", SHIRT)
    to(8)
    to(9)
    with work():
        assert [row[1:] for row in months()] == [
            (200, 0, 200),
            (0, 200, 0),
            (100, 200, 0),
            (100, 200, 0),
            (300, 200, 100),
        ]
        assert payable(coach) == 300


def test_only_sales_while_the_coaching_and_the_plan_ran_count_and_never_the_coachs_own(
    shop, coach, work, clock, sold, to
):
    with work():
        own = window_link(coach)
    sold("before the plan")
    clock.advance(hours=1)
    with work():
        plan_id = plan(coach)
    sold("by the coach", code=own)
    sold("counts")
    clock.advance(hours=1)
    with work():
        db.session.execute(text("UPDATE mentorships SET ended_at = :now"), {"now": clock.now})
    clock.advance(hours=1)
    sold("after the coaching")
    clock.advance(hours=1)
    with work():
        coached(coach, shop.editor_id)
        end_plan(actor=TESTS, plan_id=plan_id, reason="The year is over")
        with pytest.raises(PlanOver):
            end_plan(actor=TESTS, plan_id=plan_id, reason="Again")
        with pytest.raises(PlanRuns):
            plan(coach)
    clock.advance(days=31)
    sold("after the plan")
    to(6)
    to(7)
    with work():
        assert nets_of(plan_id, clock.now) == {shop.editor_id: 10_000}
        assert sum(row[3] for row in months()) == 200
        assert plan(coach) > plan_id  # the old one is over


def test_a_pilot_group_pays_its_lead_for_every_member_but_the_lead(shop, coach, work, sold, to):
    with work():
        db.session.execute(
            text(
                "INSERT INTO cohorts (id, name, words, cap, members, first_day, last_day, features)"
                " VALUES (9, 'First', '', 10, 2, '2026-01-01', '2026-12-31', '{}')"
            )
        )
        for editor_id in (coach, shop.editor_id):
            db.session.execute(
                text("INSERT INTO cohort_members (cohort_id, editor_id, joined_at) VALUES (9, :id, :now)"),
                {"id": editor_id, "now": shop_clock.now()},
            )
        own = window_link(coach)
        plan(coach, 500, cohort_id=9)
    sold("one")
    sold("two", code=own)
    to(5)
    with work():
        assert months()[-1] == (date(2026, 4, 1), 500, 0, 500)


def test_a_share_is_at_most_a_fifth(shop, coach, work):
    with work():
        for rate in (0, 2001):
            with pytest.raises(RateTooHigh):
                plan(coach, rate)


def _closed_at_once(app, work, coach, sold, clock, monkeypatch) -> list[int]:
    with work():
        plan_id = plan(coach)
    sold("one")
    clock.advance(days=40)
    with work():
        mature(actor=TESTS)
    clock.advance(hours=1)
    monkeypatch.setattr(actions, "given_minor", meeting(actions.given_minor))
    monkeypatch.setattr(actions, "lock_rows", read_without_lock)
    values = {"month": date(2026, 4, 1), "until": clock.now, "name": "C", "name_it": "C"}
    met = at_once(app, *(lambda: close_month(actor=TESTS, plan_id=plan_id, **values) for _ in range(2)))
    assert met == []
    with work():
        return list(db.session.scalars(select(Award.amount_minor)))


def test_two_workers_at_once_give_a_month_once_even_without_the_lock(
    shop, app, work, coach, sold, clock, monkeypatch
):
    assert _closed_at_once(app, work, coach, sold, clock, monkeypatch) == [200]


def test_without_the_constraints_both_would_give_it(shop, app, work, coach, sold, clock, monkeypatch):
    with without_unique(work, "uq_coaching_months_plan_id_month", "uq_awards_plan_id_month"):
        # An insert that skips needs an index to ask.
        inserting = actions.insert_or_skip
        monkeypatch.setattr(actions, "insert_or_skip", lambda model: _Bare(inserting(model)))
        assert _closed_at_once(app, work, coach, sold, clock, monkeypatch) == [200, 200]


class _Bare:
    """An insert that never skips."""

    def __init__(self, statement):
        self.statement = statement

    def values(self, **values):
        return _Bare(self.statement.values(**values))

    def on_conflict_do_nothing(self, **_):
        return self.statement


def test_verify_names_a_month_that_was_changed_by_hand(shop, coach, work, sold, to):
    with work():
        plan(coach)
    sold("one")
    to(5)
    for change, says in (
        (
            "UPDATE coaching_lines SET share_minor = 199",
            "a month of coaching is not what its learners make it",
        ),
        (
            "UPDATE coaching_months SET before_minor = 1, amount_minor = 199 WHERE target_minor = 200",
            "a month of coaching forgets what was given before",
        ),
        (
            "UPDATE coaching_months SET target_minor = 201, amount_minor = 201 WHERE target_minor = 200;"
            "UPDATE coaching_lines SET net_minor = 10050, share_minor = 201",
            "a month of coaching is not what was booked",
        ),
        (
            "UPDATE coaching_lines SET net_minor = 10049, share_minor = 200",
            "coaching counts more than a learner has sold",
        ),
        ("DELETE FROM coaching_lines; DELETE FROM coaching_months", "an award of coaching has no month"),
    ):
        with pytest.raises(ZeroDivisionError), work():
            db.session.execute(text(change))
            found = verify()
            assert not found.ok
            assert says in str(found), (says, found)
            raise ZeroDivisionError  # nothing of it stays
    with work():
        assert verify().ok


@dataclass
class Told:
    """A sale as the oracle knows it."""

    learner: int
    paid: datetime
    minor: int
    back: list[tuple[datetime, int]]


def targeted(told, spans, matured: datetime, rate: int) -> int:
    """What the oracle makes of all sales that were ripe by then, of whoever was coached as they were paid."""
    nets: dict[int, int] = defaultdict(int)
    for sale in told:
        in_time = any(
            start <= sale.paid and (end is None or sale.paid < end) for start, end in spans[sale.learner]
        )
        if in_time and sale.paid + timedelta(days=30) <= matured:
            kept = Decimal(sale.minor - sum(one[1] for one in sale.back))
            nets[sale.learner] += int((kept * 10_000 / 12_200).quantize(Decimal(1), ROUND_HALF_UP))
    return sum(int((Decimal(net) * rate / 10_000).quantize(Decimal(1), ROUND_FLOOR)) for net in nets.values())


@pytest.mark.parametrize("seed", range(3))
def test_random_lives_of_coaching_come_to_the_cent_of_an_oracle(
    seed, shop, coach, app, work, clock, sold, back
):
    rng = random.Random(seed)
    with work():
        third = make_editor("Noemi Riva", "noemi")
        codes = {shop.editor_id: shop.code, third: window_link(third)}
        spans: dict[int, list[list[datetime | None]]] = defaultdict(list)
        spans[shop.editor_id].append([clock.now, None])
        rate = rng.choice([1, 37, 250, 1999])
        plan(coach, rate)
    told: dict[int, Told] = {}
    given, expected = 0, []
    for month in months_between(date(2026, 3, 1), date(2026, 8, 1)):
        for number in range(rng.randint(0, 3)):
            learner = rng.choice(list(codes))
            minor = rng.randint(100, 30_000)
            order = sold(f"{month}-{number}", minor, codes[learner])
            told[order] = Told(learner, clock.now, minor, [])
            if rng.random() < 0.4:
                clock.advance(hours=1)
                if spans[third] and spans[third][-1][1] is None:
                    spans[third][-1][1] = clock.now
                    with work():
                        db.session.execute(END_NOW, {"now": clock.now, "id": third})
                else:
                    spans[third].append([clock.now, None])
                    with work():
                        coached(coach, third)
                clock.advance(hours=1)
        for order, sale in told.items():
            left = sale.minor - sum(one[1] for one in sale.back)
            if left and rng.random() < 0.3:
                part = rng.randint(1, left)
                back(order, part)
                sale.back.append((clock.now, part))
        until = datetime(month.year, month.month + 1, 1, tzinfo=clock.now.tzinfo) - timedelta(hours=2)
        clock.freeze(until - timedelta(hours=1))
        with work():
            mature(actor=TESTS)
        matured = clock.now
        clock.freeze(until + timedelta(hours=9))
        with app.app_context():
            close_last_month()
        target = targeted(told.values(), spans, matured, rate)
        amount = max(0, target - given)
        expected.append((month, target, given, amount))
        given += amount
    with work():
        assert months() == expected
        assert payable(coach) == given


def test_the_owner_begins_a_plan_everybody_concerned_reads_it_and_finance_changes_nothing(
    shop, coach, work, clock, sold, to, client_of, outbox
):
    with work():
        owner, finance = make_staff("Elena", Role.OWNER), make_staff("Fabio", Role.FINANCE)
        accounts = dict(db.session.execute(text("SELECT id, account_id FROM editors")).all())
    staff, money = client_of(owner), client_of(finance)
    filled = {
        "handle": "@amina", "cohort": "", "percent": "2.5", "first_day": clock.now.date().isoformat(),
        "reason": "She looks at every draft",
    }  # fmt: skip
    for wrong, words in (
        ({"handle": "nobody"}, "No active style editor has this handle."),
        ({"percent": "25"}, "Write a percentage up to 20"),
        ({"percent": "a lot"}, "Write a percentage up to 20"),
        ({"reason": ""}, "your colleagues read this later"),
        ({"first_day": "soon"}, "day"),
    ):
        refused = staff.post("/staff/coaching/new", data=filled | wrong)
        assert refused.status_code == 422
        assert words in refused.text
        assert "She looks at every draft" in refused.text or "reason" in wrong
    assert "Nobody is paid for coaching" in staff.get("/staff/coaching").text
    assert money.post("/staff/coaching/new", data=filled).status_code == 403
    made = staff.post("/staff/coaching/new", data=filled)
    assert made.status_code == 303
    assert "in those days already" in staff.post("/staff/coaching/new", data=filled).text
    sold("one")
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
    clock.advance(hours=1)
    page = money.get(made.location).text
    for words in ("2.5", "€2.50", "Giulia Ferri"):
        assert words in page, words
    assert "End the plan" not in page
    studio = client_of(accounts[coach]).get("/studio/coaching").text
    assert "As it is now, this month gives €2.50." in studio
    assert "What you earn by coaching" in client_of(accounts[coach]).get("/studio/mentor").text
    learner = client_of(accounts[shop.editor_id])
    assert "The shop pays Amina Sesay 2.5" in learner.get("/studio/mentor").text
    assert "Coaching" not in learner.get("/studio/earnings").text
    to(5)
    assert "All sales together make €2.50." in client_of(accounts[coach]).get("/studio/coaching").text
    italian = client_of(accounts[coach]).get("/studio/coaching?lang=it").text
    assert "aprile 2026" in italian and "Whose" not in italian
    assert staff.post(f"{made.location}/end", data={"reason": ""}).status_code == 422
    assert staff.post(f"{made.location}/end", data={"reason": "The year is over"}).status_code == 303
    assert [one.subject for one in outbox(to="amina@example.test")][-3:] != []
