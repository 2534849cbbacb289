import gzip
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from editors.looks import arranging, card_queries, laying, queries
from editors.looks.actions import LookDraft, draft_look
from editors.looks.canvas.arrangements import TEMPLATES, Arrangement
from editors.looks.canvas.grounds import Ground
from editors.looks.canvas.measures import CANVAS_HEIGHT, CANVAS_WIDTH, Piece
from editors.looks.canvas.scene import CaptionThing, Face, Ink, PieceThing, Scene, Spot
from editors.looks.errors import CanvasRefused, LookChanged, NoSuchLook
from editors.looks.models import Occasion
from editors.looks.painting.picture import compose
from editors.looks.schemas import MOST_BYTES, read_scene
from editors.membership.queries import editor_by_id
from editors.studio import queries as studio
from foundation.web.assets import FOLDER, manifest
from storefront.catalog.standing import archive_product
from storefront.pairings.actions import pair_up
from tests.editors.conftest import STAFF, make_editor, make_look, make_product

EDITOR_SCRIPT = 40 * 1024  # bytes, gzipped
SPOT = {"x": 3600, "y": 4800, "scale": 1000, "rotation": 0, "flip": False, "locked": False}


def piece(product, **other):
    return {"kind": "piece", "product": product} | SPOT | other


def caption(text="Friday, six", **other):
    return {"kind": "caption", "text": text, "face": "display", "ink": "ink"} | SPOT | other


@pytest.fixture
def atelier(work, client_of):
    """Giulia's editor id, her browser, two products, and an empty draft of hers."""
    with work():
        editor = make_editor()
        account = editor_by_id(editor).account_id
        products = [make_product(slot="outer"), make_product("lina-blouse", "Lina blouse", 5000, slot="top")]
        look = arranging.begin_look(actor=STAFF, editor_id=editor).id
    return editor, client_of(account), products, look


def send(browser, look, *things, version=1, ground="plate", **other):
    return browser.post(
        f"/studio/looks/{look}/canvas",
        json={"version": version, "ground": ground, "things": list(things)} | other,
        headers={"Accept": "application/json"},
    )


