import pytest
from sqlalchemy import func, select

from editors.links.models import Link, LinkStatus
from editors.looks.card_queries import looks_of
from editors.looks.models import Look, LookStatus
from editors.looks.queries import look_by_id
from editors.membership.models import EditorStatus
from editors.membership.queries import editor_by_id
from foundation.accounts.models import Account
from foundation.accounts.passwords import hash_password
from foundation.db import db
from tests.editors.conftest import make_editor, make_look, make_product


@pytest.fixture
def giulia(work, client_of):
    """Giulia's editor id, her browser, and two products on the rail."""
    with work():
        editor = make_editor()
        account = editor_by_id(editor).account_id
        products = [make_product(), make_product("lina-blouse", "Lina blouse", 5000)]
    return editor, client_of(account), products


def words(**other):
    form = {"title": "Carry-on only", "story": "Two days away.", "occasion": "away", "do": "save"}
    return form | other


def test_the_studio_is_for_editors(client, account, client_of):
    assert client.get("/studio").status_code == 302
    assert client_of(account("shopper@example.test")).get("/studio").status_code == 403


def test_an_editor_lands_in_the_studio_and_finds_it_from_the_account(work, giulia, client):
    editor, browser, _ = giulia
    with work():
        who = db.session.get_one(Account, editor_by_id(editor).account_id)
        who.password_hash = hash_password("una frase lunga")
        email = who.email
    answer = client.post("/account/sign-in", data={"email": email, "password": "una frase lunga"})
    assert (answer.status_code, answer.location) == (303, "/studio")
    main = browser.get("/account/").text.partition("<main")[2].partition("</main>")[0]
    assert 'href="/studio"' in main
    with work():
        editor_by_id(editor).status = EditorStatus.REMOVED
    answer = client.post("/account/sign-in", data={"email": email, "password": "una frase lunga"})
    assert answer.location == "/account/"


def test_a_look_is_put_together_and_published_without_script(work, giulia, client):
    editor, browser, (jacket, blouse) = giulia
    begun = browser.post("/studio/looks/new", data=words(do="find", q="blouse", add=str(jacket)))
    assert begun.status_code == 303
    page = browser.get(begun.location).text
    assert f'name="add" value="{blouse}"' in page
    with work():
        (card,) = looks_of(editor)
    pieces = {"piece": [str(jacket), str(blouse)], f"quantity-{blouse}": "2"}
    address = f"/studio/looks/{card.id}"
    moved = browser.post(address, data=words(do="", version="1", up=str(blouse), **pieces))
    assert moved.location == f"{address}#pieces"
    with work():
        look = look_by_id(card.id)
        assert [(piece.product_id, piece.quantity) for piece in look.pieces] == [(blouse, 2), (jacket, 1)]
    published = browser.post(address, data=words(do="publish", version="2", **pieces))
    assert published.location.startswith("/studio/share/")
    assert client.get("/looks/carry-on-only").status_code == 200


def test_what_keeps_a_look_from_being_published_is_named_and_nothing_is_lost(work, giulia):
    editor, browser, _ = giulia
    answer = browser.post("/studio/looks/new", data=words(do="publish", story="", title="Sunday"))
    assert answer.status_code == 422
    assert "Put at least one piece into the look." in answer.text
    assert "Say in a sentence or two where it goes." in answer.text
    assert 'value="Sunday"' in answer.text
    with work():
        assert looks_of(editor) == []


def test_words_that_are_too_long_come_back_as_they_were(giulia):
    answer = giulia[1].post("/studio/looks/new", data=words(title="T" * 81))
    assert answer.status_code == 422
    assert "T" * 81 in answer.text


def test_two_open_windows_do_not_overwrite_each_other_in_silence(work, giulia):
    editor, browser, (jacket, _) = giulia
    browser.post("/studio/looks/new", data=words(piece=str(jacket)))
    with work():
        (card,) = looks_of(editor)
    address = f"/studio/looks/{card.id}"
    assert browser.post(address, data=words(version="1", title="First")).status_code == 303
    late = browser.post(address, data=words(version="1", title="Second", piece=str(jacket)))
    assert late.status_code == 409
    assert "Keep what I typed" in late.text
    assert 'value="Second"' in late.text
    assert f'name="piece" value="{jacket}"' in late.text
    with work():
        assert look_by_id(card.id).title == "First"
    version = str(card.version + 1)
    assert f'name="version" type="hidden" value="{version}"' in late.text
    browser.post(address, data=words(version=version, title="Second", piece=str(jacket)))
    with work():
        assert look_by_id(card.id).title == "Second"


