"""The agreement, and how a membership rests, ends, and is looked at again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from editors.agreements import actions as agreements
from editors.agreements.errors import NewerVersion, NothingToPublish
from editors.agreements.models import Acceptance
from editors.agreements.queries import agreement_now
from editors.agreements.showing import body_of
from editors.membership import errors, standing
from editors.membership.agreeing import accept_agreement, hold_to_agreement, publish_agreement
from editors.membership.models import Appeal, Editor
from editors.membership.queries import editor_by_handle
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.db import db
from foundation.mail.models import Message
from tests.editors.conftest import STAFF, make_editor
from tests.races import at_once, without_unique

TEXT = {"words": "### Honest\n\nI say that I earn.", "words_it": "### Onestà\n\nDico che guadagno."}


def published(days: int = 30, words: str = TEXT["words"]) -> int:
    agreements.write_draft(actor=STAFF, words=words, words_it=TEXT["words_it"], news="Shorter.", news_it="")
    until = shop_clock.now() + timedelta(days=days)
    return publish_agreement(actor=STAFF, old_holds_until=until, reason="A test.").id


@pytest.fixture
def community(account, client_of):
    return client_of(account("community@example.test", Role.COMMUNITY))


def status_of(handle: str = "giulia") -> str:
    found = editor_by_handle(handle)
    assert found is not None
    return found.status


def test_staff_write_publish_and_an_approved_editor_reads_before_the_studio_opens(work, community, client_of):
    at = "/staff/programme/agreement"
    assert community.post(f"{at}/draft", data=TEXT | {"words_it": ""}).status_code == 422
    assert community.post(f"{at}/draft", data=TEXT).status_code == 303
    assert community.post(f"{at}/publish", data={"until": "2001-01-01", "reason": "Old."}).status_code == 422
    assert community.post(f"{at}/publish", data={"until": "2099-01-01", "reason": "One."}).status_code == 303
    assert (
        "There is no draft"
        in community.post(
            f"{at}/publish", data={"until": "2099-01-01", "reason": "Twice."}, follow_redirects=True
        ).text
    )
    with work():
        editor = db.session.get_one(Editor, make_editor())
        assert editor.status == "approved"
        number, version = editor.account_id, agreement_now().id
    browser = client_of(number)
    assert browser.get("/studio/looks").location == "/studio/agreement"
    page = browser.get("/studio/agreement").text
    assert '<h2 class="size-3">Honest</h2>' in page
    assert browser.get("/@giulia").status_code == 404
    assert browser.post("/studio/agreement", data={"version": version}).status_code == 422
    assert browser.post("/studio/agreement", data={"version": version, "agree": "y"}).location == "/studio"
    assert browser.get("/studio").status_code == 200
    assert browser.get("/@giulia").status_code == 200
    with work():
        accepted = db.session.scalars(select(Acceptance)).one()
        assert (accepted.version_id, accepted.language) == (version, "en")
    assert "1" in community.get(at).text


def test_a_new_version_asks_again_and_the_old_one_holds_until_its_day(work, clock, client_of, run_jobs):
    with work():
        editor = db.session.get_one(Editor, make_editor())
        first = published(days=1)
        db.session.refresh(editor)
        assert editor.status == "active"
        me = {"actor": Actor.person(editor.account_id, "Giulia"), "editor_id": editor.id, "language": "it"}
        accept_agreement(**me, version_id=first)
        second = published(days=20, words="Shorter.")
        with pytest.raises(NewerVersion):
            accept_agreement(**me, version_id=first)
        number = editor.account_id
    run_jobs()
    with work():
        letters = db.session.scalars(select(Message.subject).order_by(Message.id)).all()
        assert letters.count("A new version of our agreement, Giulia") == 1
    browser = client_of(number)
    assert "The agreement has a new version." in browser.get("/studio").text
    with work():
        clock.advance(days=19)
        assert hold_to_agreement() == 0
        clock.advance(days=2)
        assert hold_to_agreement() == 1
        assert hold_to_agreement() == 0
        assert status_of() == "paused"
    assert "Your links rest." in browser.get("/studio").text
    browser.post("/studio/agreement", data={"version": second, "agree": "y"})
    with work():
        assert status_of() == "active"
        assert db.session.scalar(select(func.count(Acceptance.id))) == 2
    assert "I say that I earn." in browser.get("/studio/agreement/1").text
    assert browser.get("/studio/agreement/9").status_code == 404


def test_a_rest_by_staff_is_not_ended_by_agreeing(work, client_of):
    with work():
        editor = make_editor()
        version = published()
        standing.pause(actor=STAFF, editor_id=editor, reason="Holidays.")
        accept_agreement(actor=STAFF, editor_id=editor, version_id=version, language="en")
        assert status_of() == "paused"
        with pytest.raises(NothingToPublish):
            publish_agreement(actor=STAFF, old_holds_until=shop_clock.now(), reason="None.")
        account = db.session.get_one(Editor, editor).account_id
    studio = client_of(account).get("/studio").text
    assert "so your links rest" in studio and "Why stands in the letter" in studio


def test_an_agreement_is_made_of_words_alone():
    body = body_of(
        "# Us\n\n<script>x</script>\n\n[here](https://example.test) **loud**\n\n![p](https://x.test/p.png)"
    )
    assert '<h2 class="size-3">Us</h2>' in body
    assert "<strong>loud</strong>" in body
    assert "<script" not in body
    assert "href" not in body
    assert "<img" not in body


def test_leaving_closes_the_window_and_keeps_what_was_earned(work, client_of, client):
    with work():
        number = db.session.get_one(Editor, make_editor()).account_id
    browser = client_of(number)
    assert "Leave the circle?" in browser.get("/studio/membership").text
    page = browser.post("/studio/membership/leave", follow_redirects=True).text
    assert "What you earned stays yours" in page
    assert client.get("/@giulia").status_code == 404
    assert browser.get("/studio").location == "/studio/membership"
    assert browser.get("/studio/statements").status_code == 200
    assert browser.get("/studio/payments").status_code == 200
    assert browser.post("/studio/membership/leave").status_code == 403
    with work():
        assert status_of() == "left"
        assert "Goodbye, and thank you, Giulia" in db.session.scalars(select(Message.subject)).all()


def test_a_removal_is_appealed_once_and_decided_by_somebody_else(work, account, client_of, community):
    other = client_of(account("owner@example.test", Role.OWNER))
    with work():
        editor = make_editor()
        number = db.session.get_one(Editor, editor).account_id
    browser = client_of(number)
    assert browser.post("/studio/membership/appeal", data={"words": "Why?"}).status_code == 409
    community.post(f"/staff/editors/{editor}/remove", data={"reason": "Never said that she earns."})
    assert "Never said that she earns." in browser.get("/studio/membership").text
    assert browser.post("/studio/membership/appeal", data={"words": ""}).status_code == 422
    assert browser.post("/studio/membership/appeal", data={"words": "I always do."}).status_code == 303
    assert browser.post("/studio/membership/appeal", data={"words": "Really."}).status_code == 409
    with work():
        appeal = db.session.scalars(select(Appeal.id)).one()
    assert "asks for a second look" in other.get("/staff").text
    answer = {"do": "yes", "reply": "You are right, and we are sorry."}
    same = community.post(f"/staff/editors/appeals/{appeal}", data=answer)
    assert same.status_code == 403
    assert "You are right, and we are sorry." in same.text
    assert other.post(f"/staff/editors/appeals/{appeal}", data=answer | {"reply": ""}).status_code == 422
    assert other.post(f"/staff/editors/appeals/{appeal}", data=answer).status_code == 303
    assert other.post(f"/staff/editors/appeals/{appeal}", data=answer).status_code == 409
    with work():
        assert status_of() == "active"
        assert db.session.get_one(Editor, editor).ended_at is None
    assert browser.get("/studio").status_code == 200


@pytest.fixture
def appealed_twice(app, work):
    def run() -> tuple[list[type], int]:
        with work():
            editor = make_editor()
            standing.remove(actor=STAFF, editor_id=editor, reason="Why.")
        mine = {"actor": STAFF, "editor_id": editor, "words": "Look again."}
        met = at_once(app, lambda: standing.appeal(**mine), lambda: standing.appeal(**mine))
        with work():
            return [type(error) for error in met], db.session.scalar(select(func.count(Appeal.id)))

    return run


def test_of_two_appeals_at_once_one_is_taken(appealed_twice):
    assert appealed_twice() == ([errors.AppealedAlready], 1)


def test_without_the_constraint_two_are(appealed_twice, work):
    with without_unique(work, "uq_editor_appeals_editor_id_removed_at"):
        assert appealed_twice() == ([], 2)
