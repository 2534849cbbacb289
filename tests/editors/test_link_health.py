"""Links whose target is gone, sold out or over: where they lead, and how their editor mends them."""

import pytest
from sqlalchemy import select, text

from editors.gatherings.actions import GatheringDraft, add_item, make_gathering, publish_gathering
from editors.links import queries
from editors.links.actions import make_link, pause_link
from editors.links.errors import NothingToShare
from editors.links.models import LinkTarget
from editors.links.queries import link_by_code
from editors.looks.actions import unpublish_look
from editors.membership.standing import pause
from editors.share.drawing import card_of
from editors.share.health import check_links
from editors.share.models import LinkProblem
from editors.share.queries import findings_of
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.catalog.standing import archive_product
from storefront.collections.actions import unpublish_collection
from tests.editors.conftest import STAFF, make_editor, make_look
from tests.storefront.hung import by_hand


def test_a_link_that_leads_nowhere_good_is_found_at_once_and_led_elsewhere_in_one_tap(work, giulia, run_jobs):
    editor, browser, look, code, products = giulia
    with work():
        to_piece = make_link(actor=STAFF, editor_id=editor, target=LinkTarget.PRODUCT, product_id=products[0])
        other = make_look(editor, products[1:], title="To the lake")
        make_link(actor=STAFF, editor_id=editor, target=LinkTarget.LOOK, look_id=other)
        piece_code, piece_link = to_piece.code, to_piece.id
        assert check_links() == 0
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
        archive_product(actor=STAFF, product_id=products[0], reason="Worn out.")
    run_jobs()
    with work():
        assert findings_of(editor) == {
            queries.link_of(editor, code).id: LinkProblem.GONE,
            piece_link: LinkProblem.GONE,
        }
    assert "no longer on show" in browser.get("/studio/links").text
    assert "Let your link to Carry-on only lead elsewhere" in browser.get("/studio").text
    page = browser.get(f"/studio/share/{code}").text
    assert f'value="look:{other}"' in page and 'value="window"' in page
    with work():
        stranger = make_editor("Amina Sesay", "amina")
        theirs = make_look(stranger, products[1:], title="On her bicycle")
    assert browser.post(f"/studio/share/{code}/lead", data={"to": f"look:{theirs}"}).status_code == 409
    assert browser.post(f"/studio/share/{code}/lead", data={"to": f"look:{other}"}).status_code == 303
    with work():
        assert link_by_code(code).path == "/looks/to-the-lake"
        assert findings_of(editor) == {piece_link: LinkProblem.GONE}
        assert queries.link_of(editor, code).name == code, "the plain link to the look was there before"
        sold_out = db.session.scalars(select(Variant).where(Variant.product_id == products[1])).all()
        for variant in sold_out:
            variant.on_hand = 0
        db.session.flush()
        assert check_links() == 3, "two links to a look of which nothing is left, and the piece"
        for variant in sold_out:
            variant.on_hand = 5
        db.session.flush()
        assert check_links() == 1
    assert browser.post(f"/studio/share/{piece_code}/lead", data={"to": "window"}).status_code == 303
    with work():
        assert check_links() == 0


def test_a_link_whose_target_is_gone_leads_to_what_comes_closest(work, giulia, client):
    editor, _, look, code, products = giulia
    with work():
        other = make_look(make_editor("Amina Sesay", "amina"), products[:1], title="On her bicycle")
        to_piece = make_link(
            actor=STAFF, editor_id=editor, target=LinkTarget.PRODUCT, product_id=products[0]
        ).code
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
        assert link_by_code(code).path == f"/shared/{code}"
    page = client.get(f"/shared/{code}")
    assert page.status_code == 200
    assert "“Carry-on only” is no longer on show." in page.text and "On her bicycle" in page.text
    assert "Giulia Ferri" in page.text and "noindex" in page.text
    assert client.get(f"/shared/{to_piece}").location == "/shop/corso-denim-jacket", "it is there"
    with work():
        archive_product(actor=STAFF, product_id=products[0], reason="Worn out.")
        unpublish_look(
            actor=STAFF, look_id=other, editor_id=db.session.scalar(text("SELECT max(id) FROM editors"))
        )
    for address in (f"/shared/{to_piece}", f"/shared/{code}"):
        assert client.get(address).status_code == 200
    assert client.get("/shared/nobody7").location == "/shop"
    assert client.get(f"/shared/{'x' * 90}").location == "/shop"


