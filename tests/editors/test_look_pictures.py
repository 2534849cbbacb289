import io

import pytest
from PIL import Image

from editors.looks.actions import LookDraft, PieceDraft, change_look, keep_picture
from editors.looks.models import Occasion
from editors.looks.queries import look_by_id
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
