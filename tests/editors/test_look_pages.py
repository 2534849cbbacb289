import re

import pytest

from editors.looks import actions, errors
from editors.looks.actions import LookDraft, PieceDraft, keep_picture, unpublish_look
from editors.looks.card_queries import looks_of
from editors.looks.models import Look, LookStatus, Occasion
from editors.looks.queries import look_by_id
from editors.membership.actions import apply
from editors.membership.standing import remove
from foundation.actors import Actor
from foundation.db import db
from storefront.cart.models import CartLine
from storefront.catalog.models import ProductStatus
from storefront.catalog.queries import products_by_ids
from tests.editors.conftest import STAFF, make_editor, make_look, make_product


@pytest.fixture
def carry_on(work):
    """The look of the worked example: jacket 80.00, blouse 50.00, two shirts at 30.00."""
    with work():
        editor = make_editor()
        jacket = make_product(title_it="Giacca di jeans Corso")
        blouse = make_product("lina-blouse", "Lina blouse", 5000)
        shirt = make_product("porta-shirt", "Porta shirt", 3000)
        look = make_look(
            editor,
            [jacket, blouse, shirt],
            quantities={shirt: 2},
            title_it="Solo bagaglio a mano",
            story_it="Due giorni via, una borsa piccola.",
        )
        pieces = look_by_id(look).pieces
        ids = {piece.product_id: piece.id for piece in pieces}
        products = {"jacket": jacket, "blouse": blouse, "shirt": shirt}
        return products | {"editor": editor, "look": look, "ids": ids}


def sizes(work, product_id):
    with work():
        (product,) = products_by_ids([product_id])
        return {variant.label: variant.id for variant in product.variants}


def choice(work, carry_on, **chosen):
    """The form as a shopper fills it in: `jacket=("M", 1)`."""
    form = {}
    for name in ("jacket", "blouse", "shirt"):
        size, quantity = chosen.get(name, ("M", 2 if name == "shirt" else 1))
        piece = carry_on["ids"][carry_on[name]]
        form[f"quantity-{piece}"] = str(quantity)
        if size:
            form[f"size-{piece}"] = str(sizes(work, carry_on[name])[size])
    return form


def in_bag(work):
    with work():
        lines = db.session.query(CartLine).order_by(CartLine.id).all()
        return [(line.quantity, line.origin_kind, line.origin_ref, line.origin_label) for line in lines]


def test_a_look_says_its_words_in_both_languages(client, carry_on):
    english = client.get("/looks/carry-on-only").text
    italian = client.get("/looks/carry-on-only", headers={"Accept-Language": "it"}).text
    assert "Carry-on only" in english
    assert "€190.00" in english
    assert "Solo bagaglio a mano" in italian
    assert "Due giorni via" in italian
    assert "Giacca di jeans Corso" in italian
    assert re.search(r"190,00\s€", italian)
    assert "Aggiungi il look alla borsa" in italian


@pytest.mark.parametrize("pieces", [1, 40])
def test_a_look_asks_five_statements_at_most_whatever_its_size(client, work, statements, pieces):
    with work():
        editor = make_editor()
        products = [make_product(f"piece-{number}", f"Piece {number}") for number in range(pieces)]
        make_look(editor, products)
        for number in range(6):
            make_look(editor, products[:2], f"Another {number}")
    with statements() as seen:
        assert client.get("/looks/carry-on-only").status_code == 200
    assert seen.count <= 5, seen.sql


def test_the_list_of_looks_asks_four_statements_at_most(client, work, statements):
    with work():
        editor = make_editor()
        products = [make_product(f"piece-{number}", f"Piece {number}") for number in range(4)]
        for number in range(30):
            make_look(editor, products, f"Look {number}")
    with statements() as seen:
        page = client.get("/looks").text
    assert seen.count <= 4, seen.sql
    assert "/looks?page=2" in page
    assert client.get("/looks?for=away&page=2").status_code == 200
    assert client.get("/looks?for=nonsense&page=-1").status_code == 200


