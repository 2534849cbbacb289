"""Rewards for hosts: what a rule makes of an evening, once, beside sums done by hand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import floor

import pytest
from sqlalchemy import func, select, text

from commissions.bonuses.models import Award
from commissions.hosting import actions, jobs, ports
from commissions.hosting.actions import RuleDraft, begin_rule, end_rule, give_reward, refuse_reward
from commissions.hosting.errors import GivenAlready, NothingToGive, OneOfTwo, RuleOver, RuleRuns, ShareTooHigh
from commissions.hosting.models import HostReward
from commissions.hosting.policy import Terms
from commissions.hosting.ports import Hosted, hosted_by
from commissions.hosting.queries import rule_at, waiting
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.models import Message
from tests.commissions.conftest import make_staff
from tests.commissions.sales import TESTS
from tests.editors.conftest import make_editor
from tests.events.conftest import make_store
from tests.races import at_once, meeting, without_unique

DAY = timedelta(days=1)


class Told:
    """Events as another package would tell of them."""

    def __init__(self) -> None:
        self.events: dict[str, Hosted] = {}

    def add(self, event: str, editor_id: int, place_id: int, **more: object) -> None:
        now = shop_clock.now()
        values: dict[str, object] = {
            "event": event,
            "title": f"Evening {event}",
            "title_it": f"Serata {event}",
            "editor_id": editor_id,
            "place_id": place_id,
            "agreed_at": now,
            "ended_at": now,
            "guests": 0,
            "nets": {},
            "final": False,
        }
        self.events[event] = Hosted(**values | more)  # type: ignore[arg-type]

    def hosted_since(self, ended_after: datetime) -> list[Hosted]:
        return [one for one in self.events.values() if one.ended_at > ended_after]

    def hosted(self, event: str) -> Hosted | None:
        return self.events.get(event)


@pytest.fixture
def told(app) -> Iterator[Told]:
    before, known = ports._Port.known, Told()
    hosted_by(known)
    yield known
    hosted_by(before)


@pytest.fixture
def host(work, clock) -> int:
    with work():
        return make_editor()


@pytest.fixture
def store(work, clock) -> int:
    with work():
        return make_store()


@pytest.fixture
def give_what_is_due(app):
    """As the job does it; how many events gave something."""

    def give() -> int:
        with app.app_context():
            return jobs.give_what_is_due()

    return give


def rule(**more: object) -> int:
    values: dict[str, object] = {"currency": "EUR", "begins": shop_clock.now(), "reason": "A first season"}
    if "rate_bps" not in more:
        values["each_minor"] = 5_00
    return begin_rule(actor=TESTS, draft=RuleDraft(**values | more)).id  # type: ignore[arg-type]


def booked(editor_id: int) -> list[tuple[str, int, str]]:
    rows = db.session.execute(
        select(Award.name, Award.amount_minor, Award.status)
        .where(Award.editor_id == editor_id)
        .order_by(Award.id)
    )
    return [(row[0], row[1], str(row[2])) for row in rows]


def test_each_guest_who_came_is_paid_seven_days_after_and_once(
    work, told, host, store, clock, run_jobs, give_what_is_due
):
    with work():
        rule()
    clock.advance(minutes=1)
    with work():
        told.add("denim", host, store, guests=17)
    clock.advance(days=7, minutes=-1)
    with work():
        assert [one.due(shop_clock.now()) for one in waiting(shop_clock.now())] == [False]
    give_what_is_due()
    with work():
        assert booked(host) == []
    told.events["denim"] = replace(told.events["denim"], guests=18)
    clock.advance(minutes=1)
    assert (give_what_is_due(), give_what_is_due()) == (1, 0)
    run_jobs()
    with work():
        assert booked(host) == [("Hosting: Evening denim", 90_00, "payable")]
        assert editor_balance(host, "EUR").payable.minor == 90_00
        letters = db.session.scalars(select(Message.subject)).all()
        assert [one for one in letters if "Evening denim: €90.00" in one or "Serata denim: 90,00" in one]
        assert waiting(shop_clock.now()) == []
        assert verify().ok


def test_a_share_is_given_when_the_report_is_final_and_of_what_nobody_else_earns_by(
    work, told, host, store, clock, give_what_is_due
):
    with work():
        rule(rate_bps=250, most_minor=40_00)
    clock.advance(minutes=1)
    with work():
        told.add("linen", host, store, guests=3, nets={"EUR": 1234_56, "USD": 9_999_99})
        told.add("wool", host, store, nets={"EUR": 5000_00})
        told.add("silk", host, store, nets={"EUR": 39})
    clock.advance(days=60)
    assert give_what_is_due() == 0
    for event, one in list(told.events.items()):
        told.add(
            event, host, store, nets=one.nets, agreed_at=one.agreed_at, ended_at=one.ended_at, final=True
        )
    assert give_what_is_due() == 2
    with work():
        # 1,234.56 * 2.5 % = 30.864, floored; 125.00 is more than 40.00; 0.39 * 2.5 % is no cent.
        assert [one[1] for one in booked(host)] == [30_86, 40_00]
        silk = db.session.scalars(select(HostReward).where(HostReward.event == "silk")).one()
        assert (silk.amount_minor, silk.award_id, silk.net_minor) == (0, None, 39)
        assert verify().ok


def test_what_was_promised_when_the_store_said_yes_holds(work, told, host, store, clock, give_what_is_due):
    with work():
        other = make_store("milano")
        assert rule_at(store, shop_clock.now()) is None
        told.add("before", host, store, guests=10)
    clock.advance(minutes=1)
    with work():
        every = rule()
        own = rule(each_minor=8_00, place_id=store)
        with pytest.raises(RuleRuns):
            rule(each_minor=1)
        with pytest.raises(RuleRuns):
            rule(rate_bps=100, place_id=store)
    clock.advance(minutes=1)
    with work():
        told.add("here", host, store, guests=1)
        told.add("there", host, other, guests=1)
        end_rule(actor=TESTS, rule_id=own, reason="Too dear")
        with pytest.raises(RuleOver):
            end_rule(actor=TESTS, rule_id=own, reason="Again")
    clock.advance(days=29)
    with work():
        told.add("within", host, store, guests=1)
    clock.advance(days=2)
    with work():
        told.add("after", host, store, guests=1)
        never = rule(each_minor=9_00, place_id=store, begins=shop_clock.now() + 5 * DAY)
        assert end_rule(actor=TESTS, rule_id=never, reason="A slip").ends_at is not None
    clock.advance(days=8)
    give_what_is_due()
    with work():
        given = {one.event: (one.rule_id, one.amount_minor) for one in db.session.scalars(select(HostReward))}
        assert given == {
            "here": (own, 8_00),
            "there": (every, 5_00),
            "within": (own, 8_00),
            "after": (every, 5_00),
        }


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"rate_bps": 2001}, ShareTooHigh),
        ({"rate_bps": 0}, ShareTooHigh),
        ({"each_minor": 5, "rate_bps": 5}, OneOfTwo),
        ({"each_minor": None}, OneOfTwo),
    ],
)
def test_a_rule_says_one_of_two_and_at_most_a_fifth(work, clock, more, refused):
    with work(), pytest.raises(refused):
        rule(**more)


def test_staff_say_why_an_evening_gives_nothing_and_neither_is_undone(
    work, told, host, store, clock, give_what_is_due
):
    with work():
        rule()
    clock.advance(minutes=1)
    with work():
        told.add("empty", host, store, guests=4)
        told.add("full", host, store, guests=4)
    with work():
        refuse_reward(actor=TESTS, event="empty", reason="Four names, one address.")
        with pytest.raises(GivenAlready):
            refuse_reward(actor=TESTS, event="empty", reason="Again")
        with pytest.raises(NothingToGive):
            refuse_reward(actor=TESTS, event="nowhere", reason="Again")
    clock.advance(days=8)
    assert give_what_is_due() == 1
    with work():
        assert [one[0] for one in booked(host)] == ["Hosting: Evening full"]
        with pytest.raises(GivenAlready):
            refuse_reward(actor=TESTS, event="full", reason="Too late")
        assert verify().ok


def test_two_workers_give_once_and_without_the_constraint_twice(
    work, told, host, store, clock, app, monkeypatch
):
    with work():
        rule()
    clock.advance(minutes=1)
    with work():
        told.add("denim", host, store, guests=2)
        told.add("wool", host, store, guests=2)
    clock.advance(days=8)
    counted = meeting(actions.waiting_for)
    monkeypatch.setattr(actions, "waiting_for", counted)
    jobs = [lambda: give_reward(actor=TESTS, event="denim")] * 2
    assert at_once(app, *jobs) == []
    with work():
        assert [one[1] for one in booked(host)] == [10_00]
    with without_unique(work, "uq_host_rewards_event", "uq_awards_event"):
        monkeypatch.setattr(
            actions.insert_or_skip(HostReward).__class__,
            "on_conflict_do_nothing",
            lambda self, **_named: self,
        )
        assert at_once(app, *[lambda: give_reward(actor=TESTS, event="wool")] * 2) == []
        with work():
            assert [one[1] for one in booked(host)] == [10_00, 10_00, 10_00]


def test_the_proof_names_a_reward_that_somebody_changed(work, told, host, store, clock, give_what_is_due):
    with work():
        rule()
    clock.advance(minutes=1)
    with work():
        told.add("denim", host, store, guests=2)
    clock.advance(days=8)
    give_what_is_due()
    with work():
        assert verify().ok
        db.session.execute(text("UPDATE host_rewards SET guests = 3"))
        found = verify()
        assert not found.ok and found.fault == "a host's reward is not what its rule makes of the event"
        db.session.rollback()


def test_the_arithmetic_is_that_of_fractions():
    dice = random.Random(64)
    for _ in range(500):
        guests, net = dice.randint(0, 500), dice.randint(-1000, 10**9)
        most = dice.choice([None, dice.randint(1, 10**6)])
        each, rate = (dice.randint(1, 10**5), None) if dice.random() < 0.5 else (None, dice.randint(1, 2000))
        made = Terms(each_minor=each, rate_bps=rate, most_minor=most).reward_minor(
            guests=guests, net_minor=net
        )
        exact = Fraction(guests) * each if each else Fraction(max(0, net)) * Fraction(rate or 0, 10_000)
        assert made == floor(min(exact, Fraction(most)) if most is not None else exact)


def test_the_pages_of_staff(work, told, host, store, clock, client_of):
    with work():
        owner, finance = make_staff("Olga", Role.OWNER), make_staff("Luca", Role.FINANCE)
        keeper = make_staff("Paola", Role.STORE)
    olga, luca, paola = client_of(owner), client_of(finance), client_of(keeper)
    assert paola.get("/staff/hosting").status_code == 403
    assert luca.get("/staff/hosting/new").status_code == 403
    assert "Hosting is for the joy of it" in luca.get("/staff/hosting").text
    first = shop_clock.now().date().isoformat()
    right = {"way": "guest", "each": "5", "first_day": first, "reason": "A first season", "most": "120"}
    for wrong, words in (
        ({"each": ""}, "Write an amount, such as 5 or 7.50."),
        ({"each": "five"}, "Write an amount"),
        ({"way": "share", "percent": ""}, "Write a percentage up to 20"),
        ({"way": "share", "percent": "21"}, "Write a percentage up to 20"),
        ({"first_day": ""}, "Choose a day."),
        ({"reason": " "}, "Say it in a few words"),
        ({"place": "999"}, "Choose one from the list."),
        ({"most": "0"}, "Write an amount"),
    ):
        refused = olga.post("/staff/hosting/new", data=right | wrong)
        assert refused.status_code == 422 and words in refused.text, wrong
    assert olga.post("/staff/hosting/new", data=right).status_code == 303
    again = olga.post("/staff/hosting/new", data=right)
    assert again.status_code == 422 and "There is a rule for this in those days already." in again.text
    shown = luca.get("/staff/hosting").text
    assert "€5.00 for each guest who comes, €120.00 at most" in shown and "Every store" in shown
    clock.advance(minutes=1)
    with work():
        told.add("denim", host, store, guests=30)
        (rule_id,) = db.session.scalars(text("SELECT id FROM host_rules")).all()
    assert "€120.00" in luca.get("/staff/hosting", headers={"Accept-Language": "en"}).text
    page = "/staff/hosting/events/denim/refuse"
    assert luca.get(page).status_code == 403
    assert "Evening denim would give €120.00" in olga.get(page).text
    assert olga.post(page, data={"reason": ""}).status_code == 422
    assert olga.post(page, data={"reason": "Thirty names, one hand."}).status_code == 303
    assert "Thirty names, one hand." in luca.get("/staff/hosting").text
    assert olga.get("/staff/hosting/events/nowhere/refuse").status_code == 404
    end = f"/staff/hosting/{rule_id}/end"
    assert "Ospitare è un piacere" not in olga.get(end, headers={"Accept-Language": "it"}).text
    assert olga.post(end, data={"reason": "Too dear"}).status_code == 303
    assert olga.post(end, data={"reason": "Too dear"}).status_code == 303
    assert "was ended already" in olga.get("/staff/hosting").text
    with work():
        assert db.session.scalar(select(func.count(Award.id))) == 0


def test_what_waits_is_asked_in_as_many_statements_for_one_evening_as_for_many(
    work, told, host, store, statements
):
    with work():
        rule(place_id=store)
        rule(each_minor=7_00)
        asked = []
        for number in range(5):
            told.add(f"evening-{number}", host, store if number % 2 else store + 1)
            with statements() as seen:
                found = waiting(shop_clock.now())
            asked.append(seen.count)
    assert set(asked) == {2}
    # The rule of the store, else that of all.
    assert [one.rule.each_minor for one in found] == [7_00, 5_00, 7_00, 5_00, 7_00]
