"""The page of a look beyond its form: what is kept, what a reader's own sizes do, what machines read."""

import json
import re

import pytest

from editors.looks.actions import LookDraft, PieceDraft, change_look, keep_picture, unpublish_look
from editors.looks.errors import NoSuchLook
from editors.looks.models import Look, Occasion, Season, Style
from editors.looks.queries import look_by_id
from editors.saves.actions import save_look
from editors.saves.errors import TooManySaved
from editors.saves.queries import saved_count
from foundation.db import db
from storefront.catalog.queries import products_by_ids
from storefront.usual.policy import fitting
from storefront.wishes import keeping
from tests.editors.conftest import STAFF, make_editor, make_look, make_product

PAGE = "/looks/carry-on-only"


def _town(work):
    with work():
        editor = make_editor()
        ids = [make_product(), make_product("lina-blouse", "Lina blouse", 5000, category="tops")]
        look = make_look(editor, ids)
        pieces = {piece.product_id: piece.id for piece in look_by_id(look).pieces}
        sizes = {
            (product.id, variant.label): variant.id
            for product in products_by_ids(ids)
            for variant in product.variants
        }
    return editor, look, ids, pieces, sizes


def _chosen(page):
    return set(re.findall(r'value="(\d+)" checked', page))


def test_a_kept_page_follows_its_look_its_stock_and_its_neighbours(client, work, statements):
    editor, look, ids, *_ = _town(work)
    client.get(PAGE)
    with statements() as seen:
        assert "Carry-on only" in client.get(PAGE).text
    assert seen.count == 2, seen.sql  # one for the page, and one that counts that it was opened
    with work():
        make_product("lina-blouse", "Lina blouse", 5500, category="tops", stock={"S": 0, "M": 0, "L": 0})
        make_look(editor, ids[:1], "Worn again")
        make_look(editor, [make_product("other", "Other coat")], "Somewhere else")
    page = client.get(PAGE).text
    assert "Sold out" in page
    same, others = page.split("More to look at")
    assert "The same pieces, worn by others" in same
    assert "Worn again" in same
    assert "Somewhere else" not in same
    assert "Somewhere else" in others
    assert "Worn again" not in others
    with work():
        row = db.session.get(Look, look)
        keep_picture(look_id=look, version=row.version, keys=["s.webp", "m.webp", "l.webp"])
    assert "/media/m.webp" in client.get(PAGE).text
    with work():
        draft = LookDraft("Two days away", "Story.", Occasion.AWAY, pieces=(PieceDraft(ids[0]),))
        version = db.session.get(Look, look).version
        change_look(actor=STAFF, look_id=look, editor_id=editor, version=version, draft=draft)
    assert "Two days away" in client.get(PAGE).text
    with work():
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
    assert client.get(PAGE).status_code == 404


