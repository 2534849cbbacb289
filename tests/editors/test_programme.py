"""The page of the programme, its film, and how often it is seen."""

import io

import pytest

from foundation.accounts.permissions import Role
from tests.editors.test_apply_pages import filled

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
FILM = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n"
WORDS = {"title": "Dress people", "title_it": "Vesti", "words": "### So", "words_it": "### Ecco"}
AT = "/staff/programme/page"


@pytest.fixture
def community(account, client_of):
    return client_of(account("community@example.test", Role.COMMUNITY))


def test_openings_are_counted_by_week_and_programs_left_out(client, account, client_of, community, clock):
    client.get("/editors/programme", headers=PERSON)
    client.get("/editors/programme", headers=PERSON)
    client.get("/editors/programme", headers={"User-Agent": "Googlebot/2.1"})
    client.get("/editors/programme", headers=PERSON | {"Sec-Purpose": "prefetch"})
    assert "Set-Cookie" not in client.get("/editors/programme", headers={"User-Agent": "curl/8"}).headers
    browser = client_of(account("nadia@example.test"))
    browser.get("/editors/apply", headers=PERSON)
    browser.get("/editors/apply", headers=PERSON)
    browser.post("/editors/apply", data=filled())
    page = community.get("/staff/programme/figures").text
    row = page.partition("2 March 2026")[2].partition("</tr>")[0]
    assert [cell.partition("<")[0] for cell in row.split('data-label="')[1:]] != []
    figures = [part.partition("</td>")[0].rpartition(">")[2] for part in row.split("<td")[1:]]
    assert figures == ["2", "1", "1", "0"]
    community.post("/set/language", data={"language": "it"})
    said = community.get("/staff/programme/figures").text
    assert "Candidature inviate" in said and "Decise" in said and "Inviati" not in said


def test_a_film_has_captions_and_never_begins_by_itself(client, community):
    sent = WORDS | {"video": (io.BytesIO(FILM), "a.mp4"), "captions": (io.BytesIO(CAPTIONS), "en.vtt")}
    assert community.post(AT, data=sent).status_code == 303
    page = client.get("/editors/programme").text
    assert '<h2 class="size-3">So</h2>' in page
    assert 'kind="captions" srclang="en"' in page
    assert "autoplay" not in page
    assert "http://" not in page.partition("<video")[2].partition("</video>")[0]
    disguised = WORDS | {"video": (io.BytesIO(b"<html>"), "a.mp4"), "captions": (io.BytesIO(b"x"), "en.vtt")}
    refused = community.post(AT, data=disguised)
    assert refused.status_code == 422
    assert "A film is an MP4 or a WebM" in refused.text
    assert "begins with WEBVTT" in refused.text
    assert community.post(AT, data=WORDS | {"no_film": "y"}).status_code == 303
    assert "<video" not in client.get("/editors/programme").text
    assert 'href="/editors/programme" aria-current="page">Style editors' in client.get("/editors/apply").text
    assert community.post(AT, data=WORDS | {"title": ""}).status_code == 422
