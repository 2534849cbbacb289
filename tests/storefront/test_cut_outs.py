"""A photograph that staff hang: lighter files, its cut-out for looks, and what staff may say to it."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from editors.looks.piece_queries import garments_of
from editors.looks.queries import look_by_id
from foundation.accounts.permissions import Role
from foundation.files.bucket import Bucket
from foundation.files.keys import type_of
from foundation.files.storage import EXTENSION, read
from storefront.catalog.models import CutOut
from storefront.catalog.queries import pictures_of
from tests.editors.conftest import make_editor, make_look
from tests.foundation.bucket_service import running
from tests.storefront.shelf import put_on_shelf

JOB = "catalog.finish_picture"
COMPOSE = "editors.compose_look_picture"


def photograph(paper=(235, 235, 233)) -> bytes:
    """A blue thing on paper, as a camera gives it."""
    picture = Image.new("RGB", (800, 1000), paper)
    ImageDraw.Draw(picture).rounded_rectangle((200, 150, 600, 850), 60, fill=(30, 50, 140))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=88)
    return data.getvalue()


def room() -> bytes:
    picture = Image.new("RGB", (800, 1000))
    for x in range(0, 800, 40):
        for y in range(0, 1000, 50):
            picture.paste((x * 7 % 256, y * 5 % 256, (x + y) * 3 % 256), (x, y, x + 40, y + 50))
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=88)
    return data.getvalue()


@pytest.fixture
def jacket(work):
    with work():
        return put_on_shelf(colour="Indigo").id


@pytest.fixture
def clerk(desk_of):
    return desk_of(Role.CATALOGUE)


@pytest.fixture
def hang(clerk, jacket, work, run_jobs):
    """Hang a picture through the page and let the job finish it; gives its row."""

    def do(data, name="front.jpg"):
        files = {"pictures": [(io.BytesIO(data), name)]}
        page = clerk.post(
            f"/staff/products/{jacket}/pictures", data=files, content_type="multipart/form-data"
        )
        assert page.status_code == 303
        run_jobs(JOB)
        return hung(work, jacket)

    return do


def hung(work, product_id):
    with work():
        return pictures_of(product_id)[0]


def lies(work, product_id):
    with work():
        return garments_of([product_id])[product_id]


def test_a_photograph_gets_lighter_files_and_the_page_offers_them_first(app, client, hang):
    picture = hang(photograph())
    assert len(picture.avif_keys) == 3
    with app.app_context():
        for key, width in zip(picture.avif_keys, (320, 640, 800), strict=True):
            assert type_of(key) == "image/avif"
            assert Image.open(io.BytesIO(read(key))).size == (width, width * 5 // 4)
        large = Image.open(io.BytesIO(read(picture.avif_keys[2]))).convert("RGB")
        assert large.getpixel((400, 500)) == pytest.approx((30, 50, 140), abs=8)
    for page in (client.get("/shop/corso-denim-jacket").text, client.get("/shop").text):
        assert f'<picture><source type="image/avif" srcset="/media/{picture.avif_keys[0]} 320w' in page
        assert f'src="/media/{picture.medium_key}"' in page
    served = client.get(f"/media/{picture.avif_keys[0]}")
    assert served.mimetype == "image/avif"


def test_looks_lay_the_cut_out_and_the_shop_shows_the_picture(app, client, work, hang, jacket):
    picture = hang(photograph())
    assert picture.cut == CutOut.USED
    box = (picture.body_x, picture.body_y, picture.body_width, picture.body_height)
    assert box == pytest.approx((200, 150, 400, 700), abs=10)
    lying = lies(work, jacket)
    assert lying.key == picture.cut_large_key and lying.box == box
    with app.app_context():
        cut = Image.open(io.BytesIO(read(picture.cut_large_key)))
        assert (cut.format, cut.size) == ("WEBP", (picture.width, picture.height))
        assert cut.getpixel((5, 5))[3] == 0 and cut.getpixel((400, 500))[3] == 255
    assert picture.cut_medium_key not in client.get("/shop/corso-denim-jacket").text


def test_staff_may_do_without_it_and_with_it_and_looks_follow(clerk, client, work, hang, jacket, run_jobs):
    picture = hang(photograph())
    with work():
        look = make_look(make_editor(), [jacket])
    run_jobs(COMPOSE)
    with work():
        with_cut = look_by_id(look).picture_large_key
    assert with_cut
    room = f"/staff/products/{jacket}/pictures/{picture.id}/cut-out"
    page = clerk.get(room).text
    assert picture.cut_medium_key in page and "Do not use it" in page
    clerk.post(f"{room}/use", data={"use": "no"})
    assert "Use it in looks" in clerk.get(room).text
    lying = lies(work, jacket)
    assert lying.key == picture.large_key and lying.box == (0, 0, picture.width, picture.height)
    run_jobs(COMPOSE)
    with work():
        assert look_by_id(look).picture_large_key != with_cut
    clerk.post(f"{room}/use", data={"use": "yes"})
    assert lies(work, jacket).key == picture.cut_large_key
    run_jobs(COMPOSE)
    with work():
        assert look_by_id(look).picture_large_key == with_cut


def test_a_busy_backdrop_is_left_alone_and_told(clerk, work, hang, jacket):
    picture = hang(room())
    assert (picture.cut, picture.cut_large_key, picture.body_x) == (CutOut.IMPOSSIBLE, None, None)
    assert len(picture.avif_keys) == 3
    assert lies(work, jacket).key == picture.large_key
    path = f"/staff/products/{jacket}/pictures/{picture.id}/cut-out"
    assert "its backdrop is not plain" in clerk.get(path).text
    assert "lo sfondo non è uniforme" in clerk.get(path, headers={"Accept-Language": "it"}).text
    assert "No cut-out could be made." in clerk.get(f"/staff/products/{jacket}/pictures").text


def test_another_tolerance_makes_another_cut_out(clerk, work, hang, jacket, run_jobs):
    # A garment of nearly the paper's colour: the usual tolerance does not dare.
    picture = hang(photograph(paper=(45, 65, 150)))
    assert (picture.cut, picture.cut_doubt) == (CutOut.IMPOSSIBLE, "faint")
    path = f"/staff/products/{jacket}/pictures/{picture.id}/cut-out"
    assert clerk.post(f"{path}/again", data={"tolerance": "wild"}).status_code == 400
    assert clerk.post(f"{path}/again", data={"tolerance": "careful"}).status_code == 303
    run_jobs(JOB)
    again = hung(work, jacket)
    assert (again.cut, again.cut_tolerance) == (CutOut.USED, "careful")
    assert again.body_height == pytest.approx(700, abs=10)
    assert again.avif_keys == picture.avif_keys


def test_what_is_seen_through_already_stays_as_it_came(work, hang, jacket):
    picture = Image.new("RGBA", (400, 500), (0, 0, 0, 0))
    picture.paste((30, 50, 140, 255), (100, 50, 300, 450))
    data = io.BytesIO()
    picture.save(data, "PNG")
    kept = hang(data.getvalue(), "cut.png")
    assert (kept.cut, kept.avif_keys) == (CutOut.USED, [])
    assert lies(work, jacket).box == pytest.approx((100, 50, 200, 400), abs=2)


def test_a_drawing_that_came_measured_is_not_touched(work, jacket, run_jobs):
    assert run_jobs(JOB) == 0


def test_a_file_that_was_taken_away_by_hand_breaks_nothing(app, clerk, jacket, work, run_jobs):
    files = {"pictures": [(io.BytesIO(photograph()), "front.jpg")]}
    clerk.post(f"/staff/products/{jacket}/pictures", data=files, content_type="multipart/form-data")
    with app.app_context():
        app.extensions[EXTENSION].delete(hung(work, jacket).large_key)
    assert run_jobs(JOB) == 1
    assert hung(work, jacket).cut == CutOut.NONE


@pytest.mark.parametrize("act", ["", "/use", "/again"])
def test_only_the_catalogue_s_people_and_only_its_own_pictures(desk_of, clerk, hang, jacket, work, act):
    picture = hang(photograph())
    path = f"/staff/products/{jacket}/pictures/{picture.id}/cut-out{act}"
    ask = (
        (lambda who, at: who.post(at, data={"use": "no", "tolerance": "usual"}))
        if act
        else (lambda who, at: who.get(at))
    )
    assert ask(desk_of(Role.STORE), path).status_code == 403
    with work():
        other = put_on_shelf("coat", "Nord coat").id
    assert ask(clerk, path.replace(f"/{jacket}/", f"/{other}/", 1)).status_code == 404
    assert hung(work, jacket).cut == CutOut.USED


def test_all_of_it_works_on_a_bucket_and_no_transaction_waits_for_it(
    app, hang, jacket, work, run_jobs, client, monkeypatch
):
    with running() as service:
        monkeypatch.setitem(app.extensions, EXTENSION, Bucket(service.place()))
        picture = hang(photograph())
        assert picture.cut == CutOut.USED and len(picture.avif_keys) == 3
        with work():
            look = make_look(make_editor(), [jacket])
        run_jobs(COMPOSE)
        with work():
            composed = look_by_id(look).picture_large_key
        named = {picture.small_key, picture.medium_key, picture.large_key, *picture.avif_keys, composed}
        assert {f"shop/{key}" for key in named} <= set(service.objects)
        assert client.get(f"/media/{composed}").status_code == 200
