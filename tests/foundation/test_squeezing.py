"""Pages travel as gzip; everything else, and every reader that cannot read it, gets them as they are."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response, request

from foundation.web.squeezing import LEAST_BYTES, MOST_PADDING, init_app, squeeze

READS_GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_travels_squeezed_and_says_the_same(client):
    plain, squeezed = client.get("/shop"), client.get("/shop", headers=READS_GZIP)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    page = gzip.decompress(squeezed.data).decode()
    assert page.count("<main") == 1 and page.rstrip().endswith("</html>")
    assert len(squeezed.data) < len(plain.data) / 2
    assert squeezed.headers["Content-Length"] == str(len(squeezed.data))


def test_a_cache_on_the_way_is_told_that_there_are_two_forms(client):
    for headers in ({}, READS_GZIP):
        vary = client.get("/shop", headers=headers).headers.getlist("Vary")
        assert len(vary) == 1 and {"Cookie", "Accept-Encoding"} <= {
            word.strip() for word in vary[0].split(",")
        }


def test_short_answers_and_answers_without_a_body_pass_as_they_are(client):
    assert "Content-Encoding" not in client.get("/healthz", headers=READS_GZIP).headers
    assert "Content-Encoding" not in client.head("/shop", headers=READS_GZIP).headers


@pytest.mark.parametrize(
    ("reads", "squeezed"),
    [
        ("gzip;q=0", False),
        ("gzip;q=0, *", False),
        ("br, gzip;q=0.0", False),
        ("notgzip", False),
        ("br", False),
        ("*", True),
        ("GZIP;q=0.1", True),
    ],
)
def test_who_will_not_have_gzip_gets_the_page_as_it_is(client, reads, squeezed):
    answer = client.get("/shop", headers={"Accept-Encoding": reads})
    assert ("Content-Encoding" in answer.headers) == squeezed


def test_the_squeezed_form_has_no_strong_tag_and_is_found_again_by_its_weak_one():
    app = Flask(__name__)

    @app.get("/")
    def page() -> Response:
        answer = Response("word " * LEAST_BYTES, mimetype="text/html")
        answer.set_etag("same")
        return answer.make_conditional(request)

    init_app(app)
    client = app.test_client()
    assert client.get("/").headers["ETag"] == '"same"'
    tag = client.get("/", headers=READS_GZIP).headers["ETag"]
    assert tag == 'W/"same"'
    again = client.get("/", headers=READS_GZIP | {"If-None-Match": tag})
    assert again.status_code == 304 and again.data == b""


def test_the_security_headers_stay_on_a_squeezed_page(client):
    headers = client.get("/shop", headers=READS_GZIP).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_the_length_of_a_page_does_not_tell_what_stands_in_it():
    body = b"a bag and an address " * (LEAST_BYTES // 10)
    lengths = {len(squeeze(body)) for _ in range(60)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= MOST_PADDING
    assert all(gzip.decompress(squeeze(body)) == body for _ in range(3))
