"""Pilot groups: their places, what only they have, and how they do beside the rest."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from editors.cohorts import actions
from editors.cohorts.actions import CohortDraft
from editors.cohorts.errors import CohortFull
from editors.cohorts.models import Cohort, CohortMember
from editors.links.actions import make_link, make_packed
from editors.links.models import LinkTarget
from editors.links.queries import link_of
from editors.looks.actions import LookDraft, draft_look
from editors.looks.models import Occasion
from editors.looks.tagging import begin_with_photo
from editors.looks.together import invite_coauthor
from editors.membership import ports
from editors.membership.errors import PilotOnly
from editors.membership.features import Feature
from editors.membership.models import Editor
from editors.membership.ports import Done, withheld_from
from editors.mentors import actions as mentors
from editors.mentors.models import Mentorship
from editors.share.drawing import card_of
from editors.share.errors import OnlyForGroups
from editors.share.personal import give_all, give_code
from editors.share.queries import personal_code
from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.catalog.models import Variant
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
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
        look = make_look(people[0], [make_product()])
        link = make_link(actor=STAFF, editor_id=people[0], target=LinkTarget.LOOK, look_id=look).code
    giulia, amina = [client_of(one) for one in numbers]
    assert giulia.get("/studio/mentor").status_code == 200
    community.post(f"{at}/features", data={"feature": list(Feature)})
    first = "A few style editors try this first."
    for page in ("/studio/mentor", "/studio/looks/photo", f"/studio/share/{link}/bag"):
        refused = giulia.get(page)
        assert refused.status_code == 403
        assert first in refused.text
        assert 'href="/studio/membership"' in refused.text
    assert first in giulia.get(f"/studio/share/{link}").text
    assert "/studio/looks/photo" not in giulia.get("/studio/looks").text
    given = {"editor": str(people[0]), "percent": "10", "reason": "For friends"}
    store = client_of(account("owner@example.test", Role.OWNER))
    refused = store.post("/staff/personal-codes", data=given)
    assert refused.status_code == 409
    assert "Only pilot groups have personal codes now" in refused.text
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


def test_what_is_a_pilot_is_refused_where_it_begins_and_nowhere_else(work, clock):
    """One scene for every feature: refused outside of the group, with nothing written, and done inside."""
    with work():
        giulia, amina = make_editor(), make_editor("Amina Sesay", "amina")
        product = make_product()
        on_show = make_look(giulia, [product])
        draft = draft_look(actor=STAFF, editor_id=giulia, draft=LookDraft("Two", "–", Occasion.AWAY)).id
        link = make_link(actor=STAFF, editor_id=giulia, target=LinkTarget.LOOK, look_id=on_show)
        sizes = [(db.session.scalars(select(Variant.id)).first(), 1)]
        for feature in Feature:
            actions.keep_for_cohorts(actor=STAFF, feature=feature, only_cohorts=True)
        cohort = actions.save_cohort(actor=STAFF, draft=replace(DRAFT, features=list(Feature))).id
        begun = {
            Feature.MENTORS: lambda: mentors.ask(
                actor=STAFF, editor_id=giulia, handle="amina", to_learn=True
            ),
            Feature.PHOTO_LOOKS: lambda: begin_with_photo(actor=STAFF, editor_id=giulia, photo_key="a.webp"),
            Feature.LOOKS_OF_TWO: lambda: invite_coauthor(
                actor=STAFF, look_id=draft, editor_id=giulia, handle="amina", share_bps=5000
            ),
            Feature.SHARE_CARDS: lambda: card_of(link_of(giulia, link.code), "en", "IT"),
            Feature.PACKED_BAGS: lambda: make_packed(
                actor=STAFF, link_id=link.id, editor_id=giulia, pieces=sizes, name="For Sofia"
            ),
        }
        assert {*begun, Feature.PERSONAL_CODES} == set(Feature)
        for begin in begun.values():
            with pytest.raises(PilotOnly):
                begin()
        with pytest.raises(OnlyForGroups):
            give_code(actor=STAFF, editor_id=giulia, percent_bps=1000, reason="For friends")
        assert give_all(actor=STAFF, percent_bps=1000, reason="For friends") == 0
        actions.join_cohort(actor=STAFF, cohort_id=cohort, editor_id=giulia, day=TODAY)
        for begin in begun.values():
            begin()
        assert give_all(actor=STAFF, percent_bps=1000, reason="For friends") == 1
        assert personal_code(amina) is None
        bond = db.session.scalars(select(Mentorship.id)).one()
        mentors.accept(actor=STAFF, mentorship_id=bond, editor_id=amina)
        assert withheld_from(amina) == set(Feature)


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
