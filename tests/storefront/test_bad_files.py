"""Everything that can be wrong with a product file, told in both languages with its row and its column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.catalog.models import Product, Variant
from storefront.sheets import actions
from storefront.sheets.models import ImportRun
from storefront.sheets.uploading import LARGEST
from tests.storefront.shelf import put_on_shelf
from tests.storefront.test_imports import PAGE, send

HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price"
GIGABYTE = 1 << 30
MULTIPART = "multipart/form-data; boundary=b"


@pytest.fixture
def clerk(desk_of: Callable[[Role], FlaskClient]) -> FlaskClient:
    return desk_of(Role.CATALOGUE)


def handles(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Product.handle)))


@pytest.mark.parametrize(
    ("content", "english", "italian"),
    [
        (b"", "The file is empty.", "Il file è vuoto."),
        (b"\xef\xbb\xbf\r\n", "The file is empty.", "Il file è vuoto."),
        (
            b"Title,Price\nA,1\nCaff\xe8,1\n",
            "The file is not UTF-8 (line 3, near byte 20). Save it as “CSV UTF-8”.",
            "Il file non è in UTF-8 (riga 3, intorno al byte 20).",
        ),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "This is a workbook", "Questa è una cartella"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a workbook", "Questa è una cartella"),
        (b"Name,Price\nx,1\n", "There is no column Title", "manca la colonna Title"),
        (b"Handle,Title\nx,X\n", "There is no column Price", "manca la colonna Price"),
        (b"Title,Price,Variant Price\nx,1,1\n", "Price and Variant Price mean", "Price e Variant Price"),
        (b'Title,"Price\nx,1\n', "The first row cannot be read", "La prima riga non è leggibile"),
        (b"\x00\x01\x02\x03\x00\x00,\n", "There is no column Title", "manca la colonna Title"),
    ],
    ids=[
        *("empty", "only a mark", "wrong encoding", "xlsx", "xls", "no title", "no price", "same twice"),
        *("open quote", "no text at all"),
    ],
)
def test_what_is_no_product_file_is_refused_before_anything_is_kept(
    app: Flask, clerk: FlaskClient, content: bytes, english: str, italian: str
) -> None:
    answer = send(clerk, content, leave_stock="y")
    assert (answer.status_code, english in answer.text) == (422, True), answer.text
    assert 'name="leave_stock" value="y" checked' in answer.text, "the form keeps what was chosen"
    clerk.set_cookie("language", "it")
    assert italian in send(clerk, content).text
    with app.app_context():
        assert db.session.scalars(select(ImportRun)).all() == []


def test_a_form_without_a_file_says_so(clerk: FlaskClient) -> None:
    answer = clerk.post(PAGE, data={"leave_stock": "y"})
    assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)
    assert 'name="leave_stock" value="y" checked' in answer.text


def head_of_a_form(ticked: bool) -> bytes:
    """How a browser begins to send the form."""
    box = b'--b\r\nContent-Disposition: form-data; name="leave_stock"\r\n\r\ny\r\n' if ticked else b""
    return box + (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\nHandle,Title,Price\n"
    )


class Endless:
    """What somebody sends who never stops; `given` says how much of it was read."""

    def __init__(self, head: bytes) -> None:
        self._head, self.given = head, 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "never all of it"
        content = self._head[:size] + b"a,A,1\n" * (max(0, size - len(self._head)) // 6 + 1)
        self._head = self._head[size:]
        self.given += len(content[:size])
        return content[:size]


@pytest.mark.parametrize("ticked", [True, False])
def test_two_gigabytes_are_refused_before_they_are_read_and_the_form_keeps_its_box(
    clerk: FlaskClient, ticked: bool
) -> None:
    body = Endless(head_of_a_form(ticked))
    length = {"wsgi.input": body, "CONTENT_LENGTH": str(2 * GIGABYTE)}
    answer = clerk.post(PAGE, content_type=MULTIPART, environ_overrides=length)
    assert answer.status_code == 413
    assert "The file is larger than 1024 MB." in answer.text
    assert ('name="leave_stock" value="y" checked' in answer.text) is ticked
    assert body.given <= 16 * 1024


@pytest.mark.parametrize("token_asked", [True, False])
def test_a_file_that_does_not_say_how_long_it_is_is_cut_off_on_the_way(
    clerk: FlaskClient, monkeypatch: pytest.MonkeyPatch, app: Flask, token_asked: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = token_asked
    monkeypatch.setattr(app.view_functions["sheets_staff.bring_in"], "largest_request", 300_000)
    body = Endless(head_of_a_form(False))
    chunked = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = clerk.post(PAGE, content_type=MULTIPART, environ_overrides=chunked)
    assert answer.status_code == 413
    assert "The file is larger than" in answer.text
    assert body.given < 1_000_000


def test_the_page_of_a_file_that_is_too_large_is_shown_to_staff_alone(client: FlaskClient) -> None:
    answer = client.post(PAGE, content_length=2 * GIGABYTE, content_type=MULTIPART)
    assert "1024 MB" not in answer.text
    assert LARGEST < 2 * GIGABYTE


@pytest.mark.parametrize(
    ("cells", "column", "english", "italian"),
    [
        (
            f"bad,{'x' * 10_000},Size,S,B,10",
            "Title",
            "Longer than 255 characters (10000).",
            "Più lungo",
        ),
        ("bad,Bad,Size,S,B,-5", "Variant Price", "“-5” is not a price: it is below zero.", "è sotto lo zero"),
        (
            'bad,Bad,Size,S,B,"1.234,56"',
            "Variant Price",
            "a mark for thousands",
            "segno delle migliaia",
        ),
        (
            'bad,Bad,Size,S,B,"1,234.56"',
            "Variant Price",
            "a mark for thousands",
            "segno delle migliaia",
        ),
        ("bad,=1+1,Size,S,B,10", "Title", "“=1+1” is a formula.", "«=1+1» è una formula"),
        ("bad,Bad,Size,S,=A1,10", "Variant SKU", "“=A1” is a formula.", "«=A1» è una formula"),
        ("bad,B\0ad,Size,S,B,10", "Handle", "There is a zero byte in the row.", "c’è un byte nullo"),
        ("b\0ad,Bad,Size,S,B,10", "Handle", "There is a zero byte in the row.", "c’è un byte nullo"),
        ('bad,"Bad"x,Size,S,B,10', "Handle", "a quotation mark is never closed, or misplaced", "virgoletta"),
        (
            "bad,Bad,Size,S,GOOD,10",
            "Variant SKU",
            "“GOOD” is the article number of good",
            "codice articolo",
        ),
    ],
    ids=[
        *("10,000 characters", "negative price", "Italian thousands", "English thousands", "formula"),
        *("formula in a number", "zero byte", "zero byte in the handle", "quotes", "one SKU twice"),
    ],
)
def test_a_bad_cell_is_told_by_row_and_column_in_both_languages(
    app: Flask,
    clerk: FlaskClient,
    run_jobs: Callable[..., int],
    cells: str,
    column: str,
    english: str,
    italian: str,
) -> None:
    at = send(clerk, f"{HEAD}\ngood,Good,Size,S,GOOD,10\n\n{cells}\nfine,Fine,Size,S,F,10\n").location
    run_jobs(actions.BRING_IN)
    said = clerk.get(f"{at}/left-out.csv?lang=en").text.splitlines()
    assert said[1].startswith(f"4,{column},"), said
    assert english in said[1].replace('""', '"')
    assert english in clerk.get(f"{at}?lang=en").text.replace("&#34;", '"')
    assert italian in clerk.get(f"{at}?lang=it").text
    assert "fine" in handles(app) and "bad" not in handles(app)


def test_an_article_number_of_the_shop_is_nobody_elses(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], work: Callable[[], Any]
) -> None:
    with work():
        put_on_shelf("owner", stock={"S": 1})
    rows = "thief,Thief,Size,S,owner-S,10\nowner,Corso denim jacket,Size,S,owner-S,80\n"
    at = send(clerk, f"{HEAD}\n{rows}").location
    run_jobs(actions.BRING_IN)
    assert "“owner-S” is the article number of owner already." in clerk.get(at).text
    assert handles(app) == {"owner"}


def test_an_article_number_may_move_when_its_owner_has_left_the_shop(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    send(clerk, f"{HEAD},Status\nold,Old,Size,S,N1,10,archived\nnew,New,Size,S,N1,10,active\n")
    run_jobs(actions.BRING_IN)
    assert handles(app) == {"old", "new"}


def test_text_that_a_spreadsheet_protected_is_read_as_it_was(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    send(clerk, f'{HEAD}\nzeros,\'=Equal,Size,S,"=""00123""",10\nplus,+39 shirt,Size,S,\'-7,10\n')
    run_jobs(actions.BRING_IN)
    with app.app_context():
        read = select(Product.title, Variant.sku).join(Variant, Variant.product_id == Product.id)
        assert set(db.session.execute(read)) == {("=Equal", "00123"), ("+39 shirt", "-7")}


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: text.encode("utf-16"),
    ],
    ids=["BOM", "CRLF", "CR", "semicolons", "tabs", "UTF-16"],
)
def test_the_dress_of_an_upload_does_not_matter(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int], dress: Callable[[str], bytes]
) -> None:
    send(clerk, dress(f"{HEAD}\ncaffe,Caffè,Size,S,C1,10\ncaffe,,,M,C2,10\n"))
    run_jobs(actions.BRING_IN)
    with app.app_context():
        assert db.session.scalars(select(Product.title)).all() == ["Caffè"]
        assert len(db.session.scalars(select(Variant)).all()) == 2


def test_one_handle_with_two_titles_apart_in_the_file_is_left_out_whole(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    at = send(clerk, f"{HEAD}\na,Alba,Size,S,A1,10\nb,Borsa,Size,S,B1,10\na,Aurora,Size,M,A2,10\n").location
    run_jobs(actions.BRING_IN)
    assert clerk.get(f"{at}/left-out.csv").text.splitlines()[1] == (
        "4,Title,a,Row 2 has the same handle and another title."
    )
    assert handles(app) == {"b"}


def test_a_quote_that_is_never_closed_swallows_no_product_in_silence(
    app: Flask, clerk: FlaskClient, run_jobs: Callable[..., int]
) -> None:
    at = send(clerk, f'{HEAD}\na,Alba,Size,S,A1,10\nb,"Borsa,Size,S,B1,10\nc,Corso,Size,S,C1,10\n').location
    run_jobs(actions.BRING_IN)
    assert "a quotation mark is never closed, or misplaced" in clerk.get(at).text
    assert handles(app) <= {"a"}
