"""Two editors put a look together: asked, agreed, frozen, and read by whoever pays."""

import pytest

from editors.links.actions import make_link
from editors.links.models import LinkTarget
from editors.looks.actions import LookDraft, PieceDraft, draft_look, publish_look
from editors.looks.authors.queries import credit_split
from editors.looks.errors import LookUnready, SplitChanged, SplitFrozen
from editors.looks.models import Look, Occasion
from editors.looks.together import answer_invitation, invite_coauthor, step_back
from editors.membership.queries import editor_by_id
from editors.membership.standing import remove
from foundation.db import db
from tests.editors.conftest import STAFF, make_editor, make_product


@pytest.fixture
def pair(work, client_of):
    with work():
        giulia, amina = make_editor(), make_editor("Amina Sesay", "amina")
        draft = LookDraft("Two of us", "Story.", Occasion.AWAY, pieces=(PieceDraft(make_product()),))
        look = draft_look(actor=STAFF, editor_id=giulia, draft=draft).id
        accounts = [editor_by_id(one).account_id for one in (giulia, amina)]
    return look, giulia, amina, *map(client_of, accounts)


def test_a_look_is_put_together_by_two_and_its_split_is_frozen_when_it_goes_on_show(
    client, work, pair, outbox, statements
):
    look, giulia, amina, asking, asked = pair
    page = f"/studio/looks/{look}/together"
    assert asked.get(page).status_code == 404
    for form, sentence in (
        ({"handle": "nobody", "share": "40"}, "no active style editor"),
        ({"handle": "giulia", "share": "40"}, "no active style editor"),
        ({"handle": "@amina", "share": "100"}, "from 1 to 99"),
        ({"handle": "@amina", "share": "x"}, "from 1 to 99"),
    ):
        refused = asking.post(page, data=form)
        assert refused.status_code == 422
        assert sentence in refused.text
        assert f'value="{form["handle"]}"' in refused.text
    assert asking.post(page, data={"handle": "@Amina", "share": "40"}).status_code == 303
    assert asking.post(page, data={"handle": "amina", "share": "10"}).status_code == 409
    assert "You would have 40 % of what it earns" in outbox(to="amina@example.test")[-1].text
    assert "asks you to put a look together" in asked.get("/studio").text
    with work(), pytest.raises(LookUnready):
        publish_look(actor=STAFF, look_id=look, editor_id=giulia)
    with work():
        assert credit_split(look) == {giulia: 10_000}
        with pytest.raises(SplitChanged):
            answer_invitation(actor=STAFF, look_id=look, editor_id=amina, accept=True, share_bps=9000)
    assert "Yes, together" in asked.get(page).text
    assert asked.post(f"{page}/answer", data={"do": "accept", "share_bps": "4000"}).status_code == 303
    assert "puts “Two of us” together with you" in outbox(to="giulia@example.test")[-1].subject
    with work():
        assert credit_split(look) == {giulia: 10_000}, "nothing counts before it is on show"
        publish_look(actor=STAFF, look_id=look, editor_id=giulia)
        assert credit_split(look) == {giulia: 6000, amina: 4000}
        link = make_link(actor=STAFF, editor_id=amina, target=LinkTarget.LOOK, look_id=look)
        assert link.editor_id == amina, "both share it by links of their own"
        with pytest.raises(SplitFrozen):
            step_back(actor=STAFF, look_id=look, editor_id=amina)
    assert "Frozen since" in asking.get(page).text
    assert asking.post(f"{page}/end").status_code == 409
    with statements() as seen:
        shown = client.get("/looks/two-of-us").text
    assert seen.count <= 5, seen.sql
    assert "a look by Giulia Ferri and Amina Sesay" in shown
    assert 'href="/@amina"' in shown
    assert "Two of us" in client.get("/@amina").text
    assert "Giulia Ferri and Amina Sesay" in client.get("/looks").text
    with work():
        remove(actor=STAFF, editor_id=amina, reason="Asked to go.")
    assert "Amina" not in client.get("/looks/two-of-us").text
    with work():
        assert credit_split(look) == {giulia: 6000, amina: 4000}, "what was agreed stays in the books"
        assert credit_split(0) == {}


def test_whoever_declines_or_steps_back_leaves_a_look_of_one(work, pair, outbox):
    look, giulia, amina, asking, asked = pair
    page = f"/studio/looks/{look}/together"
    asking.post(page, data={"handle": "amina", "share": "50"})
    assert asked.post(f"{page}/answer", data={"do": "decline", "share_bps": "5000"}).status_code == 303
    assert "is yours alone" in outbox(to="giulia@example.test")[-1].subject
    with work():
        invite_coauthor(actor=STAFF, look_id=look, editor_id=giulia, handle="amina", share_bps=2500)
        answer_invitation(actor=STAFF, look_id=look, editor_id=amina, accept=True, share_bps=2500)
    assert asked.post(f"{page}/end").status_code == 303
    assert asked.get(page).status_code == 404
    asking.post(page, data={"handle": "amina", "share": "50"})
    assert asking.post(f"{page}/end").status_code == 303
    with work():
        publish_look(actor=STAFF, look_id=look, editor_id=giulia)
        assert credit_split(look) == {giulia: 10_000}
        assert db.session.get(Look, look).published_at is not None
    late = asking.post(page, data={"handle": "amina", "share": "50"})
    assert late.status_code == 409
    assert "was on show already" in late.text
