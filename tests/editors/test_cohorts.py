"""Pilot groups: their places, what only they have, and how they do beside the rest."""

from datetime import date

import pytest
from sqlalchemy import select

from editors.cohorts import actions
from editors.cohorts.actions import CohortDraft
from editors.cohorts.errors import CohortFull
from editors.cohorts.features import Feature
from editors.cohorts.models import Cohort, CohortMember
from editors.membership import ports
from editors.membership.models import Editor
from editors.membership.ports import Done
from foundation.accounts.permissions import Role
from foundation.db import db
from tests.editors.conftest import STAFF, make_editor
from tests.races import at_once, meeting

TODAY = date(2026, 3, 2)
DRAFT = CohortDraft(
    name="First ten",
    name_it=None,
    words="Mentors, before the others.",
    words_it=None,
    cap=1,
    first_day=TODAY,
    last_day=date(2026, 3, 31),
    features=[Feature.MENTORS],
)


class Counting:
    def done(self, editor_ids, since, until):
        return {one: Done(clicks=7, orders=2, earned_minor=1250) for one in editor_ids}


def test_a_group_has_places_a_feature_and_a_report(work, account, client_of, clock, monkeypatch):
    monkeypatch.setattr(ports._Port, "counting", Counting())
    community = client_of(account("community@example.test", Role.COMMUNITY))
    at = "/staff/programme/groups"
    form = {"name": "First ten", "words": "Mentors, first.", "cap": "1", "features": ["mentors"]}
    days = {"first_day": "2026-03-02", "last_day": "2026-03-31"}
    assert community.post(f"{at}/new", data=form | days | {"last_day": "2026-03-01"}).status_code == 422
    assert community.post(f"{at}/new", data=form | days).status_code == 303
    with work():
        cohort = db.session.scalars(select(Cohort.id)).one()
        people = [make_editor(), make_editor("Amina Sesay", "amina")]
        numbers = [db.session.get_one(Editor, one).account_id for one in people]
    giulia, amina = [client_of(one) for one in numbers]
    assert giulia.get("/studio/mentor").status_code == 200
    community.post(f"{at}/features", data={"feature": "mentors"})
    assert giulia.get("/studio/mentor").status_code == 403
    assert "First ten" in giulia.get("/studio/membership").text
    giulia.post(f"/studio/groups/{cohort}/join")
    assert giulia.get("/studio/mentor").status_code == 200
    assert (
        "Every place in this group is taken."
        in amina.post(f"/studio/groups/{cohort}/join", follow_redirects=True).text
    )
    full = community.post(f"{at}/{cohort}/members", data={"handle": "amina"})
    assert full.status_code == 409
    assert 'value="amina"' in full.text
    report = community.get(f"{at}/{cohort}").text
    assert "12.50" in report
    assert "Giulia Ferri" in report
    clock.advance(days=40)
    assert giulia.get("/studio/mentor").status_code == 403
    community.post(f"{at}/features", data={})
    assert amina.get("/studio/mentor").status_code == 200
    assert giulia.post(f"/studio/groups/{cohort}/leave").status_code == 303
    assert giulia.post(f"/studio/groups/{cohort}/leave").status_code == 404
    with work():
        assert db.session.get_one(Cohort, cohort).members == 0


@pytest.fixture
def last_place(app, work, clock):
    """Two editors want the one place at the same moment."""

    def run():
        with work():
            cohort = actions.save_cohort(actor=STAFF, draft=DRAFT).id
            people = [make_editor(), make_editor("Amina Sesay", "amina")]
        met = at_once(
            app,
            *[
                lambda one=one: actions.join_cohort(actor=STAFF, cohort_id=cohort, editor_id=one, day=TODAY)
                for one in people
            ],
        )
        with work():
            return [type(error) for error in met], len(db.session.scalars(select(CohortMember.id)).all())

    return run


def test_the_last_place_is_taken_once(last_place):
    assert last_place() == ([CohortFull], 1)


def test_without_the_conditional_write_it_is_taken_twice(last_place, monkeypatch):
    """The twin: both read that there is a place."""
    read = meeting(lambda cohort_id: db.session.get_one(Cohort, cohort_id).members < 1)
    monkeypatch.setattr(actions, "_take_place", read)
    assert last_place() == ([], 2)
