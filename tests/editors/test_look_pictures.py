import io
import json
import re

import pytest
from PIL import Image, ImageChops, ImageOps

from editors.looks.actions import LookDraft, PieceDraft, change_look, keep_picture
from editors.looks.arranging import stored_scene
from editors.looks.models import Occasion
from editors.looks.queries import look_by_id
from editors.membership.queries import editor_by_id
from editors.share.cards import PLATE, SHEETS, Card, Size, draw
from editors.share.jobs import refresh_page_cards
from foundation.db import db
from foundation.files.storage import read, store
from storefront.catalog.actions import attach_picture
from storefront.catalog.drafts import PictureDraft
from tests.editors.conftest import STAFF, make_editor, make_look, make_product


def picture(colour):
    """A plain garment of one colour, stored; its key."""
    image = Image.new("RGBA", (480, 600), (0, 0, 0, 0))
    image.paste(colour, (100, 100, 380, 500))
    data = io.BytesIO()
    image.save(data, "WEBP")
    return store(data.getvalue(), ".webp")


@pytest.fixture
def dressed(work):
    """A published look of two pieces that have pictures: editor, look and product ids."""
    with work():
        products = [make_product(), make_product("linea-jeans", "Linea jeans", 6500, slot="bottom")]
        for product, colour in zip(products, ("navy", "grey"), strict=True):
            key = picture(colour)
            measures = {"body_x": 100, "body_y": 100, "body_width": 280, "body_height": 400}
            size = {"width": 480, "height": 600, "real_height_mm": 700}
            rendition = PictureDraft(small_key=key, medium_key=key, large_key=key, **size, **measures)
            attach_picture(actor=STAFF, product_id=product, rendition=rendition)
        editor = make_editor()
        return editor, make_look(editor, products), products


def test_until_the_picture_is_composed_the_page_draws_the_pieces(client, dressed, run_jobs):
    page = client.get("/looks/carry-on-only").text
    assert page.count("<image ") == 2
    assert "style=" not in page
    assert 'property="og:image"' not in page
    run_jobs("editors.compose_look_picture")
    page = client.get("/looks/carry-on-only").text
    assert "<image " not in page
    assert 'srcset="/media/' in page
    assert 'property="og:image"' in page


def test_networks_are_shown_a_card_in_the_language_of_the_page_until_then_the_picture(
    client, work, dressed, run_jobs, statements
):
    def offered(**headers):
        page = client.get("/looks/carry-on-only", headers=headers).text
        said = dict(re.findall(r'property="og:image(:\w+)?" content="([^"]+)"', page))
        assert f'name="twitter:image" content="{said[""]}"' in page
        return said

    run_jobs("editors.compose_look_picture")
    assert offered()[""].endswith(".webp") and offered()[":height"] == "1440"
    run_jobs()
    english, italian = offered(), offered(**{"Accept-Language": "it"})
    assert (english[":type"], english[":width"], english[":height"]) == ("image/jpeg", "1200", "630")
    assert english[""].endswith(".jpg") and english[""] != italian[""]
    with client.get(english[""].partition("8000")[2]) as sent, Image.open(io.BytesIO(sent.data)) as card:
        assert (card.format, card.size) == ("JPEG", (1200, 630))
    with statements() as seen:
        offered()
    assert seen.count <= 5, seen.sql
    with work():
        refresh_page_cards()
    run_jobs()
    assert offered() == english, "what is true is not drawn again"
    with work():
        editor_by_id(dressed[0]).name = "Giulia Conti Rossi"
        refresh_page_cards()
    run_jobs()
    assert offered()[""] != english[""], "her name is another, so is the card by the next morning"


def test_the_composed_picture_comes_in_three_widths(app, work, dressed, run_jobs):
    run_jobs("editors.compose_look_picture")
    with work():
        look = look_by_id(dressed[1])
        keys = (look.picture_small_key, look.picture_medium_key, look.picture_large_key)
        sizes = [Image.open(io.BytesIO(read(key))).size for key in keys]
        lighter = [read(key) for key in look.picture_avif_keys]
    assert (
        sizes
        == [Image.open(io.BytesIO(data)).size for data in lighter]
        == [(360, 480), (720, 960), (1080, 1440)]
    )
    assert all(Image.open(io.BytesIO(data)).format == "AVIF" for data in lighter)


