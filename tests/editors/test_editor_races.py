"""Two at the same moment around applications, looks and links. Each race with its twin."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from editors.links import actions as links
from editors.links.models import Link, LinkTarget
from editors.looks import actions as looks
from editors.looks import arranging, together, writing
from editors.looks import errors as look_errors
from editors.looks import queries as look_queries
from editors.looks.actions import LookDraft, PieceDraft, draft_look
from editors.looks.authors.queries import coauthor_of
from editors.looks.canvas.scene import PieceThing, Scene, Spot
from editors.looks.models import Look, Occasion
from editors.membership import actions, errors, queries, standing
from editors.membership.models import Editor
from foundation.audit.models import AuditRow
from foundation.db import db
from foundation.mail.models import Message
from foundation.states import IllegalMove
from tests.editors.conftest import STAFF, make_account, make_application, make_editor, make_product
from tests.races import at_once, meeting, read_without_lock, without_unique


def acts(action: str) -> int:
    return db.session.scalars(select(func.count()).where(AuditRow.action == action)).one()


@pytest.fixture
def decided_at_once(app, work) -> Callable[[], tuple[list[type], int]]:
    """One member of staff says yes and another no: the errors, and how many letters went out."""

    def run() -> tuple[list[type], int]:
        with work():
            application = make_application(make_account())
        met = at_once(
            app,
            lambda: actions.decide(actor=STAFF, application_id=application, approve=True, reply="Welcome."),
            lambda: actions.decide(
                actor=STAFF, application_id=application, approve=False, reply="Sorry.", reason="Too early."
            ),
        )
        with work():
            letters = db.session.scalars(select(func.count()).select_from(Message)).one()
        return [type(error) for error in met], letters

    return run


def test_two_of_staff_who_decide_one_application_at_once_leave_one_answer(decided_at_once):
    assert decided_at_once() == ([IllegalMove], 1)


def test_without_the_lock_an_application_is_answered_yes_and_no(decided_at_once, monkeypatch):
    """The twin: both find it waiting before either has decided."""
    monkeypatch.setattr(actions, "lock_rows", meeting(read_without_lock))
    assert decided_at_once() == ([], 2)


@pytest.fixture
def led_by(app, work) -> Callable[[], tuple[list[type], int]]:
    """Two editors are made the lead at once: the errors, and how many lead then."""

    def run() -> tuple[list[type], int]:
        with work():
            people = [make_editor(), make_editor("Amina Sesay", "amina")]
        met = at_once(
            app,
            *[
                lambda one=one: standing.appoint_lead(actor=STAFF, editor_id=one, reason="Her turn.")
                for one in people
            ],
        )
        with work():
            leads = db.session.scalars(select(func.count()).where(Editor.lead_since.is_not(None))).one()
        return [type(error) for error in met], leads

    return run


def test_of_two_made_the_lead_at_once_one_leads_and_the_other_is_told(led_by, monkeypatch):
    monkeypatch.setattr(queries, "programme_lead", meeting(queries.programme_lead))
    assert led_by() == ([errors.LeadChosen], 1)


def test_without_the_index_two_lead_the_programme(led_by, work, monkeypatch):
    """The twin: both find nobody who leads."""
    monkeypatch.setattr(queries, "programme_lead", meeting(queries.programme_lead))
    with without_unique(work, "uq_editors_lead"):
        assert led_by() == ([], 2)


@pytest.fixture
def saved_twice(app, work) -> Callable[[], tuple[list[type], int]]:
    """Two windows save the same version of a look: the errors, and how often it was changed."""

    def run() -> tuple[list[type], int]:
        with work():
            editor, product = make_editor(), make_product()
            drafts = [
                LookDraft(title, "Story.", Occasion.AWAY, pieces=(PieceDraft(product),))
                for title in ("None", "One", "Two")
            ]
            look = draft_look(actor=STAFF, editor_id=editor, draft=drafts[0])
            look_id, version = look.id, look.version

        def change(number: int) -> None:
            looks.change_look(
                actor=STAFF, look_id=look_id, editor_id=editor, version=version, draft=drafts[number]
            )

        met = at_once(app, lambda: change(1), lambda: change(2))
        with work():
            return [type(error) for error in met], acts("looks.change")

    return run


def test_of_two_who_save_one_version_of_a_look_the_second_is_told(saved_twice):
    assert saved_twice() == ([look_errors.LookChanged], 1)


def test_without_the_lock_the_second_overwrites_the_first_in_silence(saved_twice, monkeypatch):
    """The twin: both find the version they began with."""
    monkeypatch.setattr(writing, "lock_rows", meeting(read_without_lock))
    assert saved_twice() == ([], 2)


@pytest.fixture
def moved_twice(app, work) -> Callable[[], list[type]]:
    """Two windows move a piece of the same version of a look on their canvases: the errors."""

    def run() -> list[type]:
        with work():
            editor, product = make_editor(), make_product()
            look = arranging.begin_look(actor=STAFF, editor_id=editor).id

        def move(x: int) -> None:
            scene = Scene("plate", (PieceThing(product, Spot(x, 4800, 1000, 0)),))
            arranging.arrange_look(actor=STAFF, look_id=look, editor_id=editor, version=1, scene=scene)

        return [type(error) for error in at_once(app, lambda: move(100), lambda: move(200))]

    return run


def test_of_two_canvases_that_save_one_version_the_second_is_told(moved_twice):
    assert moved_twice() == [look_errors.LookChanged]


def test_without_the_lock_the_second_canvas_is_not_told(moved_twice, monkeypatch):
    """The twin: both find the version they began with, and only the rows of the pieces collide."""
    monkeypatch.setattr(writing, "lock_rows", meeting(read_without_lock))
    assert look_errors.LookChanged not in moved_twice()


@pytest.fixture
def answered_at_once(app, work, monkeypatch) -> Callable[..., tuple[list[type], int, list[str]]]:
    """A second editor is asked, and two things happen to that at once: the errors, how often it is written
    down that somebody agreed, and what has come of it.
    """

    def run(*names: str, locked: bool = True) -> tuple[list[type], int, list[str]]:
        with work():
            giulia, amina = make_editor(), make_editor("Amina Sesay", "amina")
            look = arranging.begin_look(actor=STAFF, editor_id=giulia).id
            together.invite_coauthor(
                actor=STAFF, look_id=look, editor_id=giulia, handle="amina", share_bps=4000
            )
        if not locked:
            monkeypatch.setattr(together, "lock_rows", read_without_lock)
            monkeypatch.setattr(together, "coauthor_of", meeting(coauthor_of))
        acting = {
            "accept": lambda: together.answer_invitation(
                actor=STAFF, look_id=look, editor_id=amina, accept=True, share_bps=4000
            ),
            "withdraw": lambda: together.take_invitation_back(actor=STAFF, look_id=look, editor_id=giulia),
        }
        met = at_once(app, *(acting[name] for name in names))
        with work():
            agreed = coauthor_of(look)
            state = [agreed.status] if agreed else []
            return [type(error) for error in met], acts("looks.accept"), state

    return run


def test_an_invitation_accepted_in_two_windows_at_once_is_accepted_once(answered_at_once):
    assert answered_at_once("accept", "accept") == ([IllegalMove], 1, ["accepted"])


def test_without_the_lock_it_is_accepted_twice(answered_at_once):
    """The twin: both find that nobody has answered."""
    assert answered_at_once("accept", "accept", locked=False) == ([], 2, ["accepted"])


def test_an_invitation_taken_back_while_it_is_accepted_is_gone_either_way(answered_at_once):
    """Whichever comes first: accepted and then alone again, or taken back before there was an answer."""
    errors, accepted, state = answered_at_once("accept", "withdraw")
    assert (errors, accepted) in (([], 1), ([look_errors.NoSuchLook], 0))
    assert state == []


@pytest.fixture
def published_at_once(app, work, monkeypatch) -> Callable[[], list[str]]:
    """Two drafts of one title are put on show at the same moment: their addresses."""

    def run() -> list[str]:
        with work():
            editor, product = make_editor(), make_product()
            draft = LookDraft("Carry on", "Story.", Occasion.AWAY, pieces=(PieceDraft(product),))
            both = [draft_look(actor=STAFF, editor_id=editor, draft=draft).id for _ in range(2)]
        asked = []
        first_look = meeting(look_queries.slugs_like)

        def slugs_like(stem: str) -> object:
            asked.append(stem)
            return (first_look if len(asked) <= 2 else real)(stem)

        real = look_queries.slugs_like
        monkeypatch.setattr(look_queries, "slugs_like", slugs_like)
        met = at_once(
            app,
            *[lambda one=one: looks.publish_look(actor=STAFF, look_id=one, editor_id=editor) for one in both],
        )
        assert met == []
        with work():
            return sorted(db.session.scalars(select(Look.slug)))

    return run


def test_two_looks_of_one_title_published_at_once_have_two_addresses(published_at_once):
    assert published_at_once() == ["carry-on", "carry-on-2"]


def test_without_the_constraint_two_looks_share_an_address(published_at_once, work):
    """The twin: both find the address free."""
    with without_unique(work, "uq_looks_slug"):
        assert published_at_once() == ["carry-on", "carry-on"]


@pytest.fixture
def paused_at_once(app, work) -> Callable[[], tuple[list[type], int]]:
    """One link is paused in two windows: the errors, and how often that was written down."""

    def run() -> tuple[list[type], int]:
        with work():
            editor = make_editor()
            link = links.make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW).id
        met = at_once(app, *[lambda: links.pause_link(actor=STAFF, link_id=link, editor_id=editor)] * 2)
        with work():
            assert db.session.get_one(Link, link).status == "paused"
            return [type(error) for error in met], acts("links.pause")

    return run


def test_a_link_paused_in_two_windows_at_once_is_paused_once(paused_at_once):
    assert paused_at_once() == ([IllegalMove], 1)


def test_without_the_lock_it_is_paused_twice(paused_at_once, monkeypatch):
    """The twin."""
    monkeypatch.setattr(links, "lock_rows", meeting(read_without_lock))
    assert paused_at_once() == ([], 2)


@pytest.fixture
def begun_at_once(app, work) -> Callable[[], int]:
    """The button for a new look is pressed twice at once: how many looks there are then."""

    def run() -> int:
        with work():
            editor = make_editor()
        assert at_once(app, *[lambda: arranging.begin_look(actor=STAFF, editor_id=editor)] * 2) == []
        with work():
            return db.session.scalars(select(func.count()).select_from(Look)).one()

    return run


def test_a_look_begun_twice_at_once_is_one(begun_at_once):
    assert begun_at_once() == 1


def test_without_the_lock_two_empty_looks_are_begun(begun_at_once, monkeypatch):
    """The twin: both find that there is none."""
    monkeypatch.setattr(arranging, "lock_rows", read_without_lock)
    monkeypatch.setattr(look_queries, "empty_draft", meeting(look_queries.empty_draft))
    assert begun_at_once() == 2
