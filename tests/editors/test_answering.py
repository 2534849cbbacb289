"""Answering applications: reasons, notes, several at once, rules that say yes, and invitations."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from editors.invitations import actions as invitations
from editors.invitations.errors import InvitationSpent, InvitedAlready
from editors.invitations.models import Invitation
from editors.membership import actions, errors
from editors.membership.models import Application, ApplicationStatus, Editor
from editors.membership.queries import editor_by_handle, last_application
from editors.questions.actions import QuestionDraft, ask
from editors.questions.models import Kind
from editors.review.actions import save_reason, set_rules
from editors.review.policy import approving_rule
from foundation.accounts.permissions import Role
from foundation.actors import Actor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from tests.editors.conftest import STAFF, make_account, make_application, make_editor
from tests.editors.test_apply_pages import filled
from tests.races import at_once, meeting

EARLY = {"name": "No outfit", "sentence": "There was no outfit.", "sentence_it": "Mancava l'abbinamento."}


@pytest.fixture
def community(account, client_of):
    return client_of(account("community@example.test", Role.COMMUNITY))


def rule(**more) -> None:
    values = {"ask_again_days": 90, "approve_orders": None, "approve_consents": False} | more
    set_rules(actor=STAFF, reason="A test.", **values)


def test_a_reason_is_read_in_the_applicant_s_language_with_the_days_staff_set(work, community, clock):
    with work():
        rule(ask_again_days=30)
        reason = save_reason(actor=STAFF, **EARLY).id
        account = make_account(language="it")
        application = make_application(account)
    at = f"/staff/applications/{application}"
    assert community.post(f"{at}/note", data={"note": "She was in the store in May."}).status_code == 303
    assert "She was in the store in May." in community.get("/staff/applications").text
    no = {"do": "no", "reply": "Ci dispiace.", "reason_id": str(reason), "reason": "A presto."}
    assert community.post(at, data=no | {"reason_id": "0", "reason": ""}).status_code == 422
    assert community.post(at, data=no).status_code == 303
    with work():
        letter = db.session.scalars(select(Message)).one()
        assert "Mancava l'abbinamento. A presto." in letter.text
        assert "30 giorni" in letter.text
        assert "May" not in letter.text
        with pytest.raises(errors.TooSoon):
            make_application(account)
    clock.advance(days=31)
    with work():
        make_application(account)
    assert "Mancava l&#39;abbinamento." in community.get("/staff/applications").text


def test_several_are_answered_each_by_itself_and_whoever_cannot_be_is_named(work, community):
    with work():
        names = {"Nadia Rinaldi": "nadia", "Tommaso Greco": "tommaso", "Amina Sesay": "giulia"}
        waiting = [make_application(make_account(name), name, handle) for name, handle in names.items()]
        make_editor()
        reason = save_reason(actor=STAFF, **EARLY).id
    at = "/staff/applications/several"
    yes = {
        "do": "yes",
        "all-reply": "Welcome.",
        "all-reason_id": "0",
        "application": [str(i) for i in waiting],
    }
    nobody = community.post(at, data=yes | {"application": []})
    assert nobody.status_code == 422
    assert "Choose at least one application first." in nobody.text
    assert "Please write why" in community.post(at, data=yes | {"do": "no"}).text
    page = community.post(at, data=yes, follow_redirects=True).text
    assert "2 people were answered: Nadia Rinaldi, Tommaso Greco." in page
    assert "Amina Sesay: Somebody has that handle" in page
    again = community.post(at, data=yes, follow_redirects=True).text
    assert again.count("This has moved on in the meantime") == 2
    no = yes | {"do": "no", "all-reason_id": str(reason), "application": [str(waiting[2])]}
    assert "1 person was answered: Amina Sesay." in community.post(at, data=no, follow_redirects=True).text
    with work():
        statuses = db.session.scalars(select(Application.status).order_by(Application.id)).all()
        assert statuses[:3] == ["approved", "approved", "declined"]
        assert db.session.scalar(select(func.count()).where(Message.recipient == "amina@example.test")) == 1


def test_nothing_is_approved_by_itself_until_a_rule_is_set(work, account, client_of, community):
    number = account("nadia@example.test")
    browser = client_of(number)
    with work():
        consent = ask(actor=STAFF, draft=QuestionDraft(kind=Kind.CONSENT, words="You may ring me")).id
    browser.post("/editors/apply", data=filled())
    with work():
        waits = last_application(number)
        assert waits.status == ApplicationStatus.APPLIED
        actions.withdraw(actor=Actor.person(number, "Nadia"), application_id=waits.id)
    rules = {"ask_again_days": "90", "approve_consents": "y", "reason": "We know them."}
    assert community.post("/staff/programme/answers/rules", data=rules | {"reason": ""}).status_code == 422
    assert community.post("/staff/programme/answers/rules", data=rules).status_code == 303
    browser.post("/editors/apply", data=filled())
    with work():
        waits = last_application(number)
        assert waits.status == ApplicationStatus.APPLIED
        actions.withdraw(actor=Actor.person(number, "Nadia"), application_id=waits.id)
    browser.post("/editors/apply", data=filled(**{f"question_{consent}": "y"}))
    with work():
        assert last_application(number).status == ApplicationStatus.APPROVED
        act = db.session.scalars(select(AuditRow).where(AuditRow.action == "editors.approve")).one()
        assert (act.actor_label, act.reason) == ("application rules", "rule_consents")
        assert "our answer is yes at once" in db.session.scalars(select(Message)).one().text
    assert "our answer is yes at once" in browser.get("/editors/apply/sent").text


def test_a_rule_never_takes_a_handle_from_somebody(work, account, client_of):
    with work():
        make_editor("Nadia Prima", "nadia")
        rule(approve_consents=True)
    number = account("nadia@example.com")
    client_of(number).post("/editors/apply", data=filled())
    with work():
        assert last_application(number).status == ApplicationStatus.APPLIED


@pytest.mark.parametrize(
    ("needed", "consents", "orders", "given", "rule_used"),
    [
        (None, False, 9, True, None),
        (3, False, 2, True, None),
        (3, False, 3, False, "rule_orders"),
        (None, True, 0, False, None),
        (None, True, 0, True, "rule_consents"),
        (3, True, 3, False, None),
        (3, True, 3, True, "rule_orders_and_consents"),
    ],
)
def test_all_that_is_set_has_to_hold(needed, consents, orders, given, rule_used):
    assert (
        approving_rule(orders_needed=needed, consents_needed=consents, orders=orders, all_consents=given)
        == rule_used
    )


def letter_token(work) -> str:
    with work():
        letter = db.session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one()
        return str(letter.text).partition("/editors/invitation/")[2].split()[0]


@pytest.fixture
def invited(work, community):
    """Somebody was invited by the page; the secret of the link."""
    form = {"email": "Ines@example.test", "name": "Ines Moreau", "language": "it", "words": "Your hems."}
    at = "/staff/programme/invitations"
    assert community.post(at, data=form | {"email": "ines"}).status_code == 422
    assert community.post(at, data=form).status_code == 303
    twice = community.post(at, data=form | {"email": "ines@example.test"})
    assert twice.status_code == 409
    assert "Your hems." in twice.text
    return letter_token(work)


ACCEPTED = {
    "name": "Ines Moreau",
    "city": "Milano",
    "handle_wish": "ines",
    "words": "I alter dresses for friends.",
    "discloses": "y",
    "has_read": "y",
}


def test_an_invitation_leads_into_the_studio_once(work, client, account, client_of, invited, community):
    at = f"/editors/invitation/{invited}"
    page = client.get(at)
    assert "Your hems." in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    browser = client_of(account("ines.moreau@example.test", name="Ines Moreau"))
    short = browser.post(at, data=ACCEPTED | {"discloses": ""})
    assert short.status_code == 422
    assert "I alter dresses for friends." in short.text
    with work():
        make_editor("Ines Prima", "ines")
    assert "Somebody has that handle" in browser.post(at, data=ACCEPTED).text
    assert browser.post(at, data=ACCEPTED | {"handle_wish": "ines-moreau"}).location == "/studio"
    assert client_of(account("other@example.test")).get(at).status_code == 404
    with work():
        editor = editor_by_handle("ines-moreau")
        application = last_application(editor.account_id)
        assert (application.status, application.decided_by) == ("approved", "Community")
        assert db.session.scalars(select(Invitation.editor_id)).one() == editor.id
    form = {"email": "Ines.Moreau@example.test", "name": "Ines", "language": "it", "words": "Again."}
    known = community.post("/staff/programme/invitations", data=form)
    assert known.status_code == 409 and "of a style editor already" in known.text and "Again." in known.text


def test_an_invitation_ends_when_it_is_taken_back_or_too_old_and_can_then_be_sent_again(
    work, client, community, clock, invited
):
    with work():
        number = db.session.scalars(select(Invitation.id)).one()
        clock.advance(days=15)
    assert client.get(f"/editors/invitation/{invited}").status_code == 404
    with work():
        again = {"email": "ines@example.test", "name": "Ines", "language": "en", "words": "Again."}
        invitations.invite(actor=STAFF, **again)
        with pytest.raises(InvitedAlready):
            invitations.invite(actor=STAFF, **again)
        number = db.session.scalars(select(func.max(Invitation.id))).one()
    token = letter_token(work)
    assert client.get(f"/editors/invitation/{token}").status_code == 200
    assert community.post(f"/staff/programme/invitations/{number}/take-back").status_code == 303
    assert client.get(f"/editors/invitation/{token}").status_code == 404
    assert community.post(f"/staff/programme/invitations/{number}/take-back").status_code == 404


def test_whoever_is_invited_while_their_application_waits_is_answered_by_it(
    work, account, client_of, invited
):
    number = account("ines.moreau@example.test")
    with work():
        make_application(number, "Ines Moreau", "ines")
    client_of(number).post(f"/editors/invitation/{invited}", data=ACCEPTED)
    with work():
        assert [one.status for one in db.session.scalars(select(Application))] == ["approved"]


@pytest.fixture
def accepted_at_once(app, work) -> Callable[[], tuple[list[type], int]]:
    """Two people open the same letter at once: the errors, and how many editors there are."""

    def run() -> tuple[list[type], int]:
        with work():
            invitations.invite(
                actor=STAFF, email="ines@example.test", name="Ines", language="en", words="Come."
            )
            people = [make_account("Ines Moreau"), make_account("Olga Neri")]
        token = letter_token(work)
        met = at_once(
            app,
            *[
                lambda one=one: invitations.accept(
                    actor=Actor.person(one, "Ines"),
                    token=token,
                    account_id=one,
                    name="Ines",
                    city="Milano",
                    words="Hems.",
                    handle=f"ines-{one}",
                )
                for one in people
            ],
        )
        with work():
            return [type(error) for error in met], db.session.scalars(select(func.count(Editor.id))).one()

    return run


def test_a_letter_lets_one_in(accepted_at_once):
    assert accepted_at_once() == ([InvitationSpent], 1)


def test_without_the_conditional_write_a_letter_lets_two_in(accepted_at_once, monkeypatch):
    """The twin: both read the invitation as one that waits."""
    read = meeting(lambda token: invitations_read(token))
    monkeypatch.setattr(invitations, "_spend", read)
    assert accepted_at_once() == ([], 2)


def invitations_read(token: str) -> Invitation | None:
    from_letter = select(Invitation).where(Invitation.digest == invitations.digest_of(token))
    return db.session.scalars(from_letter).one_or_none()