def test_a_link_leads_to_a_collection_until_that_is_over(work, giulia, client):
    editor, browser, _, _, products = giulia
    with work():
        evening = by_hand(products).id
    made = browser.post("/studio/share", data={"to": f"collection:{evening}"})
    code = made.location.rpartition("/")[2]
    assert "Share Evening" in browser.get(made.location).text
    with work():
        assert link_by_code(code).path == "/collections/evening"
        unpublish_collection(actor=STAFF, collection_id=evening)
        assert link_by_code(code).path == f"/shared/{code}"
        assert check_links() == 1 and findings_of(editor).popitem()[1] == LinkProblem.OVER
    assert "“Evening” is over." in client.get(f"/shared/{code}").text
    assert browser.post("/studio/share", data={"to": f"collection:{evening}"}).status_code == 409


def test_a_link_leads_to_a_collection_of_the_editor_until_that_is_taken_down(work, giulia, client, run_jobs):
    editor, browser, look, _, products = giulia
    with work():
        first, other = (
            make_gathering(actor=STAFF, editor_id=editor, draft=GatheringDraft(title=title, words="Light."))
            for title in ("Ten days", "One suitcase")
        )
        for one in (first, other):
            add_item(actor=STAFF, editor_id=editor, gathering_id=one.id, look_id=look)
            publish_gathering(actor=STAFF, editor_id=editor, gathering_id=one.id)
        amina = make_editor("Amina Sesay", "amina")
        with pytest.raises(NothingToShare):
            make_link(actor=STAFF, editor_id=amina, target=LinkTarget.GATHERING, gathering_id=first.id)
        first_id, other_id = first.id, other.id
    assert f'value="gathering:{first_id}"' in browser.get("/studio/links").text
    kit = browser.post("/studio/share", data={"to": f"gathering:{first_id}"}).location
    code = kit.rpartition("/")[2]
    page = browser.get(kit).text
    assert "Share Ten days" in page and "half of them made me think of you: “Ten days”." in page
    assert "Your other looks" not in page and client.get(f"/go/{code}").location.startswith(
        "/@giulia/collections/ten-days"
    )
    with work():
        assert card_of(queries.link_of(editor, code), "en", "IT").by == "A collection by Giulia Ferri"
    browser.post(
        f"/studio/collections/{first_id}", data={"title": "Ten days", "words": "Light.", "do": "hide"}
    )
    gone = client.get(f"/shared/{code}").text
    assert "“Ten days” is no longer on show." in gone and "Carry-on only" in gone
    with work():
        assert [*findings_of(editor).values()] == [LinkProblem.GONE]
    assert f'value="gathering:{other_id}"' in browser.get(kit).text
    browser.post(f"/studio/collections/{first_id}/remove")
    assert browser.get(f"/studio/collections/{first_id}").status_code == 404
    assert "“Ten days” is no longer on show." in client.get(f"/shared/{code}").text, "its name is still known"
    assert browser.post("/studio/share", data={"to": f"gathering:{first_id}"}).status_code == 409
    assert browser.post(f"{kit}/lead", data={"to": f"gathering:{other_id}"}).status_code == 303
    with work():
        assert link_by_code(code).path == "/@giulia/collections/one-suitcase" and not findings_of(editor)
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
    run_jobs()
    with work():
        link = queries.link_of(editor, code)
        assert findings_of(editor)[link.id] == LinkProblem.GONE, "nothing in it can be seen"
        make_look(editor, products, title="To the lake")


def test_an_editor_who_rests_is_told_what_their_links_do(work, giulia):
    editor, browser, _, code, _ = giulia
    with work():
        pause_link(actor=STAFF, link_id=queries.link_of(editor, code).id, editor_id=editor)
    assert "This link rests." in browser.get(f"/studio/share/{code}").text
    with work():
        pause(actor=STAFF, editor_id=editor, reason="Holidays.")
    for address in (f"/studio/share/{code}", "/studio/links"):
        assert "so your links rest" in browser.get(address).text
