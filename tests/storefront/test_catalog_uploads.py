"""Pictures that staff bring in from their device: what is kept of them, what is refused, and their order."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import text
from werkzeug.test import TestResponse

from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.files.storage import read
from storefront.catalog.models import Picture
from storefront.catalog.queries import pictures_of
from tests.storefront.bad_pictures import PHP, REFUSED, TAKEN, nearly
from tests.storefront.shelf import picture_bytes, put_on_shelf

Work = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def jacket(work: Work) -> int:
    with work():
        return put_on_shelf(colour="Indigo").id


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


@pytest.fixture
def hung(work: Work, jacket: int) -> Callable[[], list[Picture]]:
    def of_the_jacket() -> list[Picture]:
        with work():
            return list(pictures_of(jacket))

    return of_the_jacket


def upload(clerk: FlaskClient, product_id: int, *files: tuple[bytes, str]) -> TestResponse:
    data = {"pictures": [(io.BytesIO(content), name) for content, name in files]}
    return clerk.post(f"/staff/products/{product_id}/pictures", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(("content", "name", "sentences"), REFUSED)
def test_what_is_no_picture_is_refused_in_words_and_what_is_one_hangs(
    clerk: FlaskClient,
    jacket: int,
    hung: Callable[[], list[Picture]],
    content: bytes,
    name: str,
    sentences: tuple[str, str],
    language: str,
) -> None:
    clerk.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    said = sentences[language == "it"].format(name)
    answer = upload(clerk, jacket, (content, name))
    assert answer.status_code == 400 and said in answer.text
    assert ("Nothing was kept.", "Non abbiamo salvato nulla.")[language == "it"] in answer.text
    assert hung() == []
    assert upload(clerk, jacket, (content, name), (picture_bytes(), "good.png")).status_code == 303
    page = clerk.get(f"/staff/products/{jacket}/pictures").text
    assert said in page and ("1 picture hangs there now.", "1 immagine")[language == "it"] in page
    assert len(hung()) == 1


@pytest.mark.parametrize(("content", "name", "size", "pixel"), TAKEN)
def test_an_odd_picture_is_taken_as_it_looks(
    app: Flask,
    clerk: FlaskClient,
    jacket: int,
    hung: Callable[[], list[Picture]],
    content: bytes,
    name: str,
    size: tuple[int, int],
    pixel: tuple[int, ...],
) -> None:
    assert upload(clerk, jacket, (content, name)).status_code == 303
    (picture,) = hung()
    assert (picture.width, picture.height) == size
    with app.app_context():
        kept = Image.open(io.BytesIO(read(picture.large_key or "")))
    assert nearly(kept.convert("RGBA").getpixel((5, 5)), pixel)
    assert not kept.getexif() and "icc_profile" not in kept.info


def test_a_picture_is_written_again_without_what_came_with_it(
    app: Flask, clerk: FlaskClient, jacket: int, hung: Callable[[], list[Picture]]
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Carla"
    exif[0x0112] = 6
    data = picture_bytes(1500, 900, "JPEG", exif=exif) + PHP
    page = upload(clerk, jacket, (data, "shell.php.jpg"))
    assert page.status_code == 303
    (picture,) = hung()
    assert (picture.position, picture.width, picture.height) == (1, 900, 1500), "it stands upright"
    assert picture.large_key and picture.large_key.endswith(".webp")
    with app.app_context():
        kept = read(picture.large_key)
    assert b"Carla" not in kept and b"php" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_none_and_too_many_are_told(clerk: FlaskClient, jacket: int) -> None:
    assert "Choose a picture first." in upload(clerk, jacket).text
    many = [(picture_bytes(8, 8), f"{number}.png") for number in range(9)]
    assert "8 pictures at a time, please." in upload(clerk, jacket, *many).text


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The file or the form is bigger"), ("it", "supera la misura")],
)
def test_fifty_megabytes_are_refused_unread(
    clerk: FlaskClient, jacket: int, language: str, words: str
) -> None:
    clerk.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
    answer = upload(clerk, jacket, (b"x" * (50 * 1024 * 1024), "flood.png"))
    assert answer.status_code == 413 and words in answer.text


def test_one_file_too_heavy_is_refused_before_it_is_looked_into(clerk: FlaskClient, jacket: int) -> None:
    answer = upload(clerk, jacket, (picture_bytes() + b"x" * (26 * 1024 * 1024), "heavy.png"))
    assert answer.status_code == 400 and "heavy.png is too heavy: we take 25 MB at most." in answer.text


def test_buttons_put_them_in_order_and_the_first_is_the_cover(
    clerk: FlaskClient, jacket: int, hung: Callable[[], list[Picture]]
) -> None:
    files = [(picture_bytes(100 + number, 100), f"{number}.png") for number in range(3)]
    upload(clerk, jacket, *files)
    first, second, third = [picture.id for picture in hung()]
    room = f"/staff/products/{jacket}/pictures"
    clerk.post(f"{room}/{third}/move", data={"to": "earlier"})
    assert [picture.id for picture in hung()] == [first, third, second]
    clerk.post(f"{room}/{first}/move", data={"to": "later"})
    assert [(picture.id, picture.position) for picture in hung()] == [(third, 1), (first, 2), (second, 3)]
    clerk.post(f"{room}/{third}/move", data={"to": "earlier"})
    assert hung()[0].id == third, "the first goes no further"
    cover = hung()[0].medium_key
    assert (
        f'property="og:image" content="http://127.0.0.1:8000/media/{cover}"'
        in clerk.get("/shop/corso-denim-jacket").text
    )
    clerk.post(f"{room}/{third}/remove")
    assert [(picture.id, picture.position) for picture in hung()] == [(first, 1), (second, 2)]


def test_the_words_of_a_picture_are_in_both_languages_and_at_once_on_its_page(
    clerk: FlaskClient, client: FlaskClient, jacket: int, hung: Callable[[], list[Picture]], work: Work
) -> None:
    upload(clerk, jacket, (picture_bytes(), "front.png"))
    client.get("/shop/corso-denim-jacket")
    words = {"alt": " On a hanger ", "alt_it": "Su una gruccia"}
    clerk.post(f"/staff/products/{jacket}/pictures/{hung()[0].id}/words", data=words)
    assert 'alt="On a hanger"' in client.get("/shop/corso-denim-jacket").text
    assert 'alt="Su una gruccia"' in client.get("/shop/corso-denim-jacket?lang=it").text
    too_long = clerk.post(f"/staff/products/{jacket}/pictures/{hung()[0].id}/words", data={"alt": "x" * 1001})
    assert too_long.status_code == 400 and "under 1,000 characters" in too_long.text
    with work():
        acts = db.session.scalars(
            text("SELECT action FROM audit_rows WHERE actor_label = 'Carla' ORDER BY id")
        ).all()
    assert acts == ["catalog.attach_picture", "catalog.describe_picture"]


def test_a_picture_of_another_product_is_not_found(
    clerk: FlaskClient, jacket: int, hung: Callable[[], list[Picture]], work: Work
) -> None:
    upload(clerk, jacket, (picture_bytes(), "front.png"))
    with work():
        other = put_on_shelf("coat", "Nord coat").id
    for act in ("move", "words", "remove"):
        answer = clerk.post(f"/staff/products/{other}/pictures/{hung()[0].id}/{act}", data={"alt": "x"})
        assert answer.status_code == 404
    assert len(hung()) == 1


@pytest.mark.parametrize("role", [Role.STORE, Role.FINANCE, Role.COMMUNITY])
def test_other_staff_stay_outside(role: Role, desk_of: Callable[[Role], FlaskClient], jacket: int) -> None:
    client = desk_of(role)
    assert client.get(f"/staff/products/{jacket}/pictures").status_code == 403
    assert upload(client, jacket, (picture_bytes(), "front.png")).status_code == 403