def test_the_whole_look_goes_into_the_bag_in_one_act(client, work, carry_on):
    answer = client.post("/looks/carry-on-only/bag", data=choice(work, carry_on))
    assert answer.status_code == 303
    assert answer.location == "/cart"
    label = ("look", "carry-on-only", "Carry-on only")
    assert in_bag(work) == [(1, *label), (1, *label), (2, *label)]


def test_a_quantity_of_nought_leaves_a_piece_out(client, work, carry_on):
    client.post("/looks/carry-on-only/bag", data=choice(work, carry_on, blouse=(None, 0)))
    assert [line[0] for line in in_bag(work)] == [1, 2]


@pytest.mark.parametrize("quantity", ["-1", "1000000000", "two", "", "1.5", "٣", "10"])
def test_a_quantity_that_is_none_is_named_and_the_bag_kept(client, work, carry_on, quantity):
    client.post("/looks/carry-on-only/bag", data=choice(work, carry_on))
    answer = client.post("/looks/carry-on-only/bag", data=choice(work, carry_on, jacket=("L", quantity)))
    assert answer.status_code == 422
    assert 'rel="canonical" href="http://127.0.0.1:8000/looks/carry-on-only"' in answer.text
    again = client.get("/looks/carry-on-only/bag")
    assert again.location == "/looks/carry-on-only", (
        "asked for again, in another language say, it is the look"
    )
    assert "A whole number from 0 to 9" in answer.text
    chosen = sizes(work, carry_on["jacket"])["L"]
    assert re.search(rf'value="{chosen}" checked', answer.text)
    assert len(in_bag(work)) == 3


def test_a_size_that_was_not_chosen_is_asked_for(client, work, carry_on):
    answer = client.post("/looks/carry-on-only/bag", data=choice(work, carry_on, jacket=(None, 1)))
    assert answer.status_code == 422
    assert "Choose a size" in answer.text
    assert in_bag(work) == []


def test_what_is_missing_is_told_above_the_pieces_and_the_page_opens_at_the_first(client, work, carry_on):
    form = choice(work, carry_on, blouse=(None, 1), shirt=(None, 1))
    for language, counted, asked in (
        ("en", "2 things need another look.", "Choose a size, or set the quantity to 0."),
        ("it", "2 cose sono da rivedere.", "Scegli una taglia, oppure metti la quantità a 0."),
    ):
        text = client.post("/looks/carry-on-only/bag", data=form, headers={"Accept-Language": language}).text
        above, pieces = text.split('<ol class="pieces">')
        assert counted in above
        jumps = re.findall(r'<li><a href="#(piece-\d)">[^<]+: ([^<]+)</a>', above)
        assert len(jumps) == 2
        assert {said for _, said in jumps} == {asked}
        assert pieces.count(" autofocus") == 1
        assert (
            pieces.index(f'id="{jumps[0][0]}"')
            < pieces.index(" autofocus")
            < pieces.index(f'id="{jumps[1][0]}"')
        )
    assert " autofocus" not in client.get("/looks/carry-on-only").text.partition('<ol class="pieces">')[2]


def test_a_size_of_another_piece_is_no_size_of_this_one(client, work, carry_on):
    form = choice(work, carry_on)
    form[f"size-{carry_on['ids'][carry_on['jacket']]}"] = str(sizes(work, carry_on["shirt"])["M"])
    assert client.post("/looks/carry-on-only/bag", data=form).status_code == 422


def test_nothing_chosen_is_said_and_nothing_changes(client, work, carry_on):
    form = choice(work, carry_on, jacket=("M", 0), blouse=("M", 0), shirt=("M", 0))
    answer = client.post("/looks/carry-on-only/bag", data=form)
    assert answer.status_code == 422
    assert "Nothing is chosen" in answer.text


