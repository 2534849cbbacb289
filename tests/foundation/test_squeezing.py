"""Pages travel as gzip; everything else, and every reader that cannot read it, gets them as they are."""

from __future__ import annotations

import gzip

from foundation.web.squeezing import LEAST_BYTES, MOST_PADDING, squeeze

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


def test_the_security_headers_stay_on_a_squeezed_page(client):
    headers = client.get("/shop", headers=READS_GZIP).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_the_length_of_a_page_does_not_tell_what_stands_in_it():
    body = b"a bag and an address " * (LEAST_BYTES // 10)
    lengths = {len(squeeze(body)) for _ in range(60)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= MOST_PADDING
    assert all(gzip.decompress(squeeze(body)) == body for _ in range(3))
