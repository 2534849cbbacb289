import pytest
from sqlalchemy import func, select, text

from editors.membership import actions, claiming, errors, policy, standing
from editors.membership.models import Application, ApplicationStatus, Editor
from editors.membership.queries import editor_by_handle, programme_lead
from foundation.actors import Actor
from foundation.db import db
from foundation.mail.models import Message
from foundation.states import IllegalMove
from tests.editors.conftest import STAFF, make_account, make_application, make_editor
from tests.races import at_once, meeting, without_unique


def waiting():
    return db.session.scalar(
        select(func.count()).select_from(Application).where(Application.status == ApplicationStatus.APPLIED)
    )


def test_two_applications_sent_at_once_leave_one_row(app, work):
    with work():
        account = make_account()
    met = at_once(app, *[lambda: make_application(account)] * 2)
    with work():
        assert waiting() == 1
    assert [type(error) for error in met] == [errors.ApplicationWaits]


def test_without_the_index_two_applications_at_once_leave_two_rows(app, work, db_url):
    with work():
        account = make_account()
        db.session.execute(text("DROP INDEX uq_editor_applications_waiting"))
    try:
        assert at_once(app, *[lambda: make_application(account)] * 2) == []
        with work():
            assert waiting() == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM editor_applications"))
            db.session.execute(
                text(
                    "CREATE UNIQUE INDEX uq_editor_applications_waiting "
                    "ON editor_applications (account_id) WHERE status = 'applied'"
                )
            )


def test_two_people_approved_at_once_cannot_have_one_handle(app, work):
    with work():
        first = make_application(make_account("Giulia Ferri"), "Giulia Ferri", "giulia")
        second = make_application(make_account("Giulietta Rossi"), "Giulietta Rossi", "giu1ia")

    def approve(application_id):
        return lambda: actions.decide(
            actor=STAFF, application_id=application_id, approve=True, reply="Welcome."
        )

    met = at_once(app, approve(first), approve(second))
    assert [type(error) for error in met] == [errors.HandleTaken]
    with work():
        assert db.session.scalar(select(func.count()).select_from(Editor)) == 1
        assert waiting() == 1


def test_without_the_constraints_two_people_approved_at_once_share_a_handle(app, work, monkeypatch):
    with work():
        first = make_application(make_account("Giulia Ferri"), "Giulia Ferri", "giulia")
        second = make_application(make_account("Giulietta Rossi"), "Giulietta Rossi", "giulia")
    yes = {"actor": STAFF, "approve": True, "reply": "Welcome."}
    # Both find the handle free before either takes it.
    monkeypatch.setattr(claiming, "unless_taken", meeting(claiming.unless_taken))
    with without_unique(work, "pk_handle_claims", "uq_editors_handle", "uq_editors_handle_shape"):
        met = at_once(
            app,
            lambda: actions.decide(application_id=first, **yes),
            lambda: actions.decide(application_id=second, **yes),
        )
        assert met == []
        with work():
            assert db.session.scalar(select(func.count()).where(Editor.handle == "giulia")) == 2


def test_approving_makes_the_editor_writes_to_them_and_tells_everybody(work, monkeypatch):
    told = []
    monkeypatch.setattr("foundation.facts.record", told.append)
    with work():
        account = make_account(language="it")
        application = make_application(account)
        actions.decide(actor=STAFF, application_id=application, approve=True, reply="Benvenuta.")
        editor = editor_by_handle("Giulia")
        assert (editor.account_id, editor.name, editor.city) == (account, "Giulia Ferri", "Torino")
        letter = db.session.scalars(select(Message)).one()
        assert (letter.recipient, letter.language) == ("giulia@example.test", "it")
        assert "Benvenuta." in letter.text
        assert "/@giulia" in letter.text
    assert [(fact.NAME, fact.editor_id) for fact in told] == [("membership.EditorJoined", editor.id)]


def test_a_no_needs_a_reason_which_goes_with_it(work, clock):
    with work():
        account = make_account()
        application = make_application(account)
        with pytest.raises(errors.ReasonMissing):
            actions.decide(actor=STAFF, application_id=application, approve=False, reply="Not now.")
        actions.decide(
            actor=STAFF,
            application_id=application,
            approve=False,
            reply="Not now.",
            reason="Too many in Torino.",
        )
        assert "Too many in Torino." in db.session.scalars(select(Message)).one().text
        with pytest.raises(errors.TooSoon):
            make_application(account)
    clock.advance(days=90)
    with work():
        make_application(account)


def test_an_application_is_decided_once(work):
    with work():
        application = make_application(make_account())
        actions.decide(actor=STAFF, application_id=application, approve=True, reply="Welcome.")
        with pytest.raises(IllegalMove):
            actions.decide(actor=STAFF, application_id=application, approve=False, reply="No.", reason="Why.")


def test_one_s_own_application_can_be_taken_back_and_nobody_else_s(work):
    with work():
        account = make_account()
        application = make_application(account)
        with pytest.raises(errors.NoSuchApplication):
            actions.withdraw(actor=Actor.person(account + 1, "Somebody"), application_id=application)
        actions.withdraw(actor=Actor.person(account, "Giulia"), application_id=application)
        make_application(account)


def test_there_is_one_programme_lead(work):
    with work():
        first, second = make_editor(), make_editor("Amina Sesay", "amina")
        standing.appoint_lead(actor=STAFF, editor_id=first, reason="She began it.")
        standing.appoint_lead(actor=STAFF, editor_id=second, reason="Her turn.")
        assert programme_lead().id == second
        standing.pause(actor=STAFF, editor_id=second, reason="Holidays.")
        assert programme_lead() is None


@pytest.mark.parametrize(
    "wish",
    ["ab", "a b!", "-giulia", "giulia-", "gi..ulia", "x" * 31, "", "日本", "\u0430dmin", "g\u0456ulia"],
)
def test_a_handle_has_letters_digits_and_single_marks_inside(wish):  # the last two are half Cyrillic
    assert not policy.handle_fits(policy.plain_handle(wish))


@pytest.mark.parametrize("wish", ["admin", "Vetrina", "v3trina.", "c-h-e-c-k-o-u-t", "10oks", "staff"])
def test_words_of_the_shop_are_not_given_away(wish):
    handle = policy.plain_handle(wish)
    assert policy.is_reserved(handle) or not policy.handle_fits(handle)


def test_handles_that_look_alike_have_one_shape():
    assert policy.handle_shape("giu1ia") == policy.handle_shape("giulia") == policy.handle_shape("giu-l.ia")
    assert policy.handle_shape("marna") == policy.handle_shape("mama")
    assert policy.handle_shape("amina") != policy.handle_shape("anima")


def test_a_suggested_handle_is_free():
    taken = {policy.handle_shape("giulia"), policy.handle_shape("giulia-ferri")}
    wish = policy.suggest_handle("Giulia Ferri", taken)
    assert policy.handle_fits(wish)
    assert policy.handle_shape(wish) not in taken
    assert policy.suggest_handle("", set()).startswith("editor-")