def test_a_sold_out_piece_is_said_and_the_rest_is_bought(client, work, carry_on):
    form = choice(work, carry_on)
    with work():
        make_product("lina-blouse", "Lina blouse", 5000, stock={"S": 0, "M": 0, "L": 0})
    page = client.get("/looks/carry-on-only").text
    assert "Sold out" in page
    assert "€140.00" in page
    assert client.post("/looks/carry-on-only/bag", data=form).status_code == 303
    assert [line[0] for line in in_bag(work)] == [1, 2]


def test_a_size_that_sold_out_meanwhile_is_named_and_the_rest_is_bought(client, work, carry_on):
    form = choice(work, carry_on)
    with work():
        make_product("lina-blouse", "Lina blouse", 5000, stock={"S": 5, "M": 0, "L": 5})
    assert client.post("/looks/carry-on-only/bag", data=form).status_code == 303
    with client.session_transaction() as session:
        said = [str(message) for _, message in session["_flashes"]]
    assert any("Lina blouse, indigo, M" in message and "sold out" in message for message in said)
    assert [line[0] for line in in_bag(work)] == [1, 2]


def test_a_piece_that_left_the_shop_cannot_be_bought_nor_opened_in_its_looks(client, work, carry_on):
    assert "/shop/corso-denim-jacket" in client.get("/looks/carry-on-only").text
    with work():
        products_by_ids([carry_on["jacket"]])[0].status = ProductStatus.ARCHIVED
    page = client.get("/looks/carry-on-only").text
    assert "No longer sold" in page
    assert '<a href="/shop/corso-denim-jacket"' not in page
    assert "€110.00" in page


def test_drafts_and_looks_of_people_who_left_are_on_no_page(client, work, carry_on):
    with work():
        editor = carry_on["editor"]
        draft = LookDraft("Secret", "", Occasion.HOME, pieces=(PieceDraft(carry_on["jacket"]),))
        slug = actions.draft_look(actor=STAFF, editor_id=editor, draft=draft).slug
    assert client.get(f"/looks/{slug}").status_code == 404
    assert "Secret" not in client.get("/@giulia").text
    assert client.get("/@giulia").status_code == 200
    with work():
        remove(actor=STAFF, editor_id=editor, reason="Asked to go.")
    assert client.get("/looks/carry-on-only").status_code == 404
    assert client.get("/@giulia").status_code == 404
    assert "Carry-on only" not in client.get("/looks").text


def test_the_window_answers_to_any_capitals(client, carry_on):
    assert client.get("/@Giulia").location.endswith("/@giulia")
    assert client.get("/@nobody").status_code == 404


def test_a_product_shows_the_looks_it_is_styled_in(client, carry_on):
    assert "Carry-on only" in client.get("/shop/corso-denim-jacket").text


def test_the_home_page_shows_the_newest_look_with_its_pieces(client, carry_on):
    page = client.get("/").text
    assert "Get this look, €190.00" in page
    assert "Put together by Giulia Ferri, who earns a commission on it." in page


def test_publishing_names_everything_that_is_missing(work):
    with work():
        editor = make_editor()
        draft = LookDraft("", "", Occasion.HOME)
        look = actions.draft_look(actor=STAFF, editor_id=editor, draft=draft)
        with pytest.raises(errors.LookUnready) as met:
            actions.publish_look(actor=STAFF, look_id=look.id, editor_id=editor)
        assert len(met.value.problems) == 3
        assert look.status == LookStatus.DRAFT


def test_a_piece_that_is_no_longer_sold_keeps_a_look_from_being_published(work):
    with work():
        editor, product = make_editor(), make_product()
        look = make_look(editor, [product])
        actions.unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
        products_by_ids([product])[0].status = ProductStatus.ARCHIVED
        with pytest.raises(errors.LookUnready) as met:
            actions.publish_look(actor=STAFF, look_id=look, editor_id=editor)
        assert "Corso denim jacket" in str(met.value.problems[0])


