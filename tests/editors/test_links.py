import threading

import pytest
from sqlalchemy import func, select, text

from editors.links import queries
from editors.links.actions import make_link, pause_link
from editors.links.models import Link, LinkStatus, LinkTarget
from editors.links.queries import link_by_code
from editors.looks.actions import unpublish_look
from editors.membership.standing import pause
from foundation import ids
from foundation.db import db
from foundation.errors import Conflict
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
from tests.races import at_once


def test_a_link_to_a_look_leads_to_its_page_in_one_statement(work, statements):
    with work():
        editor = make_editor()
        look_id = make_look(editor, [make_product()])
        link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.LOOK, look_id=look_id)
        code = link.code
    with work(), statements() as seen:
        hit = link_by_code(code.upper())
    assert seen.count == 1
    assert (hit.path, hit.status, hit.editor_handle) == ("/looks/carry-on-only", LinkStatus.ACTIVE, "giulia")
    assert hit.look_id == look_id


def test_links_to_a_product_and_to_the_window_lead_there(work):
    with work():
        editor, product = make_editor(), make_product()
        to_product = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.PRODUCT, product_id=product)
        to_window = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
        assert link_by_code(to_product.code).path == "/shop/corso-denim-jacket"
        assert link_by_code(to_window.code).path == "/@giulia"


def test_a_code_nobody_made_leads_nowhere(work):
    with work():
        assert link_by_code("nobody7") is None


def test_asking_twice_gives_the_link_that_is_out_already(work):
    with work():
        editor = make_editor()
        first = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
        assert make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW).id == first.id


def test_a_paused_link_is_paused_and_so_is_every_link_of_an_editor_who_rests(work):
    with work():
        editor = make_editor()
        link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
        pause_link(actor=STAFF, link_id=link.id, editor_id=editor)
        assert link_by_code(link.code).status == LinkStatus.PAUSED
        make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)
        assert link_by_code(link.code).status == LinkStatus.ACTIVE
        pause(actor=STAFF, editor_id=editor, reason="Holidays.")
        assert link_by_code(link.code).status == LinkStatus.PAUSED


def test_a_look_that_was_taken_down_leads_to_what_comes_closest(work):
    with work():
        editor = make_editor()
        look = make_look(editor, [make_product()])
        link = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.LOOK, look_id=look)
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
        hit = link_by_code(link.code)
    assert (hit.path, hit.look_id) == (f"/shared/{link.code}", None)


def test_a_link_needs_something_the_public_can_see(work):
    with work():
        editor = make_editor()
        other = make_editor("Amina Sesay", "amina")
        look = make_look(other, [make_product()])
        for wanted in (
            {"target": LinkTarget.PRODUCT, "product_id": 999},
            {"target": LinkTarget.LOOK, "look_id": look},
        ):
            with pytest.raises(Conflict):
                make_link(actor=STAFF, editor_id=editor, **wanted)


def test_a_code_that_was_drawn_before_is_drawn_again(work, monkeypatch):
    drawn = iter(["samecode", "samecode", "other"])
    monkeypatch.setattr(ids, "code", lambda length: next(drawn))
    with work():
        make_link(actor=STAFF, editor_id=make_editor(), target=LinkTarget.WINDOW)
        second = make_link(
            actor=STAFF, editor_id=make_editor("Amina Sesay", "amina"), target=LinkTarget.WINDOW
        )
        assert second.code == "other"
        assert db.session.scalar(select(func.count()).select_from(Link)) == 2


def make_one(editor):
    return lambda: make_link(actor=STAFF, editor_id=editor, target=LinkTarget.WINDOW)


def test_two_tabs_that_make_one_link_at_once_get_the_same(app, work):
    with work():
        editor = make_editor()
    assert at_once(app, make_one(editor), make_one(editor)) == []
    with work():
        assert db.session.scalar(select(func.count()).select_from(Link)) == 1


def test_without_the_constraint_two_tabs_make_two_links(app, work, monkeypatch):
    """The twin: both look for a link that is out already before either has made one."""
    both_have_looked, look = threading.Barrier(2), queries.link_to

    def look_and_wait(*args, **named):
        found = look(*args, **named)
        both_have_looked.wait(timeout=10)
        return found

    monkeypatch.setattr(queries, "link_to", look_and_wait)
    one = "(editor_id, target, look_id, product_id, collection_id, name)"
    again = f"ADD CONSTRAINT {{0}} UNIQUE NULLS NOT DISTINCT {one}"
    name = "uq_links_editor_id_target"
    with work():
        editor = make_editor()
        db.session.execute(text(f"ALTER TABLE links DROP CONSTRAINT {name}"))
    try:
        assert at_once(app, make_one(editor), make_one(editor)) == []
        with work():
            assert db.session.scalar(select(func.count()).select_from(Link)) == 2
    finally:
        with work():
            db.session.execute(text("DELETE FROM links"))
            db.session.execute(text(f"ALTER TABLE links {again.format(name)}"))
