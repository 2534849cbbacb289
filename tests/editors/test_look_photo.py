"""A look that begins with a photograph: taken, pointed at, sold, and refused when it is none."""

import io
import struct
import zlib

import pytest
from PIL import Image

from editors.looks.actions import publish_look
from editors.looks.arranging import arrange_look, stored_scene
from editors.looks.errors import CanvasRefused
from editors.looks.models import Look
from editors.looks.queries import look_by_id
from editors.membership.queries import editor_by_id
from foundation.db import db
from foundation.files.named import named_among
from foundation.files.storage import read
from storefront.catalog.standing import archive_product
from tests.editors.conftest import STAFF, make_editor, make_product


def _photo(width=1500, height=1400, kind="JPEG"):
    data = io.BytesIO()
    picture = Image.new("RGB", (width, height), (180, 60, 40))
    exif = picture.getexif()
    exif[0x010F] = "A camera that says where it was"
    picture.save(data, kind, exif=exif)
    return data.getvalue()


def _bomb():
    """A PNG of a few bytes that says it is 100,000 pixels wide and tall."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.fixture
def studio(work, client_of):
    with work():
        editor = make_editor()
        ids = [make_product(), make_product("lina-blouse", "Lina blouse", 5000)]
        number = editor_by_id(editor).account_id
    return editor, client_of(number), ids


def _send(browser, data, name="me.jpg", to="/studio/looks/photo"):
    return browser.post(to, data={"photo": (io.BytesIO(data), name), "sight": "start"})


def test_a_photograph_becomes_a_look_that_sells_what_was_pointed_at(client, work, studio, run_jobs):
    editor, browser, (jacket, blouse) = studio
    begun = _send(browser, _photo())
    assert begun.status_code == 303, begun.text
    tags = begun.location
    look = int(tags.split("/")[-2])
    with work():
        key = db.session.get(Look, look).photo_key
        kept = Image.open(io.BytesIO(read(key)))
        assert (kept.width * 4, kept.format) == (kept.height * 3, "WEBP")
        assert b"camera" not in read(key)
    assert "No piece on it yet" in browser.get(tags).text
    tapped = browser.get(f"{tags}?at.x=81&at.y=324").text
    assert 'name="across" value="25"' in tapped
    assert 'name="down" value="75"' in tapped
    assert "Press the photograph" in browser.get(f"{tags}?at.x=0&at.y=0").text, "pressed by a key"
    assert "Lina blouse" in browser.get(f"{tags}?across=25&down=75&q=blouse").text
    put = f"{tags}/tags"
    assert browser.post(put, data={"product": jacket, "across": "25", "down": "75"}).status_code == 303
    assert browser.post(put, data={"product": blouse, "across": "9999", "down": "-3"}).status_code == 303
    assert browser.post(put, data={"product": jacket, "across": "30", "down": "10"}).status_code == 303
    with work():
        lies = [(piece.product_id, piece.x, piece.y) for piece in look_by_id(look).pieces]
        assert lies == [(jacket, 2160, 960), (blouse, 7200, 0)]
    unknown = browser.post(put, data={"product": "999999", "across": "40", "down": "40"})
    assert unknown.status_code == 422
    assert "not in the shop" in unknown.text
    assert 'name="across" value="40"' in unknown.text
    _sold_and_changed(client, work, browser, run_jobs, editor, look, tags, (jacket, blouse))


def _sold_and_changed(client, work, browser, run_jobs, editor, look, tags, pieces):
    jacket, blouse = pieces
    with work():
        look_by_id(look).title, look_by_id(look).story = "On my door", "Hung up last night."
        slug = publish_look(actor=STAFF, look_id=look, editor_id=editor).slug
        key = db.session.get(Look, look).photo_key
    page = client.get(f"/looks/{slug}").text
    assert f"/media/{key}" in page
    assert "€130.00" in page
    run_jobs()
    with work():
        found = db.session.get(Look, look)
        assert found.picture_large_key and len(found.picture_avif_keys) == 3
        assert Image.open(io.BytesIO(read(found.picture_large_key))).size == (1080, 1440)
    assert f"/media/{found.picture_medium_key}" in client.get(f"/looks/{slug}").text
    assert browser.post(f"{tags}/untag", data={"product": blouse}).status_code == 303
    last = browser.post(f"{tags}/untag", data={"product": jacket})
    assert last.status_code >= 400
    assert "at least one piece" in last.text
    assert "1. Corso denim jacket" in last.text
    with work():
        assert [piece.product_id for piece in look_by_id(look).pieces] == [jacket]
        stored = look_by_id(look)
        with pytest.raises(CanvasRefused):
            arrange_look(
                actor=STAFF,
                look_id=look,
                editor_id=editor,
                version=stored.version,
                scene=stored_scene(stored).__class__("sun", ()),
            )
    assert browser.get(f"/studio/looks/{look}/canvas").location.endswith("/photo")
    with work():
        first = look_by_id(look)
        number, was = first.version, [(one.product_id, one.x, one.y) for one in first.pieces]
    assert _send(browser, _photo(900, 1200), to=f"{tags}/change").status_code == 303
    assert (
        browser.post(f"{tags}/tags", data={"product": jacket, "across": "3", "down": "4"}).status_code == 303
    )
    with work():
        changed = look_by_id(look)
        assert changed.photo_key != key
        assert [(one.product_id, one.x, one.y) for one in changed.pieces] != was
        assert key in named_among([key, "0" * 40 + ".webp"]), "the sweeper may not take it away"
        version = changed.version
    assert f"/media/{key}" in browser.get(f"/studio/looks/{look}/versions").text
    back = browser.post(f"/studio/looks/{look}/versions/{number}", data={"version": version})
    assert back.status_code == 303
    with work():
        brought = look_by_id(look)
        assert brought.photo_key == key
        assert [(one.product_id, one.x, one.y) for one in brought.pieces] == was
    for page in (f"/studio/looks/{look}", f"/studio/looks/{look}/versions", "/studio/looks"):
        assert browser.get(page).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b"<svg onload=alert(1)>", "no picture we can read"),
        (_bomb(), "too many pixels"),
        (_photo(400, 500), "is too small"),
        (_photo()[:400], "broken"),
    ],
    ids=["empty", "markup", "bomb", "small", "broken"],
)
def test_what_is_no_photograph_is_said_and_begins_nothing(work, studio, data, sentence):
    _, browser, _ = studio
    refused = _send(browser, data, "holiday.png")
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "holiday.png" in refused.text
    with work():
        assert db.session.query(Look).count() == 0


def test_nobody_points_at_somebody_else_s_photograph_nor_at_what_left_the_shop(work, studio, client_of):
    _, browser, (jacket, _) = studio
    tags = _send(browser, _photo()).location
    assert browser.post("/studio/looks/photo").status_code == 422
    with work():
        other = client_of(editor_by_id(make_editor("Amina Sesay", "amina")).account_id)
        archive_product(actor=STAFF, product_id=jacket, reason="Sold through")
    assert browser.post(f"{tags}/tags", data={"product": jacket, "across": "5"}).status_code == 422
    for act in ("", "/change"):
        assert other.get(tags + act).status_code == 404
    for act in ("/tags", "/untag", "/change"):
        assert other.post(tags + act, data={"product": jacket}).status_code in {404, 422}
