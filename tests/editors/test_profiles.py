import io

from PIL import Image

from editors.membership.privacy import forget
from editors.membership.queries import editor_by_id
from foundation.accounts.models import Account
from foundation.db import db
from foundation.files.storage import read
from foundation.privacy.chapters import person_of
from storefront.places.actions import close_store, open_store
from storefront.usual.actions import keep_sizes
from tests.editors.conftest import STAFF, make_editor, make_look, make_product
from tests.storefront.test_places import draft

SAID = {"name": "Giulia Ferri", "city": "Torino", "words": "I dress nurses.", "style": "", "store_id": "0"}


def picture(width=900, height=600):
    """Red at the left, blue at the right, with a camera's notes."""
    drawn = Image.new("RGB", (width, height), "blue")
    drawn.paste("red", (0, 0, width // 2, height))
    notes = Image.Exif()
    notes[0x010F] = "Camera of Giulia"
    buffer = io.BytesIO()
    drawn.save(buffer, "JPEG", exif=notes)
    return buffer.getvalue()


def sent(data, sight="start"):
    return {"portrait": (io.BytesIO(data), "me.jpg"), "sight": sight}


def test_a_portrait_stands_wherever_the_initial_stood_and_is_taken_away_again(work, app, client_of, client):
    with work():
        giulia = make_editor()
        make_look(giulia, [make_product()])
        account = editor_by_id(giulia).account_id
    browser = client_of(account)
    pages = ("/@giulia", "/looks/carry-on-only")
    assert "mono--face" not in "".join(client.get(page).text for page in pages)
    for wrong, why in (
        (b"", "is empty"),
        (b"GIF89a no", "no picture we can read"),
        (picture(140, 400), "too small"),
        (picture()[:900], "broken"),
    ):
        refused = browser.post("/studio/profile/portrait", data=sent(wrong))
        assert refused.status_code == 422 and why in refused.text, why
    assert browser.post("/studio/profile/portrait").status_code == 422
    for sight, colour in (("end", 2), ("start", 0)):
        assert browser.post("/studio/profile/portrait", data=sent(picture(), sight)).status_code == 303
        with work():
            keys = editor_by_id(giulia).portrait_key, editor_by_id(giulia).portrait_large_key
        with app.app_context():
            small, large = (Image.open(io.BytesIO(read(key))) for key in keys)
            assert (small.size, large.size, bool(large.getexif())) == ((96, 96), (320, 320), False)
            pixel = large.convert("RGB").getpixel((160, 160))
            assert pixel[colour] > 200 > pixel[2 - colour]
    assert f"/media/{keys[1]}" in client.get("/@giulia").text
    assert f"/media/{keys[0]}" in client.get("/looks/carry-on-only").text
    assert browser.post("/studio/profile/portrait/remove").status_code == 303
    assert "mono--face" not in "".join(client.get(page).text for page in pages)
    browser.post("/studio/profile/portrait", data=sent(picture()))
    with work():
        forget(person_of(db.session.get_one(Account, account)))
        forgotten = editor_by_id(giulia)
        assert (forgotten.portrait_key, forgotten.portrait_large_key, forgotten.specialities) == (
            None,
            None,
            [],
        )
    assert browser.post("/studio/profile/portrait", data=sent(picture())).status_code == 403


def test_a_window_says_store_specialities_and_sizes_where_its_editor_wants_it(work, client_of, client):
    with work():
        giulia = make_editor()
        make_look(giulia, [make_product()])
        account = editor_by_id(giulia).account_id
        store = open_store(actor=STAFF, draft=draft(name="Torino, Via Lagrange")).id
        keep_sizes(actor=STAFF, account_id=account, sizes={"top": "M", "shoes": "39"})
    browser = client_of(account)
    good = {"specialities": ["travel", "denim"], "store_id": str(store)}
    assert browser.post("/studio/profile", data=SAID | good).status_code == 303
    window = client.get("/@giulia").text
    assert "Torino, Via Lagrange" in window and "Packing for a journey" in window
    assert "Wears M, 39" not in window
    assert "Denim · Packing for a journey" in client.get("/looks/carry-on-only").text
    browser.post("/studio/profile", data=SAID | good | {"shows_sizes": "y"})
    assert "Wears M, 39" in client.get("/@giulia").text
    many = {"specialities": ["travel", "denim", "care", "tall", "work"]}
    for wrong in (many, {"specialities": ["fame"]}, {"store_id": "1"}):
        refused = browser.post("/studio/profile", data=SAID | {"words": "Lost?"} | wrong)
        assert refused.status_code == 422 and "Lost?" in refused.text, wrong
    with work():
        close_store(actor=STAFF, place_id=store, reason="Moved")
    assert "Torino, Via Lagrange" not in client.get("/@giulia").text
    assert "I dress nurses." in browser.get("/studio/profile").text


def test_a_profile_kept_in_another_tab_is_shown_beside_what_was_typed(work, client_of):
    with work():
        giulia = make_editor()
        browser = client_of(editor_by_id(giulia).account_id)
    seen = browser.get("/studio/profile").text.partition('name="seen"')[2].split('value="')[1].split('"')[0]
    assert browser.post("/studio/profile", data=SAID | {"seen": seen}).status_code == 303
    second = browser.post("/studio/profile", data=SAID | {"seen": seen, "words": "I dress pilots."})
    assert second.status_code == 409
    assert "I dress pilots." in second.text and "I dress nurses." in second.text
    with work():
        assert editor_by_id(giulia).words == "I dress nurses."
