"""Pictures that somebody else's address names: what is fetched, what never is, and what is kept of it."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from foundation.db import db
from foundation.files import fetching, pictures
from foundation.files.fetching import FetchFailed, FetchRefused, Net, fetch_public, is_public
from foundation.files.pictures import NotAPicture, keep_picture
from foundation.files.storage import read
from storefront.catalog import jobs
from storefront.catalog.models import PictureStatus
from storefront.catalog.queries import product_page
from tests.storefront.shelf import address_of, picture_bytes, put_on_shelf

PUBLIC = "93.184.216.34"
Work = Callable[[], AbstractContextManager[None]]


@dataclass
class Internet:
    """A resolver and a wire: names have addresses, and every address answers from one scripted server."""

    names: dict[str, list[Sequence[str]]]
    answers: list[bytes]
    dialled: list[str] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        given = self.names.get(host, [[host]])
        return given.pop(0) if len(given) > 1 else given[0]

    def dial(self, address: str, port: int, seconds: float) -> socket.socket:
        self.dialled.append(address)
        ours, theirs = socket.socketpair()
        ours.settimeout(seconds)
        answer = self.answers.pop(0)

        def serve() -> None:
            with theirs:
                self.asked.append(theirs.recv(65536))
                for at in range(0, len(answer), 4096):
                    try:
                        theirs.sendall(answer[at : at + 4096])
                    except OSError:
                        return
                if answer.startswith(b"DRIP"):
                    threading.Event().wait(5)

        threading.Thread(target=serve, daemon=True).start()
        return ours

    @property
    def net(self) -> Net:
        return Net(self.resolve, self.dial)


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def world(*answers: bytes, **names: list[Sequence[str]]) -> Internet:
    known = {name.replace("_", "."): value for name, value in names.items()}
    return Internet({"shop.example": [[PUBLIC]], **known}, list(answers))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:53aa:64c:0:0:80ff:fffe", "not-an-address", ""),
    ],
)
def test_no_private_address_counts_as_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.jpg",
        "http://[::1]/x.jpg",
        "http://[::ffff:10.0.0.1]/x.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example/x.jpg",
        "http://both.example/x.jpg",
        "ftp://shop.example/x.jpg",
        "file:///etc/passwd",
        "http://shop.example:22/",
        "http://shop.example:99999/",
        "http://user:secret@shop.example/x.jpg",
        "http:///x.jpg",
        "http://[broken/x.jpg",
    ],
)
def test_an_address_inside_is_refused_before_anybody_is_dialled(url: str) -> None:
    internet = world(inside_example=[["10.0.0.5"]], both_example=[[PUBLIC, "10.0.0.5"]])
    with pytest.raises(FetchRefused):
        fetch_public(url, net=internet.net)
    assert internet.dialled == []


def test_the_bytes_come_from_the_address_that_was_checked_under_the_name_that_was_asked() -> None:
    internet = world(answer(b"picture"))
    assert fetch_public("http://shop.example/a.jpg?v=2", net=internet.net) == b"picture"
    assert internet.dialled == [PUBLIC]
    assert internet.asked[0].startswith(b"GET /a.jpg?v=2 HTTP/1.1\r\nHost: shop.example\r\n")


def test_a_name_that_changes_its_address_after_the_check_gains_nothing() -> None:
    internet = world(answer(b"x"), shop_example=[[PUBLIC], ["127.0.0.1"]])
    fetch_public("http://shop.example/a.jpg", net=internet.net)
    assert internet.dialled == [PUBLIC], "resolved once, and dialled as resolved"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://inside.example/", "//10.0.0.5/x", "file:///etc/passwd"]
)
def test_a_redirect_to_the_inside_is_refused(target: str) -> None:
    internet = world(answer(b"", "302 Found", Location=target), inside_example=[["192.168.0.9"]])
    with pytest.raises(FetchRefused):
        fetch_public("http://shop.example/a.jpg", net=internet.net)
    assert internet.dialled == [PUBLIC]


def test_a_name_that_turns_private_between_two_hops_is_refused() -> None:
    internet = world(
        answer(b"", "302 Found", Location="/b.jpg"), answer(b"x"), shop_example=[[PUBLIC], ["127.0.0.1"]]
    )
    with pytest.raises(FetchRefused):
        fetch_public("http://shop.example/a.jpg", net=internet.net)


def test_a_redirect_in_public_is_followed_but_not_for_ever() -> None:
    internet = world(
        answer(b"", "301 Moved", Location="http://cdn.example/b.jpg"), answer(b"x"), cdn_example=[["8.8.8.8"]]
    )
    assert fetch_public("http://shop.example/a.jpg", net=internet.net) == b"x"
    assert internet.dialled == [PUBLIC, "8.8.8.8"]
    loop = world(*[answer(b"", "302 Found", Location="/a.jpg")] * 9)
    with pytest.raises(FetchRefused):
        fetch_public("http://shop.example/a.jpg", net=loop.net)
    assert len(loop.dialled) == fetching.REDIRECTS + 1


def test_too_large_is_refused_by_its_own_word_and_by_counting() -> None:
    said = world(answer(b"x" * 2000))
    with pytest.raises(FetchRefused):
        fetch_public("http://shop.example/a.jpg", net=said.net, max_bytes=1000)
    unsaid = world(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 200_000)
    with pytest.raises(FetchRefused):
        fetch_public("http://shop.example/a.jpg", net=unsaid.net, max_bytes=1000)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (answer(b"", "404 Not Found"), FetchRefused),
        (answer(b"x", Content_Encoding="gzip"), FetchRefused),
        (answer(b"", "503 Later"), FetchFailed),
        (answer(b"", "429 Slow down"), FetchFailed),
        (b"nonsense\r\n\r\n", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", FetchFailed),
    ],
)
def test_a_bad_answer_is_final_or_may_pass(reply: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        fetch_public("http://shop.example/a.jpg", net=world(reply).net)


def test_a_server_that_drips_is_cut_off() -> None:
    with pytest.raises(FetchFailed):
        fetch_public("http://shop.example/a.jpg", net=world(b"DRIP").net, seconds=0.3)


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_a_picture_is_written_again_in_three_widths_without_what_came_with_it(inside: None) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    kept = keep_picture(picture_bytes(3000, 1500, "JPEG", exif=exif))
    widths = []
    for key in (kept.small_key, kept.medium_key, kept.large_key):
        data = read(key)
        assert b"where I live" not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.format == "WEBP" and not picture.getexif()
            widths.append(picture.width)
    assert widths == list(pictures.WIDTHS)
    assert (kept.width, kept.height) == (1280, 640)


def test_a_small_picture_is_not_blown_up(inside: None) -> None:
    assert keep_picture(picture_bytes(200, 250)).width == 200


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>not found</html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture_bytes()[:400]],
    ids=["nothing", "a page", "an SVG", "half a file"],
)
def test_what_is_no_picture_is_not_kept(inside: None, data: bytes) -> None:
    with pytest.raises(NotAPicture):
        keep_picture(data)


def test_a_bomb_is_refused_by_its_header(inside: None) -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(NotAPicture):
        keep_picture(bomb.getvalue())


def test_the_job_brings_the_picture_in_and_the_page_shows_it(
    app: Flask, work: Work, run_jobs: Callable[..., int], client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work():
        put_on_shelf(pictures=[address_of("front")])
    before = client.get("/shop/corso-denim-jacket").text
    assert "/media/" not in before and "placeholder" in before
    monkeypatch.setattr(jobs, "fetch_public", lambda address: picture_bytes())
    assert run_jobs("catalog.fetch_picture") == 1
    with app.app_context():
        product = product_page("corso-denim-jacket")
        assert product is not None
        (picture,) = product.pictures
        assert (picture.status, picture.width) == (PictureStatus.READY, 900)
    page = client.get("/shop/corso-denim-jacket").text
    assert f"/media/{picture.medium_key}" in page
    served = client.get(f"/media/{picture.medium_key}")
    assert served.mimetype == "image/webp"
    assert "immutable" in served.headers["Cache-Control"]
    with app.app_context():
        jobs.fetch_picture(picture_id=picture.id)  # a second delivery finds nothing to do
        db.session.rollback()


def test_what_will_never_work_is_given_up_and_what_may_pass_is_tried_again(
    app: Flask, work: Work, run_jobs: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with work():
        put_on_shelf(pictures=[address_of("front")])

    def later(address: str) -> bytes:
        raise FetchFailed("not now")

    def never(address: str) -> bytes:
        raise FetchRefused("10.0.0.1 is not on the public internet.")

    monkeypatch.setattr(jobs, "fetch_public", later)
    with pytest.raises(FetchFailed):
        run_jobs("catalog.fetch_picture")
    monkeypatch.setattr(jobs, "fetch_public", never)
    run_jobs("catalog.fetch_picture")
    with app.app_context():
        product = product_page("corso-denim-jacket")
        assert product is not None
        assert product.pictures[0].status == PictureStatus.FAILED
        assert "public internet" in (product.pictures[0].failure or "")


@pytest.mark.parametrize("key", ["../../etc/passwd", "x.webp", "0" * 40 + ".html", "0" * 40 + ".webp"])
def test_nothing_but_stored_files_is_served(client: FlaskClient, key: str) -> None:
    assert client.get(f"/media/{key}").status_code == 404
