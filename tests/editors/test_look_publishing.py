from datetime import timedelta

import pytest

from editors.looks import arranging, card_queries, queries
from editors.looks.canvas.scene import PieceThing, Scene, Spot
from editors.looks.errors import DayGone, LookChanged, LookUnready, NoSuchLook
from editors.looks.models import LookStatus
from editors.looks.scheduling import publish_due, schedule_look, unschedule_look
from editors.looks.versions import restore_version
from editors.membership.queries import editor_by_id
from foundation import clock
from storefront.catalog.standing import archive_product
from tests.editors.conftest import STAFF, make_editor, make_look, make_product

FORM = {"title": "Carry-on only", "story": "Two days away.", "occasion": "away", "do": "save"}


@pytest.fixture
def draft(work, client_of):
    """Giulia's editor id, her browser, a jacket, and a draft with the jacket and every word on it."""
    with work():
        editor = make_editor()
        account = editor_by_id(editor).account_id
        jacket = make_product()
    browser = client_of(account)
    browser.post("/studio/looks/new", data=FORM | {"piece": str(jacket)})
    with work():
        (card,) = card_queries.looks_of(editor)
    return editor, browser, jacket, card.id


def test_season_and_styles_stand_on_the_page(client, work, draft):
    _, browser, jacket, look = draft
    form = FORM | {"piece": str(jacket), "version": "1", "season": "autumn", "styles": ["bold", "classic"]}
    browser.post(f"/studio/looks/{look}", data=form | {"do": "publish"})
    page = client.get("/looks/carry-on-only").text
    assert "Autumn" in page
    assert 'href="/looks?style=bold"' in page
    assert 'href="/looks?style=classic"' in page
    many = form | {"version": "3", "styles": ["bold", "classic", "sporty", "vintage"]}
    refused = browser.post(f"/studio/looks/{look}", data=many)
    assert refused.status_code == 422
    assert "Choose three at most." in refused.text
    assert browser.post(f"/studio/looks/{look}", data=form | {"styles": "x"}).status_code == 422


def test_the_preview_is_the_page_for_its_editor_alone(client, draft, work, client_of):
    _, browser, _, look = draft
    page = browser.get(f"/studio/looks/{look}/preview")
    assert page.status_code == 200
    assert "Only you do, and nothing can be bought yet." in page.text
    assert " inert" in page.text
    assert "Corso denim jacket" in page.text
    with work():
        other = client_of(editor_by_id(make_editor("Marta Conti", "marta")).account_id)
    assert other.get(f"/studio/looks/{look}/preview").status_code == 404
    assert other.get(f"/studio/looks/{look}/versions").status_code == 404
    assert client.get(f"/studio/looks/{look}/preview").status_code == 302


def test_a_look_goes_on_show_at_its_hour_and_not_before(client, work, draft, run_jobs):
    _, browser, jacket, look = draft
    at = clock.now() + timedelta(days=2)
    form = FORM | {"piece": str(jacket), "version": "1", "do": "schedule"}
    gone = browser.post(f"/studio/looks/{look}", data=form | {"publish_at": "2020-01-01T10:00"})
    assert gone.status_code == 422
    assert "Choose a day and an hour to come." in gone.text
    day = at.strftime("%Y-%m-%dT%H:%M")
    assert browser.post(f"/studio/looks/{look}", data=form | {"publish_at": day}).status_code == 303
    assert "It goes on show by itself on" in browser.get(f"/studio/looks/{look}").text
    with work():
        assert publish_due(actor=STAFF) == 0
        assert client.get("/looks/carry-on-only").status_code == 404
        queries.look_by_id(look).publish_at = clock.now() - timedelta(minutes=1)
    with work():
        assert publish_due(actor=STAFF) == 1
        assert publish_due(actor=STAFF) == 0, "once"
        found = queries.look_by_id(look)
        assert (found.status, found.publish_at) == (LookStatus.PUBLISHED, None)
    assert client.get("/looks/carry-on-only").status_code == 200


def test_a_look_that_is_not_fit_at_its_hour_waits_and_says_so_in_one_letter(work, draft, outbox):
    editor, browser, jacket, look = draft
    with work():
        at = clock.now() + timedelta(days=1)
        schedule_look(actor=STAFF, look_id=look, editor_id=editor, at=at)
        archive_product(actor=STAFF, product_id=jacket, reason="Sold through")
        queries.look_by_id(look).publish_at = clock.now() - timedelta(minutes=1)
    with work():
        assert publish_due(actor=STAFF) == 0
        assert publish_due(actor=STAFF) == 0
        assert queries.look_by_id(look).status == LookStatus.DRAFT
    (letter,) = [one for one in outbox() if "is waiting for you" in one.subject]
    assert "Corso denim jacket is no longer sold. Take it out." in letter.text
    assert "it was not fit to be shown" in browser.get(f"/studio/looks/{look}").text
    with work():
        unschedule_look(actor=STAFF, look_id=look, editor_id=editor)
        assert queries.looks_due(9) == []
        with pytest.raises(LookUnready):
            schedule_look(actor=STAFF, look_id=look, editor_id=editor, at=clock.now() + timedelta(days=1))
        with pytest.raises(DayGone):
            schedule_look(actor=STAFF, look_id=look, editor_id=editor, at=clock.now())


def test_a_look_becomes_what_it_was_and_the_version_between_stays(work, draft):
    editor, browser, _, _ = draft
    with work():
        pieces = [make_product("a-shirt", "A shirt"), make_product("a-skirt", "A skirt")]
        look = make_look(editor, pieces, quantities={pieces[0]: 3})
        first = queries.look_by_id(look).version
        scene = Scene("sage", (PieceThing(pieces[1], Spot(100, 200, 900, 45)),))
        arranging.arrange_look(actor=STAFF, look_id=look, editor_id=editor, version=first, scene=scene)
    page = browser.get(f"/studio/looks/{look}/versions").text
    assert page.count("Bring it back") == 1
    assert "As it is now" in page
    answer = browser.post(f"/studio/looks/{look}/versions/{first}", data={"version": str(first + 1)})
    assert answer.location == f"/studio/looks/{look}/canvas"
    with work():
        found = queries.look_by_id(look)
        assert [(one.product_id, one.quantity) for one in found.pieces] == [(pieces[1], 1), (pieces[0], 3)]
        assert (found.ground, found.version) == ("plate", first + 2)
        numbers = [one.number for one in queries.look_versions(look)]
        assert numbers == [first + 2, first + 1, first]
        archive_product(actor=STAFF, product_id=pieces[0], reason="Sold through")
    back = browser.post(f"/studio/looks/{look}/versions/{first + 1}", data={"version": str(first + 2)})
    assert back.status_code == 303
    with work():
        restored = restore_version(
            actor=STAFF, look_id=look, editor_id=editor, version=first + 3, number=first
        )
        assert restored.left_out == 1
        assert [one.product_id for one in restored.look.pieces] == [pieces[1]]
        with pytest.raises(LookChanged):
            restore_version(actor=STAFF, look_id=look, editor_id=editor, version=1, number=first)
        with pytest.raises(NoSuchLook):
            restore_version(actor=STAFF, look_id=look, editor_id=editor, version=first + 4, number=99)
