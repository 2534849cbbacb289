"""Steps and what is missing for the next, mentors, and what the lead pins in every studio."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from editors.briefs.models import Brief
from editors.membership import ports, standing
from editors.membership.models import Editor
from editors.membership.ports import Done
from editors.mentors import actions as mentors
from editors.mentors.errors import AskedAlready, HasAMentor, NoSuchMentorship, NotYourself
from editors.mentors.models import Mentorship
from editors.tiers import actions as tiers
from editors.tiers.actions import TierDraft
from editors.tiers.models import EditorTier, Tier
from editors.tiers.policy import Measure, Move, Step, decide, following
from editors.tiers.queries import tier_of
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.models import Message
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
from tests.races import at_once, without_unique

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FIRST, SECOND = Step(1, 1, 0), Step(2, 3, 5)


@pytest.mark.parametrize(
    ("here", "measure", "falls_at", "what_happens"),
    [
        (None, Measure(0, 0), None, (Move.STAY, None)),
        (None, Measure(1, 0), None, (Move.UP, FIRST)),
        (FIRST, Measure(3, 5), None, (Move.UP, SECOND)),
        (FIRST, Measure(9, 4), None, (Move.STAY, FIRST)),
        (SECOND, Measure(3, 4), None, (Move.WARN, SECOND)),
        (SECOND, Measure(3, 4), NOW + timedelta(days=1), (Move.STAY, SECOND)),
        (SECOND, Measure(3, 5), NOW + timedelta(days=1), (Move.SAVED, SECOND)),
        (SECOND, Measure(3, 4), NOW, (Move.DOWN, FIRST)),
        (SECOND, Measure(0, 0), NOW, (Move.DOWN, None)),
        (Step(9, 1, 1), Measure(1, 0), None, (Move.UP, FIRST)),
    ],
)
def test_up_at_once_and_down_after_the_grace(here, measure, falls_at, what_happens):
    assert decide([SECOND, FIRST], here, measure, falls_at, NOW) == what_happens


def test_what_is_missing_is_never_less_than_nothing():
    assert following([SECOND, FIRST], None) == FIRST
    assert following([SECOND, FIRST], FIRST) == SECOND
    assert following([SECOND, FIRST], SECOND) is None
    assert SECOND.missing(Measure(7, 3)) == Measure(0, 2)


class Counting:
    """So many kept orders, whoever asks."""

    def __init__(self, orders):
        self.orders = orders

    def done(self, editor_ids, since, until):
        return {one: Done(orders=self.orders) for one in editor_ids}


@pytest.fixture
def community(account, client_of):
    return client_of(account("community@example.test", Role.COMMUNITY))


def test_editors_move_at_night_and_read_what_is_missing(
    work, client_of, community, clock, run_jobs, monkeypatch
):
    new = {"name": "Atelier", "name_it": "Atelier", "looks_needed": "1", "orders_needed": "2"}
    assert community.post("/staff/programme/steps/new", data=new | {"orders_needed": "-1"}).status_code == 422
    assert community.post("/staff/programme/steps/new", data=new).status_code == 303
    with work():
        editor = make_editor()
        number = db.session.get_one(Editor, editor).account_id
        make_look(editor, [make_product(), make_product("lina", "Lina")])
        monkeypatch.setattr(ports._Port, "counting", Counting(1))
        assert tiers.move_everybody() == {Move.STAY: 1}
    browser = client_of(number)
    assert "For Atelier you still need: 1 kept order." in browser.get("/studio").text
    assert "For Atelier you still need: 1 kept order." in browser.get("/studio/membership").text
    monkeypatch.setattr(ports._Port, "counting", Counting(2))
    with work():
        assert tiers.move_everybody() == {Move.UP: 1}
        assert tiers.move_everybody() == {Move.STAY: 1}
        assert tier_of(editor).name == "Atelier"
    assert "There is no higher one." in browser.get("/studio").text
    monkeypatch.setattr(ports._Port, "counting", Counting(0))
    with work():
        assert tiers.move_everybody() == {Move.WARN: 1}
        clock.advance(days=13)
        assert tiers.move_everybody() == {Move.STAY: 1}
    assert "Missing for it: 2 kept orders." in browser.get("/studio").text
    with work():
        clock.advance(days=2)
        assert tiers.move_everybody() == {Move.DOWN: 1}
        assert db.session.scalars(select(EditorTier)).all() == []
        subjects = db.session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert subjects[-3:] == [
            "A step up: Atelier",
            "Your step is in question, Giulia",
            "You are on no step just now, Giulia",
        ]
        tier = db.session.scalars(select(Tier.id)).one()
    assert community.post(f"/staff/programme/steps/{tier}/retire").status_code == 303
    assert "There are no steps" in community.get("/staff/programme/steps").text


def test_who_stood_on_a_step_that_is_taken_away_stands_on_the_highest_they_fulfil(work, monkeypatch):
    monkeypatch.setattr(ports._Port, "counting", Counting(5))
    with work():
        needs = {"name_it": None, "perks": "", "perks_it": None, "looks_needed": 0}
        tiers.save_tier(actor=STAFF, draft=TierDraft(name="First", orders_needed=1, **needs))
        high = tiers.save_tier(actor=STAFF, draft=TierDraft(name="High", orders_needed=5, **needs))
        editor = make_editor()
        tiers.move_everybody()
        assert tier_of(editor).name == "High"
        tiers.retire_tier(actor=STAFF, tier_id=high.id)
        tiers.move_everybody()
        assert tier_of(editor).name == "First"


@pytest.fixture
def two(work):
    with work():
        return make_editor(), make_editor("Amina Sesay", "amina")


def test_a_mentor_is_asked_accepts_and_is_parted_from_by_either(work, client_of, two):
    with work():
        giulia, amina = [client_of(db.session.get_one(Editor, one).account_id) for one in two]
    at = "/studio/mentor"
    assert "That is you." in giulia.post(at, data={"handle": "giulia", "as": "learner"}).text
    assert giulia.post(at, data={"handle": "nobody", "as": "learner"}).status_code == 400
    assert giulia.post(at, data={"handle": "@Amina", "as": "learner"}).status_code == 303
    assert amina.post(at, data={"handle": "giulia", "as": "mentor"}).status_code == 409
    with work():
        bond = db.session.scalars(select(Mentorship)).one()
        assert (bond.learner_id, bond.mentor_id) == two
        number = bond.id
    assert giulia.post(f"{at}/{number}/accept").status_code == 404
    assert "would like to learn with you" in amina.get(at).text
    asked = "Giulia Ferri would like you as a mentor."
    assert asked in amina.get("/studio").text and "as a mentor" not in giulia.get("/studio").text
    assert amina.post(f"{at}/{number}/accept").status_code == 303
    assert asked not in amina.get("/studio").text
    assert "your mentor" in giulia.get(at).text
    assert giulia.post(f"{at}/{number}/end").status_code == 303
    assert amina.post(f"{at}/{number}/end").status_code == 404
    with work():
        subjects = db.session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert subjects[-3:] == [
            "Giulia Ferri would like you as a mentor",
            "Amina Sesay said yes",
            "You and Giulia Ferri go on by yourselves",
        ]


def test_there_is_one_mentor_at_a_time(work, two):
    giulia, amina = two
    with work():
        third = make_editor("Noemi Russo", "noemi")
        first = mentors.ask(actor=STAFF, editor_id=giulia, handle="amina", to_learn=True)
        second = mentors.ask(actor=STAFF, editor_id=third, handle="giulia", to_learn=False)
        mentors.accept(actor=STAFF, mentorship_id=first.id, editor_id=amina)
        with pytest.raises(HasAMentor):
            mentors.accept(actor=STAFF, mentorship_id=second.id, editor_id=giulia)
        with pytest.raises(NotYourself):
            mentors.ask(actor=STAFF, editor_id=third, handle="noemi", to_learn=True)
        with pytest.raises(NoSuchMentorship):
            mentors.end(actor=STAFF, mentorship_id=first.id, editor_id=third)


@pytest.fixture
def asked_at_once(app, work, two):
    """Two editors ask each other at the same moment."""

    def run():
        giulia, amina = two
        met = at_once(
            app,
            lambda: mentors.ask(actor=STAFF, editor_id=giulia, handle="amina", to_learn=True),
            lambda: mentors.ask(actor=STAFF, editor_id=amina, handle="giulia", to_learn=True),
        )
        with work():
            return [type(error) for error in met], len(db.session.scalars(select(Mentorship.id)).all())

    return run


def test_two_who_ask_each_other_at_once_have_one_question_between_them(asked_at_once):
    assert asked_at_once() == ([AskedAlready], 1)


def test_without_the_index_they_have_two(asked_at_once, work):
    with without_unique(work, "uq_mentorships_pair"):
        assert asked_at_once() == ([], 2)


def test_the_lead_writes_a_brief_with_picks_and_everybody_reads_it_signed(work, client_of, two, clock):
    amina = two[1]
    with work():
        standing.appoint_lead(actor=STAFF, editor_id=amina, reason="Her turn.")
        product = make_product()
        look = make_look(amina, [product, make_product("lina", "Lina")], "Platform four")
        accounts = [db.session.get_one(Editor, one).account_id for one in two]
    reader, lead = [client_of(one) for one in accounts]
    form = {"title": "Rain", "words": "Three layers.", "first_day": "2026-03-02", "last_day": "2026-03-09"}
    assert reader.post("/studio/briefs/new", data=form).status_code == 403
    assert reader.get("/studio/briefs").status_code == 403
    backwards = lead.post("/studio/briefs/new", data=form | {"last_day": "2026-03-01"})
    assert backwards.status_code == 422
    assert "Three layers." in backwards.text
    assert lead.post("/studio/briefs/new", data=form).status_code == 303
    with work():
        brief = db.session.scalars(select(Brief.id)).one()
    at = f"/studio/briefs/{brief}"
    assert "Platform four" in lead.get(f"{at}?q=platform").text
    lead.post(f"{at}/picks", data={"product": product})
    lead.post(f"{at}/picks", data={"look": look})
    lead.post(f"{at}/picks", data={"look": look})
    assert lead.post(f"{at}/picks", data={"look": look + 1000}).status_code == 404
    page = reader.get("/studio").text
    assert "Three layers." in page
    assert "Amina Sesay, lead of the programme" in page
    assert page.count("Corso denim jacket") == 1
    assert "Platform four" in page
    clock.advance(days=8)
    assert "Three layers." not in reader.get("/studio").text
    clock.advance(days=-8)
    lead.post(f"{at}/end")
    assert "Three layers." not in reader.get("/studio").text