def test_a_look_opens_in_the_sizes_that_were_chosen_last(client, client_of, account, work, statements):
    _, _, (jacket, blouse), pieces, sizes = _town(work)
    assert _chosen(client.get(PAGE).text) == set()
    client.post("/cart/add", data={"variant_id": sizes[blouse, "M"], "quantity": "1"})
    both = {str(sizes[jacket, "M"]), str(sizes[blouse, "M"])}
    assert _chosen(client.get(PAGE).text) == both
    form = {f"size-{pieces[jacket]}": sizes[jacket, "L"], f"size-{pieces[blouse]}": sizes[blouse, "M"]}
    assert client.post(f"{PAGE}/bag", data=form).status_code == 303
    wanted = {str(sizes[jacket, "L"]), str(sizes[blouse, "M"])}
    assert _chosen(client.get(PAGE).text) == wanted
    own = client.get("/shop/lina-blouse").text
    assert _chosen(own) == {str(sizes[blouse, "M"])}, "the page of a piece begins with it, too"
    assert ">M in stock</span>" in own
    assert _chosen(client.application.test_client().get("/shop/lina-blouse").text) == set(), (
        "nobody else's page does"
    )
    with work():
        make_product("lina-blouse", "Lina blouse", 5000, category="tops", stock={"S": 5, "M": 0, "L": 5})
    assert _chosen(client.get(PAGE).text) == {str(sizes[jacket, "L"])}
    assert _chosen(client.get("/shop/lina-blouse").text) == set(), "what is sold out is not begun with"

    number = account("anna@example.test", password="a long enough word")
    client.post("/account/sign-in", data={"email": "anna@example.test", "password": "a long enough word"})
    assert _chosen(client.get(PAGE).text) == {str(sizes[jacket, "L"])}
    elsewhere = client_of(number)
    shown = elsewhere.get("/account/sizes").text
    assert 'value="L"' in shown
    assert 'value="M"' in shown
    refused = elsewhere.post("/account/sizes", data={"top": "rather wide", "outer": "S"})
    assert refused.status_code == 422
    assert "as it stands on a label" in refused.text
    assert "rather wide" in refused.text
    elsewhere.post("/account/sizes", data={"outer": "S", "top": ""})
    elsewhere.get(PAGE)
    with statements() as seen:
        assert _chosen(elsewhere.get(PAGE).text) == {str(sizes[jacket, "S"]), str(sizes[blouse, "S"])}
    assert seen.count <= 5, seen.sql


def test_letters_go_from_place_to_place_and_numbers_stay():
    kept = {"shoes": "38", "top": "M"}
    assert fitting(kept, "outer", ["S", "m", "L"]) == "m"
    assert fitting(kept, "shoes", ["37", "38"]) == "38"
    assert fitting(kept, "bottom", ["38", "40"]) is None
    assert fitting({"bottom": "40", "top": "L", "full": "S"}, "outer", ["S", "L"]) == "S"
    assert fitting(kept, "extra", ["M"]) is None


def test_the_total_can_be_asked_for_without_a_script(client, work):
    _, _, (jacket, blouse), pieces, _ = _town(work)
    form = {f"quantity-{pieces[jacket]}": "2", f"quantity-{pieces[blouse]}": "0", "do": "count"}
    answer = client.post(f"{PAGE}/bag", data=form)
    assert answer.status_code == 200
    assert "€160.00" in answer.text
    assert "The look, 2 items" in answer.text
    assert "Work out the total" in client.get(PAGE).text
    assert client.post(f"{PAGE}/bag", data=form | {f"quantity-{pieces[jacket]}": "x"}).status_code == 422
    with client.session_transaction() as session:
        assert "bag" not in session


def test_machines_read_the_pieces_and_where_to_embed_the_look(client, work):
    _, look, *_ = _town(work)
    page = client.get(PAGE).text
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    listed = json.loads(said)
    assert (listed["@type"], listed["numberOfItems"]) == ("ItemList", 2)
    offers = [one["item"]["offers"] for one in listed["itemListElement"]]
    assert [(one["price"], one["priceCurrency"]) for one in offers] == [("80.00", "EUR"), ("50.00", "EUR")]
    assert '<meta name="twitter:card" content="summary">' in page
    addresses = re.findall(rf'(?:data-share-address|readonly value)="http[^"]*{PAGE}', page)
    assert len(addresses) == 2, "for the phone to share, and for who has no scripts to copy"
    (found,) = re.findall(r'type="application/json\+oembed" title="Carry-on only" href="([^"]+)"', page)
    assert client.get(found).json["type"] == "link"
    with work():
        row = db.session.get(Look, look)
        keep_picture(look_id=look, version=row.version, keys=["s.webp", "m.webp", "l.webp"])
    page = client.get(PAGE).text
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    for asked, (width, height, name) in {
        "": (1080, 1440, "l"),
        "&maxwidth=400": (400, 533, "m"),
        "&maxwidth=400&maxheight=300": (225, 300, "s"),
        "&maxwidth=5": (120, 160, "s"),
        "&maxwidth=-5&maxheight=x": (1080, 1440, "l"),
        "&maxwidth=999999": (1080, 1440, "l"),
    }.items():
        answer = client.get(found + asked)
        assert (answer.json["width"], answer.json["height"]) == (width, height)
        assert f"/media/{name}.webp" in answer.json["html"]
    assert answer.json["author_name"] == "Giulia Ferri"
    assert "earns a commission" in answer.json["html"]
    for address, status in {
        "": 404,
        "http://elsewhere.test/looks/carry-on-only": 404,
        "http://[": 404,
        "http://localhost/looks/nobody": 404,
        "http://localhost/shop/corso-denim-jacket": 404,
    }.items():
        answer = client.get("/oembed", query_string={"url": address})
        assert (answer.status_code, list(answer.json)) == (status, ["error"])
    assert client.get(found + "&format=xml").status_code == 501