def test_a_look_on_show_is_taken_down_and_put_back(work, giulia, client):
    editor, browser, products = giulia
    with work():
        look = make_look(editor, products)
    assert browser.post(f"/studio/looks/{look}/unpublish").status_code == 303
    assert client.get("/looks/carry-on-only").status_code == 404
    with work():
        stored = look_by_id(look)
        assert stored.status == LookStatus.UNPUBLISHED
        version = stored.version
    pieces = {"piece": [str(one) for one in products]}
    browser.post(f"/studio/looks/{look}", data=words(do="publish", version=str(version), **pieces))
    assert client.get("/looks/carry-on-only").status_code == 200


def test_somebody_else_s_look_is_not_found(work, giulia):
    with work():
        look = make_look(make_editor("Amina Sesay", "amina"), giulia[2])
    assert giulia[1].get(f"/studio/looks/{look}").status_code == 404
    assert giulia[1].post(f"/studio/looks/{look}", data=words(version="2")).status_code == 404
    assert giulia[1].post(f"/studio/looks/{look}/unpublish").status_code == 404


def test_links_are_made_paused_and_resumed_without_script(work, giulia):
    editor, browser, products = giulia
    with work():
        look = make_look(editor, products)
    for target in (f"look:{look}", f"product:{products[0]}", "window", "window"):
        assert browser.post("/studio/links", data={"to": target}).status_code == 303
    with work():
        links = db.session.scalars(select(Link).order_by(Link.id)).all()
        assert [link.target for link in links] == ["look", "product", "window"]
        first = links[0]
    page = browser.get("/studio/links").text
    assert f"/go/{first.code}" in page
    assert browser.post(f"/studio/links/{first.id}/pause").status_code == 303
    assert browser.post(f"/studio/links/{first.id}/pause").status_code == 409
    assert browser.post(f"/studio/links/{first.id}/resume").status_code == 303
    with work():
        assert db.session.get(Link, first.id).status == LinkStatus.ACTIVE


@pytest.mark.parametrize("target", ["", "look", "look:x", "product:-1", "planet:3", "look:٣"])
def test_a_target_nobody_offers_makes_no_link(work, giulia, target):
    assert giulia[1].post("/studio/links", data={"to": target}).status_code == 400
    with work():
        assert db.session.scalar(select(func.count()).select_from(Link)) == 0


def test_a_link_to_what_is_not_on_show_is_refused_with_the_reason(giulia):
    answer = giulia[1].post("/studio/links", data={"to": "look:999"})
    assert answer.status_code == 409
    assert "a link would lead nowhere" in answer.text


def test_the_studio_says_what_to_do_next(work, giulia):
    editor, browser, products = giulia
    assert "Put a look together" in browser.get("/studio").text
    with work():
        make_look(editor, products)
        make_product("lina-blouse", "Lina blouse", 5000, stock={"S": 0, "M": 0, "L": 0})
    page = browser.get("/studio").text
    assert "Swap a piece in Carry-on only" in page
    assert "Share Carry-on only" in page


def test_the_window_says_what_its_editor_writes(work, giulia, client):
    form = {"name": "Giulia Ferri", "city": "Roma", "style": "Wears M.", "words": "I dress nurses."}
    assert giulia[1].post("/studio/profile", data=form).status_code == 303
    assert "I dress nurses." in client.get("/@giulia").text
    assert giulia[1].post("/studio/profile", data=form | {"words": ""}).status_code == 422


def test_publishing_asks_for_the_picture_and_a_change_forgets_it(work, giulia, run_jobs):
    editor, _, products = giulia
    with work():
        look = make_look(editor, products)
    assert run_jobs("editors.compose_look_picture") == 1
    with work():
        # These products have no picture yet: the page goes on drawing what there is.
        assert db.session.get(Look, look).picture_small_key is None


def test_drafts_have_a_list_of_their_own(work, giulia):
    editor, browser, products = giulia
    with work():
        make_look(editor, products)
    browser.post("/studio/looks/new", data=words(title="Sunday", piece=[str(products[0])]))
    drafts = browser.get("/studio/looks?state=draft").text
    assert "Sunday" in drafts
    assert "Carry-on only" not in drafts
    both = browser.get("/studio/looks?state=nonsense").text
    assert "Sunday" in both
    assert "Carry-on only" in both
    assert "No look in this state" in browser.get("/studio/looks?state=unpublished").text


def test_every_picture_of_ones_looks_hangs_on_one_page(work, giulia, statements):
    editor, browser, products = giulia
    assert "No picture yet" in browser.get("/studio/media").text
    with work():
        make_look(editor, products)
        make_look(make_editor("Marta Conti", "marta"), products[:1], "Not hers")
    with statements() as seen:
        page = browser.get("/studio/media").text
    few = seen.count
    assert "Carry-on only" in page
    assert "Cards to share" in page
    assert "Not hers" not in page
    with work():
        for number in range(6):
            make_look(editor, products, f"Look {number}")
    with statements() as seen:
        assert "Look 5" in browser.get("/studio/media").text
    assert seen.count == few