def test_a_browser_that_knows_avif_is_offered_it_first(client, dressed, run_jobs):
    run_jobs("editors.compose_look_picture")
    page = client.get("/looks/carry-on-only").text
    assert '<picture><source type="image/avif" srcset="/media/' in page
    assert page.count(".avif 720w") == 1


def test_a_change_while_the_picture_is_composed_is_not_painted_over(work, dressed, run_jobs):
    editor, look, products = dressed
    run_jobs("editors.compose_look_picture")
    with work():
        version = look_by_id(look).version
        draft = LookDraft("Carry-on", "Story.", Occasion.AWAY, pieces=(PieceDraft(products[0]),))
        change_look(actor=STAFF, look_id=look, editor_id=editor, version=version, draft=draft)
    with work():
        keys = ["a.webp", "b.webp", "c.webp"]
        assert not keep_picture(look_id=look, version=version, keys=keys, avif_keys=keys)
        assert look_by_id(look).picture_large_key is None
    run_jobs("editors.compose_look_picture")
    with work():
        assert look_by_id(look).picture_large_key is not None


def test_the_numbers_lie_on_the_pieces(client, work, dressed):
    page = client.get("/looks/carry-on-only").text
    assert page.count('class="hit"') == 2
    with work():
        for piece in look_by_id(dressed[1]).pieces:
            assert 0 < piece.x < 7200
            assert 0 < piece.y < 9600
            assert f'cx="{round(piece.x / 24, 1)}"' in page


def test_a_picture_of_a_look_that_is_deleted_meanwhile_is_kept_nowhere(work, dressed, run_jobs):
    editor, _, products = dressed
    with work():
        gone = make_look(editor, products[:1], "Gone by then")
        db.session.delete(look_by_id(gone))
    run_jobs()
    with work():
        assert look_by_id(gone) is None
        assert not keep_picture(look_id=gone, version=2, keys=["s.webp", "m.webp", "l.webp"])


def test_a_look_goes_from_canvas_to_page_to_card_and_back_to_the_pixel(work, dressed, run_jobs, client_of):
    """The page shows the file itself on the colour of the plate; a card shows it smaller and as a JPEG, which
    costs edges a little of their colour. So brightness is compared, and how many pixels are off by more than
    an eye would see."""
    editor, look, _ = dressed
    with work():
        desk = client_of(editor_by_id(editor).account_id)

    def picture_now():
        run_jobs("editors.compose_look_picture")
        with work():
            row = look_by_id(look)
            return row.version, row.picture_large_key, read(row.picture_large_key)

    def save(version, scene):
        answer = desk.post(f"/studio/looks/{look}/canvas", json={"version": version, **scene})
        assert answer.status_code == 200, answer.text
        return answer.json["version"]

    version, key, shown = picture_now()
    with work():
        scene = stored_scene(look_by_id(look)).as_dict()
    assert save(version, scene) == version, "saved as it was, it is no other version"
    moved = json.loads(json.dumps(scene))
    moved["things"][0]["x"] += 400
    version = save(version, moved)
    assert picture_now()[1] != key
    version = save(version, scene)
    assert picture_now() == (version, key, shown), "laid back, the picture is the same byte for byte"
    other = Image.new("RGB", (1080, 1440), "white")
    for size in Size:
        x, y, width, height = SHEETS[size].plate
        card = draw(Card("Carry-on only", "A look by Giulia", "v.test/go/x", "Ad.", key), size, shown)
        with Image.open(io.BytesIO(shown)) as opened:
            page = Image.new("RGB", opened.size, PLATE)
            page.paste(opened, mask=opened.getchannel("A"))
            page = ImageOps.contain(page, (width, height), Image.Resampling.BICUBIC)
        left, top = x + (width - page.width) // 2, y + (height - page.height) // 2
        with Image.open(io.BytesIO(card)) as opened:
            cut = opened.convert("RGB").crop((left, top, left + page.width, top + page.height))
        assert _far_off(cut, page) < 0.001 < _far_off(cut, other.resize(page.size)), size


def _far_off(one, other):
    """The share of pixels whose brightness differs by more than 12 of 255."""
    counts = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(counts[13:]) / sum(counts)