def test_looks_are_chosen_by_occasion_season_and_style_together(client, work, statements):
    with work():
        editor, product = make_editor(), make_product()
        for title, season, styles in (
            ("Snow", Season.WINTER, (Style.BOLD,)),
            ("Ice", Season.WINTER, (Style.CLASSIC, Style.BOLD)),
            ("Sun", Season.SUMMER, ()),
        ):
            make_look(editor, [product], title, season=season, styles=styles)
    with statements() as seen:
        everything = client.get("/looks").text
    assert seen.count <= 4, seen.sql
    assert 'href="/looks?season=winter"' in everything
    assert 'href="/looks?style=bold"' in everything
    assert "season=spring" not in everything
    narrowed = client.get("/looks?season=winter&style=classic").text
    assert "Winter, Classic" in narrowed
    assert ("Ice" in narrowed, "Snow" in narrowed, "Sun<" in narrowed) == (True, False, False)
    assert 'href="/looks?style=classic"' in narrowed, "the way to take the season off"
    assert "No look for this yet" in client.get("/looks?season=winter&for=dinner").text
    assert client.get("/looks?season=never&style=").status_code == 200


def test_a_look_is_saved_by_a_guest_and_comes_along_at_sign_in(client, client_of, account, work):
    _, look, *_ = _town(work)
    page = client.get(PAGE).text
    assert "Save this look" in page
    assert client.post(f"{PAGE}/save").location == PAGE
    assert 'aria-pressed="true"' in client.get(PAGE).text
    assert client.post(f"{PAGE}/save").status_code == 303, "twice is once"
    assert "Looks you saved" in client.get("/wishes").text
    number = account("anna@example.test", password="a long enough word")
    client.post("/account/sign-in", data={"email": "anna@example.test", "password": "a long enough word"})
    elsewhere = client_of(number)
    wishes = elsewhere.get("/wishes").text
    assert wishes.count(f'href="{PAGE}"') == 1
    assert "Nothing wished for yet" not in wishes
    part = elsewhere.post(f"{PAGE}/let-go", headers={"HX-Request": "true"}).text
    assert 'aria-pressed="false"' in part
    assert "Nothing wished for yet" in elsewhere.get("/wishes").text
    assert client.post("/looks/nobody/save").status_code == 404
    with work():
        for _ in range(2):
            save_look(actor=STAFF, visit="somebody", account_id=None, look_id=look)
        assert saved_count("somebody", None) == 1
        assert saved_count(None, number) == 0


def test_a_look_that_was_taken_down_takes_no_room_among_those_that_are_kept(work, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    editor, look, ids, *_ = _town(work)
    with work():
        other = make_look(editor, ids, "Rain, briefly")
        save_look(actor=STAFF, visit="somebody", account_id=None, look_id=look)
        with pytest.raises(TooManySaved):
            save_look(actor=STAFF, visit="somebody", account_id=None, look_id=other)
        unpublish_look(actor=STAFF, look_id=look, editor_id=editor)
        assert save_look(actor=STAFF, visit="somebody", account_id=None, look_id=other) == 1
        with pytest.raises(NoSuchLook):
            save_look(actor=STAFF, visit="somebody", account_id=None, look_id=look)