def test_what_the_canvas_says_is_kept_to_the_number(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    sent = [
        piece(blouse, x=12, y=9600, scale=50, rotation=-1800, flip=True),
        caption("Ombra & <b>luce</b>", face="body", ink="vermilion", rotation=33),
        piece(jacket, x=7200, y=0, scale=8000, rotation=1800, locked=True),
    ]
    answer = send(browser, look, *sent, ground="linen")
    assert (answer.status_code, answer.json) == (200, {"version": 2, "total": "€130.00"})
    with work():
        stored = arranging.stored_scene(queries.look_by_id(look))
    assert json.loads(json.dumps(stored.as_dict())) == {"ground": "linen", "things": sent}
    page = browser.get(f"/studio/looks/{look}/canvas").text
    assert "translate(360 480) rotate(3.3) scale(1 1)" in page
    assert "<b>luce</b>" not in page
    assert "Ombra &amp; &lt;b&gt;luce&lt;/b&gt;" in page
    assert "style=" not in page


def test_what_lies_twice_is_bought_twice_and_once_less_when_it_goes(work, atelier):
    _, browser, (jacket, _), look = atelier
    send(browser, look, piece(jacket), piece(jacket, x=1000), piece(jacket, x=2000))
    with work():
        (row,) = queries.look_by_id(look).pieces
        assert (row.quantity, len(row.copies)) == (3, 2)
    send(browser, look, piece(jacket), piece(jacket, x=1000), version=2)
    with work():
        (row,) = queries.look_by_id(look).pieces
        assert (row.quantity, len(row.copies)) == (2, 1)


def test_nine_of_one_stay_the_most_however_often_it_lies(work, atelier):
    editor, browser, (jacket, _), look = atelier
    form = {"title": "T", "story": "S", "occasion": "away", "do": "save", "version": "1"}
    browser.post(f"/studio/looks/{look}", data=form | {"piece": str(jacket), f"quantity-{jacket}": "9"})
    assert '"sum": "\\u20ac720.00"' in browser.get(f"/studio/looks/{look}/canvas").text, (
        "nine, though one lies"
    )
    answer = send(browser, look, piece(jacket), piece(jacket, x=1), version=2)
    assert (answer.status_code, answer.json["total"]) == (200, "€720.00")
    less = browser.post(
        f"/studio/looks/{look}/total", json={"version": 1, "ground": "sky", "things": [piece(jacket)]}
    )
    assert less.json == {"total": "€640.00"}
    with work():
        (row,) = queries.look_by_id(look).pieces
        assert (row.quantity, len(row.copies)) == (9, 1)
        scene = Scene("plate", (PieceThing(jacket, Spot(1, 2, 1000, 0)),))
        copy = arranging.copy_look(actor=STAFF, look_id=look, editor_id=editor, scene=scene)
        assert copy.pieces[0].quantity == 8, "a copy is bought as often"


def test_captions_stay_on_top_of_what_is_laid_out_anew(work, atelier):
    editor, browser, (jacket, blouse), look = atelier
    send(browser, look, caption("below"), piece(jacket), piece(blouse), piece(blouse), caption("above"))
    with work():
        again = arranging.arrange_again(actor=STAFF, look_id=look, editor_id=editor)
        things = arranging.stored_scene(again).as_dict()["things"]
        assert [one.get("text") for one in things] == [None, None, "below", "above"]
        assert [one["layer"] for one in again.captions] == [2, 3]


def test_the_same_again_is_no_new_version(atelier):
    _, browser, (jacket, _), look = atelier
    assert send(browser, look, piece(jacket)).json["version"] == 2
    assert send(browser, look, piece(jacket), version=2).json["version"] == 2


def test_a_second_window_is_told_what_is_stored_and_overwrites_nothing(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    send(browser, look, piece(jacket, x=100))
    late = send(browser, look, piece(blouse))
    assert late.status_code == 409
    assert late.json["version"] == 2
    assert [thing["product"] for thing in late.json["scene"]["things"]] == [jacket]
    with work():
        assert [row.product_id for row in queries.look_by_id(look).pieces] == [jacket]


def test_what_was_done_in_the_second_window_can_be_kept_as_another_look(work, atelier):
    editor, browser, (jacket, blouse), look = atelier
    send(browser, look, piece(jacket))
    answer = browser.post(
        f"/studio/looks/{look}/copy", json={"version": 1, "ground": "sky", "things": [piece(blouse)]}
    )
    with work():
        copy = next(card for card in card_queries.looks_of(editor) if card.id != look)
        assert [one.product_id for one in copy.pieces] == [blouse]
        assert copy.ground == "sky"
        assert [row.product_id for row in queries.look_by_id(look).pieces] == [jacket]
    assert answer.json == {"href": f"/studio/looks/{copy.id}/canvas"}


@pytest.mark.parametrize(
    "change, said",
    [
        ({"x": -1}, "“x” has to be a whole number from 0 to 7200."),
        ({"x": 1e308}, "“x” has to be a whole number"),
        ({"y": 3.5}, "“y” has to be a whole number"),
        ({"scale": -1000}, "“scale” has to be a whole number from 50 to 8000."),
        ({"rotation": 1801}, "“rotation” has to be a whole number"),
        ({"flip": 1}, "“flip” has to be true or false."),
        ({"product": True}, "“product” has to be a whole number"),
        ({"layer": 3}, "“layer” is missing or does not belong there."),
        ({"kind": "script"}, "neither a piece nor a caption"),
        ({"kind": ["piece"]}, "neither a piece nor a caption"),
    ],
)
def test_a_forged_piece_is_refused_in_words(work, atelier, change, said):
    _, browser, (jacket, _), look = atelier
    answer = send(browser, look, piece(jacket) | change)
    assert answer.status_code == 422
    assert said in " ".join(answer.json["problems"])
    with work():
        assert queries.look_by_id(look).version == 1


@pytest.mark.parametrize(
    "change, said",
    [
        ({"text": "x" * 61}, "1 to 60 letters"),
        ({"text": " \n "}, "1 to 60 letters"),
        ({"text": 5}, "1 to 60 letters"),
        ({"text": "left\u202eright"}, "nobody could see"),
        ({"text": "\u200d\u00ad"}, "nobody could see"),
        ({"text": "no\uffffsign"}, "nobody could see"),
        ({"text": "مرحبا"}, "Latin, Greek and Cyrillic"),
        ({"text": "👨‍👩‍👧‍👦 in Turin"}, "Latin, Greek and Cyrillic"),
        ({"face": "comic"}, "no such “face”"),
        ({"ink": {"a": 1}}, "no such “ink”"),
    ],
)
def test_a_forged_caption_is_refused_in_words(atelier, change, said):
    _, browser, _, look = atelier
    answer = send(browser, look, caption() | change)
    assert answer.status_code == 422
    assert said in answer.json["problems"][0]


@pytest.mark.parametrize("words", ["Donau\u00addampf", "Πρωί Привет", "½ price, 40 €"])
def test_soft_hyphens_and_the_letters_of_our_faces_are_words(work, atelier, words):
    _, browser, _, look = atelier
    assert send(browser, look, caption(words)).status_code == 200
    with work():
        assert queries.look_by_id(look).captions[0]["text"] == words
    assert f"It says: {words}" in browser.get(f"/studio/looks/{look}/preview").text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"nothing", b'{"version": 1, "ground": "plate", "things": [NaN]}', b"\xff\xfe"]
)
def test_what_no_canvas_sends_is_refused(atelier, body):
    _, browser, _, look = atelier
    answer = browser.post(f"/studio/looks/{look}/canvas", data=body, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json["problems"] == ["No canvas of ours sends that."]


def test_a_scene_that_misses_its_parts_says_which():
    for sent, name in (({}, "version"), ({"version": 1, "things": []}, "ground")):
        with pytest.raises(CanvasRefused) as refused:
            read_scene(json.dumps(sent).encode())
        assert any(f"“{name}”" in sentence for sentence in refused.value.problems)


def test_ten_thousand_pieces_and_a_megabyte_of_words_are_too_much(atelier):
    _, browser, (jacket, _), look = atelier
    assert send(browser, look, *[piece(jacket)] * 10_000).status_code == 413
    assert send(browser, look, *[{}] * 5_000).status_code == 422
    many = send(browser, look, *[piece(jacket)] * 41)
    assert many.json["problems"] == ["A look holds up to 40 pieces and 12 captions."]
    assert send(browser, look, *[caption()] * 13).status_code == 422
    large = send(browser, look, caption("x" * 1_000_000))
    assert large.status_code == 413
    assert large.json["detail"] == "That is more than a look can hold. Nothing was saved."
    assert send(browser, look, *[piece(jacket)] * 10).json["problems"] == [
        "A look holds up to forty pieces, up to nine of each."
    ]


def test_a_body_that_names_no_length_is_measured_while_it_comes(atelier):
    _, browser, _, look = atelier
    answer = browser.post(
        f"/studio/looks/{look}/canvas",
        input_stream=io.BytesIO(b"x" * (MOST_BYTES + 1)),
        environ_overrides={"wsgi.input_terminated": True},
        headers={"Accept": "application/json", "Transfer-Encoding": "chunked"},
    )
    assert answer.status_code == 413
    assert answer.json["detail"] == "That is more than a look can hold. Nothing was saved."


def test_a_full_look_is_far_from_the_bound():
    things = [piece(2**62, x=7200, y=9600, scale=8000, rotation=-1800) for _ in range(40)]
    things += [caption("Ω" * 60) for _ in range(12)]
    body = json.dumps({"version": 2**31 - 1, "ground": "terrazzo", "things": things}).encode()
    assert len(body) < MOST_BYTES * 3 // 4


def test_only_what_is_in_the_shop_comes_into_a_look(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    send(browser, look, piece(jacket))
    with work():
        archive_product(actor=STAFF, product_id=jacket, reason="Sold through")
        archive_product(actor=STAFF, product_id=blouse, reason="Sold through")
    refused = send(browser, look, piece(jacket), piece(blouse), version=2)
    assert refused.status_code == 422
    assert f"Piece {blouse} is not in the shop" in refused.json["problems"][0]
    assert send(browser, look, piece(999_999), version=2).status_code == 422
    assert send(browser, look, piece(jacket, x=5), version=2).status_code == 200, "what is in it may stay"


def test_nobody_else_opens_or_saves_a_look(work, atelier, client_of, account):
    _, _, (jacket, _), look = atelier
    with work():
        other = make_editor("Marta Conti", "marta")
        stranger = client_of(editor_by_id(other).account_id)
    assert stranger.get(f"/studio/looks/{look}/canvas").status_code == 404
    assert send(stranger, look, piece(jacket)).status_code == 404
    shopper = client_of(account("shopper@example.test"))
    assert shopper.get(f"/studio/looks/{look}/canvas").status_code == 403
    with work(), pytest.raises(NoSuchLook):
        scene = Scene("plate", ())
        arranging.copy_look(actor=STAFF, look_id=look, editor_id=other, scene=scene)


def test_two_empty_looks_are_never_begun(work, atelier):
    editor, browser, _, look = atelier
    assert browser.post("/studio/looks/begin").location == f"/studio/looks/{look}/canvas"
    with work():
        assert len(card_queries.looks_of(editor)) == 1


def test_a_look_on_show_stays_fit_to_be_shown(work, atelier):
    editor, browser, products, _ = atelier
    with work():
        look = make_look(editor, products)
        version = queries.look_by_id(look).version
    empty = send(browser, look, caption(), version=version)
    assert empty.status_code == 400
    assert empty.json["problems"] == ["Put at least one piece into the look."]
    with work():
        assert len(queries.look_by_id(look).pieces) == 2
    assert send(browser, look, piece(products[0]), caption(), version=version).status_code == 200


def test_the_form_keeps_what_was_laid_by_hand_and_moves_by_numbers(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    send(browser, look, piece(jacket, x=1111, y=2222, rotation=45), piece(jacket, x=4000))
    form = {"title": "T", "story": "S", "occasion": "away", "do": "save", "version": "2"}
    rail = {"piece": [str(jacket), str(blouse)], f"quantity-{jacket}": "2"}
    as_shown = {"across": "15", "down": "23", "size": "100", "turn": "4"}
    sent = {f"{name}-{jacket}": value for name, value in as_shown.items()}
    browser.post(f"/studio/looks/{look}", data=form | rail | sent)
    with work():
        first, second = queries.look_by_id(look).pieces
        assert (first.x, first.y, first.rotation, len(first.copies)) == (1111, 2222, 45, 1)
        assert second.layer == 2, "a new piece comes on top"
    moved = sent | {f"across-{jacket}": "50", f"flip-{jacket}": "on"}
    browser.post(f"/studio/looks/{look}", data=form | rail | moved | {"version": "3"})
    with work():
        first = queries.look_by_id(look).pieces[0]
        assert (first.x, first.y, first.flip) == (3600, 2222, True)
    browser.post(f"/studio/looks/{look}", data=form | rail | {"version": "4", "do": "arrange"})
    with work():
        look = queries.look_by_id(look)
        assert not look.by_hand
        assert (look.pieces[0].rotation, look.pieces[0].copies) != (45, [])


def test_a_refused_form_shows_the_numbers_that_were_typed(atelier):
    _, browser, (jacket, _), look = atelier
    send(browser, look, piece(jacket))
    numbers = {"across": "31", "down": "62", "size": "140", "turn": "-17"}
    sent = {f"{name}-{jacket}": value for name, value in numbers.items()} | {f"flip-{jacket}": "on"}
    form = {"title": "T" * 81, "story": "S", "occasion": "away", "do": "save", "piece": str(jacket)}
    for refused in (form | {"version": "2"}, form | {"title": "T", "version": "1"}):
        page = browser.post(f"/studio/looks/{look}", data=refused | sent).text
        for name, value in numbers.items():
            assert f'name="{name}-{jacket}" value="{value}"' in page
        assert f'name="flip-{jacket}" checked' in page
        assert '<details class="fold lies" open>' in page


def test_the_drawer_asks_for_no_more_than_it_shows(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    send(browser, look, piece(jacket), piece(blouse))
    with work():
        looks = queries.look_by_id(look)
        assert len(studio.worn_before(looks.editor_id, 0, "", 1)) == 1
        assert studio.worn_before(looks.editor_id, look, "", 9) == [], "what lies here is no earlier look"


def test_a_stale_version_changes_nothing(work, atelier):
    editor, _, (jacket, _), look = atelier
    scene = Scene("plate", (PieceThing(jacket, Spot(1, 2, 1000, 0)),))
    with work(), pytest.raises(LookChanged):
        arranging.arrange_look(actor=STAFF, look_id=look, editor_id=editor, version=7, scene=scene)


def test_the_drawer_finds_pieces_by_word_and_by_shelf(work, atelier):
    editor, browser, (jacket, _), look = atelier
    send(browser, look, piece(jacket))
    with work():
        draft = LookDraft(title="", story="", occasion=Occasion.AWAY)
        look = draft_look(actor=STAFF, editor_id=editor, draft=draft).id
    drawer = f"/studio/looks/{look}/drawer"
    assert 'data-add="' in browser.get(drawer).text
    assert "Lina blouse" in browser.get(f"{drawer}?q=blouse").text
    assert "Nothing hangs under that word" in browser.get(f"{drawer}?q=zzzz").text
    mine = browser.get(f"{drawer}?from=looks").text
    assert "Corso denim jacket" in mine
    assert "Lina blouse" not in mine
    assert "Corso denim jacket" in browser.get(f"{drawer}?from=looks&q=índigo+CORSO").text
    assert "Corso denim jacket" not in browser.get(f"{drawer}?from=looks&q=corso+blouse").text
    assert "Your wish list is empty" in browser.get(f"{drawer}?from=wishes").text
    assert "Nothing bought yet" in browser.get(f"{drawer}?from=bought").text


def test_ground_and_captions_are_in_the_picture():
    words = CaptionThing("Venerdì", Face.DISPLAY, Ink.VERMILION, Spot(3600, 4800, 2000, 0))
    scene = Scene(Ground.SAGE, (words,))
    picture = compose([], CANVAS_WIDTH // 2, Ground(scene.ground), scene.captions)
    assert picture.size == (CANVAS_WIDTH // 2, CANVAS_HEIGHT // 2)
    assert picture.getpixel((2, 2)) == (196, 203, 182, 255)
    plain = compose([], CANVAS_WIDTH // 2, Ground.SAGE)
    assert picture.tobytes() != plain.tobytes()
    assert compose([], 90).getextrema()[3] == (0, 0), "the page's own ground is no paint"
    assert isinstance(compose([], 90, Ground.TERRAZZO), Image.Image)


def test_numbers_of_a_row_are_those_of_the_form():
    class Row:
        x, y, scale, rotation, flip = 3600, 9600, 1234, -450, True

    assert laying.numbers_of(Row()) == laying.Numbers(50, 100, 123, -45, True)


def test_the_script_of_the_canvas_stays_small_and_is_loaded_nowhere_else(client):
    built = FOLDER / manifest()["editors/js/canvas.js"]
    assert len(gzip.compress(Path(built).read_bytes())) <= EDITOR_SCRIPT
    assert Path(built).name not in client.get("/looks").text


def lay(browser, look, how, *things):
    return browser.post(
        f"/studio/looks/{look}/arranged?as={how}",
        json={"version": 1, "ground": "sky", "things": list(things)},
        headers={"Accept": "application/json"},
    )


def test_three_layouts_and_three_templates_lay_everything_within_the_canvas(work, atelier):
    _, browser, (jacket, blouse), look = atelier
    with work():
        queries.look_by_id(look).title = "Carry-on only"
    things = [piece(jacket), caption(), piece(blouse), piece(jacket, locked=True, x=77)]
    seen = []
    for how in Arrangement:
        answer = lay(browser, look, how, *things)
        assert answer.status_code == 200
        _, scene = read_scene(json.dumps({"version": 1} | answer.json).encode())
        assert sorted(scene.lying) == sorted((jacket, blouse))
        assert scene.things[0].spot.x == 77, "what is locked stays"
        assert scene.ground == (TEMPLATES[how].ground or "sky")
        said = [one["text"] for one in scene.captions]
        assert said == (["Friday, six", "Carry-on only"] if TEMPLATES[how].ground else ["Friday, six"])
        seen.append([one.spot for one in scene.things[1:3]])
    assert seen[0] != seen[1] != seen[2] != seen[0]
    assert lay(browser, look, "by-magic", *things).status_code == 404
    assert lay(browser, look, "worn", piece(999_999)).status_code == 404
    with work():
        assert queries.look_by_id(look).version == 1, "laying out saves nothing"


def test_a_template_sets_only_a_headline_that_can_be_saved(work, atelier):
    _, browser, (jacket, _), look = atelier
    with work():
        queries.look_by_id(look).title = "x" * 59 + " and so on\u202e"
    short = lay(browser, look, "page", piece(jacket)).json["things"]
    assert short[-1]["text"] == "x" * 59
    full = lay(browser, look, "page", piece(jacket), *[caption(f"No. {at}") for at in range(12)]).json[
        "things"
    ]
    assert len(full) == 13
    for things in (short, full):
        read_scene(json.dumps({"version": 1, "ground": "sky", "things": things}).encode())


@pytest.mark.parametrize("number", [0, 1, 2, 5, 40])
@pytest.mark.parametrize("how", list(Arrangement))
def test_a_layout_holds_whatever_the_pieces_are(number, how):
    slots = ("outer", "top", "bottom", "full", "shoes", "bag", "extra")
    heights = (760, 660, 1010, 1080, 130, 300, 260)
    shapes = [Piece(slots[at % 7], 100, 150, heights[at % 7]) for at in range(number)]
    for place in TEMPLATES[how].lay(shapes):
        assert 0 <= place.x <= 7200
        assert 0 <= place.y <= 9600
        assert 50 <= place.scale <= 8000


def test_what_goes_with_the_pieces_is_offered_and_what_has_gone_is_named_with_stand_ins(work, atelier):
    editor, browser, (jacket, blouse), look = atelier
    with work():
        slot = {"slot": "outer", "category": "outerwear"}
        gone = make_product("last-coat", "Last coat", 9000, stock={"M": 0}, **slot)
        few = make_product("few-coat", "Few coat", 9500, stock={"M": 2}, **slot)
        make_look(editor, [jacket, few])
        arranging.arrange_look(
            actor=STAFF,
            look_id=look,
            editor_id=editor,
            version=1,
            scene=Scene(
                "plate", (PieceThing(jacket, Spot(1, 1, 1000, 0)), PieceThing(gone, Spot(1, 1, 1000, 0)))
            ),
        )
        pair_up()
    drawer = f"/studio/looks/{look}/drawer"
    goes = browser.get(f"{drawer}?from=goes").text
    assert "Few coat" in goes
    assert "Only 2 left" in goes
    assert "Lina blouse" not in goes
    page = browser.get(f"/studio/looks/{look}/canvas").text
    assert '"notes": ["Sold out"]' in page
    instead = browser.get(f"{drawer}?instead={gone}").text
    assert f'data-instead="{gone}"' in instead
    assert "Few coat" in instead
    assert "Last coat" not in instead
    assert 'data-instead="' not in browser.get(f"{drawer}?instead={blouse}").text, "it is not in the look"