def test_two_looks_of_one_title_have_two_addresses_and_keep_them(work):
    with work():
        editor, product = make_editor(), make_product()
        first, second = make_look(editor, [product]), make_look(editor, [product])
        assert [look_by_id(look).slug for look in (first, second)] == ["carry-on-only", "carry-on-only-2"]
        draft = LookDraft("Another name", "Story.", Occasion.AWAY, pieces=(PieceDraft(product),))
        version = look_by_id(first).version
        actions.change_look(actor=STAFF, look_id=first, editor_id=editor, version=version, draft=draft)
        assert look_by_id(first).slug == "carry-on-only"


def test_a_look_on_show_cannot_be_emptied(work):
    with work():
        editor = make_editor()
        look = make_look(editor, [make_product()])
        version = look_by_id(look).version
        draft = LookDraft("Title", "Story.", Occasion.AWAY)
        with pytest.raises(errors.LookUnready):
            actions.change_look(actor=STAFF, look_id=look, editor_id=editor, version=version, draft=draft)


def test_somebody_else_s_look_cannot_be_changed(work):
    with work():
        look = make_look(make_editor(), [make_product()])
        amina = make_editor("Amina Sesay", "amina")
        draft = LookDraft("Mine", "Now.", Occasion.AWAY)
        with pytest.raises(errors.NoSuchLook):
            actions.change_look(actor=STAFF, look_id=look, editor_id=amina, version=2, draft=draft)
        with pytest.raises(errors.NoSuchLook):
            actions.unpublish_look(actor=STAFF, look_id=look, editor_id=amina)


def test_the_studio_lists_an_editor_s_looks_of_every_state(work):
    with work():
        editor, product = make_editor(), make_product()
        make_look(editor, [product])
        actions.draft_look(actor=STAFF, editor_id=editor, draft=LookDraft("Draft", "", Occasion.HOME))
        assert {look.title for look in looks_of(editor)} == {"Carry-on only", "Draft"}
        assert [look.title for look in looks_of(editor, on_show_only=True)] == ["Carry-on only"]


def test_a_product_page_that_is_kept_follows_its_looks(client, work, carry_on):
    page = "/shop/corso-denim-jacket"
    assert "Carry-on only" in client.get(page).text
    with work():
        look = db.session.query(Look).one()
        keep_picture(look_id=look.id, version=look.version, keys=["s.webp", "m.webp", "l.webp"])
    assert "/media/m.webp" in client.get(page).text
    with work():
        look = db.session.query(Look).one()
        unpublish_look(actor=STAFF, look_id=look.id, editor_id=look.editor_id)
    assert "Carry-on only" not in client.get(page).text


def test_the_bag_names_a_look_in_the_language_of_whoever_reads_it(client, work, carry_on):
    italian = {"Accept-Language": "it"}
    client.post("/looks/carry-on-only/bag", data=choice(work, carry_on), headers=italian)
    for page in ("/cart", "/checkout"):
        assert "Solo bagaglio a mano" in client.get(page, headers=italian).text
        english = client.get(page).text
        assert "Carry-on only" in english
        assert "Solo bagaglio a mano" not in english


def test_a_piece_put_back_keeps_both_names_of_its_look(client, work, carry_on):
    client.post("/looks/carry-on-only/bag", data=choice(work, carry_on, jacket=("M", 0), blouse=("M", 0)))
    with work():
        line = db.session.query(CartLine.id).scalar()
    client.post(f"/cart/lines/{line}/remove")
    client.post("/cart/undo")
    assert "Solo bagaglio a mano" in client.get("/cart", headers={"Accept-Language": "it"}).text


def test_whoever_waits_for_an_answer_is_shown_looks(client_of, account, work, carry_on):
    number = account("nadia@example.test")
    with work():
        apply(
            actor=Actor.person(number, "Nadia"),
            account_id=number,
            name="Nadia Rinaldi",
            city="Torino",
            words="I can make one jacket look like three people, and I have done so.",
            handle_wish="nadia",
            answers={},
        )
    page = client_of(number).get("/editors/apply/sent").text
    assert 'href="/looks/carry-on-only"' in page
